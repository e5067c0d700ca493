/// What one access token permits.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Rooms and patterns with their permissions, in the order they were added.
class Grants {
 public:
  /// Adds an entry, or permissions to the one that is there. Throws as `Session::allow()` does, without any effect.
  void add(std::string_view roomOrPattern, const Permissions& permissions);

  bool empty() const noexcept { return entries_.empty(); }
  bool covers(std::string_view roomId) const noexcept;

  /// The JSON object Liveblocks takes: `{"<room or pattern>":["<scope>",…],…}`.
  std::string json() const;

 private:
  struct Entry {
    std::string key;
    Permissions permissions;
  };

  Entry* find(std::string_view key) noexcept;
  bool hasBaseFor(std::string_view key) const noexcept;

  std::vector<Entry> entries_;
};

/// The checks of `Session::allow()` that do not depend on what was allowed before; they come first.
void checkGrant(std::string_view roomOrPattern, const Permissions& permissions);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
