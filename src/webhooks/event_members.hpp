/// The members of an event, read one after the other; the first that is wrong is remembered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/json.hpp>
#include <liveblocks/result.hpp>

#include "json/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// Borrows the text.
class EventMembers {
 public:
  /// Of a strict JSON text; `path` stands in front of names in messages.
  EventMembers(std::string_view text, std::string path);

  /// @{
  /// Members that must be there.
  void read(std::string_view name, std::string& value);
  void read(std::string_view name, std::int64_t& value);
  void readObject(std::string_view name, Json& value);
  /// @}
  /// @{
  /// Members that may be null or absent.
  void read(std::string_view name, std::optional<std::string>& value);
  void read(std::string_view name, std::optional<std::int64_t>& value);
  void read(std::string_view name, Json& value);
  /// @}

  /// `Errc::malformed`, for the first member that was wrong.
  const std::optional<Error>& error() const noexcept { return error_; }

 private:
  /// Empty when the member is null or absent.
  std::string_view find(std::string_view name) const;
  void require(bool holds, std::string_view name, std::string_view expected);

  std::vector<json::Member> members_;
  std::string path_;
  std::optional<Error> error_;
};

/// nullopt for a body that is one strict JSON object.
std::optional<Error> checkBody(std::string_view body);

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
