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
  /// Where in the value: keys and indices, joined by points.
  std::string path = {};
  std::size_t depth = 0;

  /// `Value at keypath 'a.b': Must be string.`
  std::string message() const;
};

using Checked = std::optional<Flaw>;
using Check = Checked (*)(const nlohmann::ordered_json& value);

/// The flaw of a part as that of the whole.
Checked at(std::string_view key, Checked flaw);

struct Field {
  std::string_view name;
  bool required;
  Check check;
};

/// An object with these members; others do not matter.
Checked checkObject(const nlohmann::ordered_json& value, std::initializer_list<Field> fields);
/// An object with any members, all of which hold.
Checked checkMembers(const nlohmann::ordered_json& value, Check check);
/// A list of items, all of which hold.
Checked checkItems(const nlohmann::ordered_json& value, Check check);
Checked checkString(const nlohmann::ordered_json& value);

/// Of valid UTF-8, in UTF-16 code units.
std::size_t lengthOf(std::string_view text) noexcept;
Checked checkLength(std::string_view text, std::size_t least, std::size_t most);

/// Scopes that Liveblocks knows.
Checked checkScopes(const nlohmann::ordered_json& value);

/// nullopt when the text is not JSON; null for an empty text.
std::optional<nlohmann::ordered_json> readBody(const std::string& text);

// Limits of the documentation are held to, also where the dev server does not know them.

Checked checkAuthorizeUser(const nlohmann::ordered_json& body);
Checked checkIdentifyUser(const nlohmann::ordered_json& body);
Checked checkCreateRoom(const nlohmann::ordered_json& body);
Checked checkUpdateRoom(const nlohmann::ordered_json& body);
Checked checkUpsertRoom(const nlohmann::ordered_json& body);
Checked checkUpdateRoomId(const nlohmann::ordered_json& body);

/// Whether the room, as it would be after a change, is within the limits.
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

/// 400: no path, or no body, that anything could be made of.
http::Response badRequest();

/// 404: no such endpoint.
http::Response noSuchEndpoint();

/// 405: an endpoint, but for other methods.
http::Response noSuchMethod(std::string allowed);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
