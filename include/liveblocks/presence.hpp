/// @file
/// Presence in a room without a connection, as a call for `Liveblocks::call()` and `callAsync()`.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#Presence
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/http/api_call.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Shows users in a room without a connection: for agents and other programs that work in a room. The function is
/// thread-safe, and sends nothing. Arguments that cannot be right are `Errc::invalidRequest` of the call, without a
/// request.
namespace presence {

/// Who is shown in a room, and how.
struct Presence {
  /// The user.
  std::string userId;
  /// The presence: an object.
  Json data;
  /// As `SessionOptions::userInfo`: an object.
  std::optional<Json> userInfo = {};
  /// How long it is shown, 2 to 3599 s; unset for the default of Liveblocks, 60 s.
  std::optional<std::chrono::seconds> ttl = {};
};

/// `POST /v2/rooms/{roomId}/presence`: shows a user in a room for some time, and replaces the presence before.
/// `Errc::invalidRequest` also if a member is not as described.
LIVEBLOCKS_EXPORT http::TypedCall<void> set(std::string_view roomId, const Presence& presence);

}  // namespace presence
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
