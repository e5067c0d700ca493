/// The bodies that the fake reads, and the responses that it writes.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// What is wrong with a value.
struct Flaw {
  std::string what;
  /// Keys and indices that lead to the flaw, joined by dots.
  std::string path = {};
  std::size_t depth = 0;

  /// `Value at keypath 'a.b': Must be string.`
  std::string message() const;
};

using Checked = std::optional<Flaw>;

/// Returns nullopt if the string is not JSON, and null for an empty string.
std::optional<nlohmann::ordered_json> readBody(const std::string& text);

// The documented limits apply even where the dev server does not enforce them.

Checked checkAuthorizeUser(const nlohmann::ordered_json& body);
Checked checkIdentifyUser(const nlohmann::ordered_json& body);
Checked checkCreateRoom(const nlohmann::ordered_json& body);
Checked checkUpdateRoom(const nlohmann::ordered_json& body);
Checked checkUpsertRoom(const nlohmann::ordered_json& body);
Checked checkUpdateRoomId(const nlohmann::ordered_json& body);

/// A `LiveObject`: the document of a room.
Checked checkLiveObject(const nlohmann::ordered_json& body);
/// A JSON Patch.
Checked checkPatch(const nlohmann::ordered_json& body);
Checked checkTrigger(const nlohmann::ordered_json& body);
Checked checkNewThread(const nlohmann::ordered_json& body);
Checked checkNewComment(const nlohmann::ordered_json& body);
/// An object with a `userId`.
Checked checkByUser(const nlohmann::ordered_json& body);

/// Checks a room, as it would be after a change, against the limits.
Checked checkRoom(const nlohmann::ordered_json& room);

/// @{
/// Returns a token for a body that has been checked.
std::string accessToken(const nlohmann::ordered_json& body, std::chrono::system_clock::time_point now);
std::string idToken(const nlohmann::ordered_json& body, std::chrono::system_clock::time_point now);
/// @}

/// 200.
http::Response found(const nlohmann::ordered_json& resource);

/// 204.
http::Response done();

/// `{"error": <code>, "message": ...}`
http::Response refused(int status, std::string_view code, std::string_view message);

/// 422, `UNPROCESSABLE_ENTITY`.
http::Response unprocessable(std::string_view message);

/// 404, `ROOM_NOT_FOUND`.
http::Response noSuchRoom(std::string_view id);

/// 409, `ROOM_ALREADY_EXISTS`.
http::Response roomExists(std::string_view id);

/// 400: an unreadable path or body.
http::Response badRequest();

/// 404: no such endpoint.
http::Response noSuchEndpoint();

/// 405: the endpoint exists, but not for this method.
http::Response noSuchMethod(std::string allowed);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
