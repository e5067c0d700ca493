/// What one access token permits.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/permissions.hpp>

#include "permission_entries.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Rooms and patterns with their permissions, in the order they were added.
class Grants {
 public:
  /// Adds an entry, or permissions to the one that is there. Throws as `Session::allow()` does, without any effect.
  void add(std::string_view roomOrPattern, const Permissions& permissions);

  bool empty() const noexcept { return entries_.empty(); }
  bool covers(std::string_view roomId) const noexcept;
  const PermissionEntries& entries() const noexcept { return entries_; }

  /// The JSON object Liveblocks takes: `{"<room or pattern>":["<scope>",…],…}`.
  std::string json() const;

 private:
  using Entry = PermissionEntries::value_type;

  Entry* find(std::string_view key) noexcept;
  bool hasBaseFor(std::string_view key) const noexcept;

  PermissionEntries entries_;
};

/// The checks of `Session::allow()` that do not depend on what was allowed before; they come first.
void checkGrant(std::string_view roomOrPattern, const Permissions& permissions);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
