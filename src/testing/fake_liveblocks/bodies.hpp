/// The bodies that the fake reads, and the responses that it writes.
#pragma once

#include <initializer_list>
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
using Check = Checked (*)(const nlohmann::ordered_json& value);

/// Turns the flaw of a member into a flaw of the object that contains it.
Checked at(std::string_view key, Checked flaw);

struct Field {
  std::string_view name;
  bool required;
  Check check;
};

/// Requires an object with these members; ignores others.
Checked checkObject(const nlohmann::ordered_json& value, std::initializer_list<Field> fields);
/// Requires an object whose members all pass the check.
Checked checkMembers(const nlohmann::ordered_json& value, Check check);
/// Requires an array whose items all pass the check.
Checked checkItems(const nlohmann::ordered_json& value, Check check);
Checked checkString(const nlohmann::ordered_json& value);

/// Returns the length in UTF-16 code units of valid UTF-8.
std::size_t lengthOf(std::string_view text) noexcept;
Checked checkLength(std::string_view text, std::size_t least, std::size_t most);

/// Requires an array of scopes known to Liveblocks.
Checked checkScopes(const nlohmann::ordered_json& value);

/// Returns nullopt if the string is not JSON, and null for an empty string.
std::optional<nlohmann::ordered_json> readBody(const std::string& text);

// The documented limits apply even where the dev server does not enforce them.

Checked checkAuthorizeUser(const nlohmann::ordered_json& body);
Checked checkIdentifyUser(const nlohmann::ordered_json& body);
Checked checkCreateRoom(const nlohmann::ordered_json& body);
Checked checkUpdateRoom(const nlohmann::ordered_json& body);
Checked checkUpsertRoom(const nlohmann::ordered_json& body);
Checked checkUpdateRoomId(const nlohmann::ordered_json& body);

/// Checks a room, as it would be after a change, against the limits.
Checked checkRoom(const nlohmann::ordered_json& room);

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
