#include "testing/fake_liveblocks/bodies.hpp"

#include <chrono>
#include <initializer_list>
#include <stdexcept>
#include <utility>

#include <liveblocks/core/json.hpp>
#include <liveblocks/permissions.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include "core/base64.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;
using std::chrono::seconds;
using std::chrono::system_clock;

namespace {

using Check = Checked (*)(const ordered_json& value);

/// A member of an object.
struct Field {
  std::string_view name;
  bool required;
  Check check;
};

/// Turns the flaw of a member into a flaw of the object that contains it.
Checked at(std::string_view key, Checked flaw) {
  if (!flaw) return flaw;
  flaw->path = flaw->depth == 0 ? std::string(key) : std::string(key) + '.' + flaw->path;
  ++flaw->depth;
  return flaw;
}

/// Requires an object with these members; ignores others.
Checked checkObject(const ordered_json& value, std::initializer_list<Field> fields) {
  if (!value.is_object()) return Flaw{"Must be an object"};
  for (const Field& field : fields) {
    const auto member = value.find(std::string(field.name));
    if (member != value.end()) {
      if (auto flaw = at(field.name, field.check(*member))) return flaw;
    } else if (field.required) {
      return Flaw{"Missing key: '" + std::string(field.name) + '\''};
    }
  }
  return std::nullopt;
}

/// Requires an object whose members all pass the check.
Checked checkMembers(const ordered_json& value, Check check) {
  if (!value.is_object()) return Flaw{"Must be an object"};
  for (const auto& [key, member] : value.items()) {
    if (auto flaw = at(key, check(member))) return flaw;
  }
  return std::nullopt;
}

/// Requires an array whose items all pass the check.
Checked checkItems(const ordered_json& value, Check check) {
  if (!value.is_array()) return Flaw{"Must be an array"};
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (auto flaw = at(std::to_string(i), check(value[i]))) return flaw;
  }
  return std::nullopt;
}

Checked checkString(const ordered_json& value) {
  if (!value.is_string()) return Flaw{"Must be string"};
  return std::nullopt;
}

/// Returns the length in UTF-16 code units of valid UTF-8.
std::size_t lengthOf(std::string_view text) noexcept {
  std::size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0U) == 0x80U;
    const bool isSurrogatePair = byte >= 0xF0U;
    length += continues ? 0U : isSurrogatePair ? 2U : 1U;
  }
  return length;
}

Checked checkLength(std::string_view text, std::size_t least, std::size_t most) {
  const std::size_t length = lengthOf(text);
  if (length < least) return Flaw{"Must not be empty"};
  if (length > most) return Flaw{"Too long, must be at most " + std::to_string(most) + " characters"};
  return std::nullopt;
}

Checked checkScope(const ordered_json& value) {
  if (auto flaw = checkString(value)) return flaw;
  try {
    const Permission known(value.get_ref<const std::string&>());
    return std::nullopt;
  } catch (const std::invalid_argument&) {
    return Flaw{"Must be a permission"};
  }
}

/// Requires an array of scopes known to Liveblocks.
Checked checkScopes(const ordered_json& value) { return checkItems(value, checkScope); }

template <Check check>
Checked checkUnlessNull(const ordered_json& value) {
  return value.is_null() ? std::nullopt : check(value);
}

template <Check check>
Checked checkAll(const ordered_json& value) {
  return checkMembers(value, check);
}

Checked checkMetadataValue(const ordered_json& value) {
  if (value.is_string()) return std::nullopt;
  return checkItems(value, checkString);
}

Checked checkTextLength(const ordered_json& value) {
  return checkLength(value.get_ref<const std::string&>(), 0, RoomLimits::metadataValueLength);
}

Checked checkValueLength(const ordered_json& value) {
  return value.is_string() ? checkTextLength(value) : checkItems(value, checkTextLength);
}

Checked checkSize(const ordered_json& object, std::size_t most, std::size_t mostOfKey) {
  if (object.size() > most) return Flaw{"Must have at most " + std::to_string(most) + " entries"};
  for (const auto& entry : object.items()) {
    if (auto flaw = at(entry.key(), checkLength(entry.key(), 1, mostOfKey))) return flaw;
  }
  return std::nullopt;
}

constexpr std::size_t maxEntries = 10;
constexpr std::size_t maxUserIdLength = 128;
constexpr std::size_t maxUserInfoLength = 1024;
constexpr std::size_t maxPatternLength = 128;

Checked checkUserId(const ordered_json& value) {
  if (auto flaw = checkString(value)) return flaw;
  return checkLength(value.get_ref<const std::string&>(), 1, maxUserIdLength);
}

Checked checkUserInfo(const ordered_json& value) {
  if (auto flaw = checkObject(value, {{"name", false, checkString}, {"avatar", false, checkString}})) return flaw;
  return checkLength(value.dump(), 0, maxUserInfoLength);
}

Checked checkGroupIds(const ordered_json& value) { return checkItems(value, checkString); }

/// `*`, or an id that may end with `*`.
Checked checkPattern(std::string_view pattern) {
  if (pattern == "*") return std::nullopt;
  if (!pattern.empty() && pattern.back() == '*') pattern.remove_suffix(1);
  if (pattern.find('*') != std::string_view::npos) return Flaw{"A '*' may only be last"};
  return checkLength(pattern, 1, maxPatternLength);
}

Checked checkGrantedScopes(const ordered_json& value) {
  if (auto flaw = checkScopes(value)) return flaw;
  if (value.empty()) return Flaw{"Must not be empty"};
  return std::nullopt;
}

Checked checkPermissions(const ordered_json& value) {
  if (auto flaw = checkMembers(value, checkGrantedScopes)) return flaw;
  if (value.size() > maxEntries) return Flaw{"A token cannot have more than 10 permissions"};
  for (const auto& entry : value.items()) {
    if (auto flaw = at(entry.key(), checkPattern(entry.key()))) return flaw;
  }
  return std::nullopt;
}

Checked checkAnyObject(const ordered_json& value) { return checkObject(value, {}); }

Checked checkAnyArray(const ordered_json& value) {
  if (!value.is_array()) return Flaw{"Must be an array"};
  return std::nullopt;
}

Checked checkName(const ordered_json& value) {
  if (auto flaw = checkString(value)) return flaw;
  if (value.get_ref<const std::string&>().empty()) return Flaw{"Must not be empty"};
  return std::nullopt;
}

Checked checkTypeOfRoot(const ordered_json& value) {
  if (value != "LiveObject") return Flaw{"Must be \"LiveObject\""};
  return std::nullopt;
}

/// The kind of a custom notification.
Checked checkKind(const ordered_json& value) {
  if (auto flaw = checkString(value)) return flaw;
  const auto& kind = value.get_ref<const std::string&>();
  if (kind.size() < 2 || kind.front() != '$') return Flaw{"Must begin with '$'"};
  return std::nullopt;
}

Checked checkSimple(const ordered_json& value) {
  if (value.is_string() || value.is_number() || value.is_boolean()) return std::nullopt;
  return Flaw{"Must be a string, a number or a boolean"};
}

Checked checkCommentBody(const ordered_json& value) {
  return checkObject(value, {{"version", true, checkSimple}, {"content", true, checkAnyArray}});
}

Checked checkOperation(const ordered_json& value) {
  return checkObject(value, {{"op", true, checkName}, {"path", true, checkString}, {"from", false, checkString}});
}

constexpr seconds lifetime = std::chrono::hours(1);
constexpr std::size_t idLength = 12;
constexpr const char* header = R"({"alg":"none","typ":"JWT"})";

ordered_json beginning(const char* kind, const ordered_json& body) {
  return {{"k", kind}, {"pid", "localdev"}, {"uid", body["userId"]}};
}

void copyIfThere(ordered_json& claims, const char* claim, const ordered_json& body, const char* name) {
  if (body.contains(name)) claims[claim] = body[name];
}

std::string finished(ordered_json claims, system_clock::time_point now) {
  const auto issuedAt = std::chrono::floor<seconds>(now.time_since_epoch());
  claims["iat"] = issuedAt.count();
  claims["exp"] = (issuedAt + lifetime).count();
  claims["jti"] = randomText().substr(0, idLength);
  return base64url::encode(header) + '.' + base64url::encode(claims.dump()) + '.';
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace

std::string Flaw::message() const {
  if (depth == 0) return what + '.';
  return std::string("Value at ") + (depth == 1 ? "key" : "keypath") + " '" + path + "': " + what + '.';
}

std::optional<ordered_json> readBody(const std::string& text) {
  if (text.empty()) return std::make_optional<ordered_json>();
  try {
    return std::make_optional(ordered_json::parse(Json::parse(text).text()));
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

Checked checkCreateRoom(const ordered_json& body) {
  return checkObject(body, {{"id", true, checkString},
                            {"defaultAccesses", true, checkScopes},
                            {"groupsAccesses", false, checkAll<checkScopes>},
                            {"usersAccesses", false, checkAll<checkScopes>},
                            {"metadata", false, checkAll<checkMetadataValue>},
                            {"organizationId", false, checkString}});
}

Checked checkUpdateRoom(const ordered_json& body) {
  return checkObject(body, {{"defaultAccesses", false, checkScopes},
                            {"groupsAccesses", false, checkAll<checkUnlessNull<checkScopes>>},
                            {"usersAccesses", false, checkAll<checkUnlessNull<checkScopes>>},
                            {"metadata", false, checkAll<checkUnlessNull<checkMetadataValue>>}});
}

Checked checkUpsertRoom(const ordered_json& body) {
  constexpr Check checkChanges = [](const ordered_json& value) {
    if (auto flaw = checkUpdateRoom(value)) return flaw;
    return value.empty() ? Checked(Flaw{"Must have a key"}) : std::nullopt;
  };
  constexpr Check checkBeginning = [](const ordered_json& value) {
    return checkObject(value, {{"defaultAccesses", false, checkScopes},
                               {"groupsAccesses", false, checkAll<checkScopes>},
                               {"usersAccesses", false, checkAll<checkScopes>},
                               {"metadata", false, checkAll<checkMetadataValue>},
                               {"organizationId", false, checkString}});
  };
  return checkObject(body, {{"update", true, checkChanges}, {"create", false, checkBeginning}});
}

Checked checkLiveObject(const ordered_json& body) {
  return checkObject(body, {{"liveblocksType", true, checkTypeOfRoot}, {"data", true, checkAnyObject}});
}

Checked checkPatch(const ordered_json& body) { return checkItems(body, checkOperation); }

Checked checkTrigger(const ordered_json& body) {
  return checkObject(body, {{"userId", true, checkName},
                            {"kind", true, checkKind},
                            {"subjectId", true, checkName},
                            {"activityData", true, checkAll<checkSimple>},
                            {"roomId", false, checkName},
                            {"organizationId", false, checkString}});
}

Checked checkNewComment(const ordered_json& body) {
  return checkObject(body, {{"userId", true, checkName},
                            {"body", true, checkCommentBody},
                            {"metadata", false, checkAll<checkSimple>},
                            {"createdAt", false, checkString}});
}

Checked checkNewThread(const ordered_json& body) {
  return checkObject(body, {{"comment", true, checkNewComment},
                            {"metadata", false, checkAll<checkSimple>},
                            {"visibility", false, checkName}});
}

Checked checkByUser(const ordered_json& body) { return checkObject(body, {{"userId", true, checkName}}); }

Checked checkUpdateRoomId(const ordered_json& body) { return checkObject(body, {{"newRoomId", true, checkString}}); }

Checked checkRoom(const ordered_json& room) {
  const auto& id = room["id"].get_ref<const std::string&>();
  if (auto flaw = at("id", checkLength(id, 1, RoomLimits::idLength))) return flaw;
  for (const char* name : {"groupsAccesses", "usersAccesses"}) {
    if (auto flaw = at(name, checkSize(room[name], RoomLimits::accesses, RoomLimits::accessIdLength))) return flaw;
  }
  const ordered_json& metadata = room["metadata"];
  auto flaw = checkSize(metadata, RoomLimits::metadataEntries, RoomLimits::metadataKeyLength);
  return at("metadata", flaw ? flaw : checkMembers(metadata, checkValueLength));
}

Checked checkAuthorizeUser(const ordered_json& body) {
  return checkObject(
      body,
      {{"userId", true, checkUserId}, {"permissions", true, checkPermissions}, {"userInfo", false, checkUserInfo}});
}

Checked checkIdentifyUser(const ordered_json& body) {
  return checkObject(
      body, {{"userId", true, checkUserId}, {"groupIds", false, checkGroupIds}, {"userInfo", false, checkUserInfo}});
}

std::string accessToken(const ordered_json& body, system_clock::time_point now) {
  ordered_json claims = beginning("acc", body);
  claims["perms"] = body["permissions"];
  copyIfThere(claims, "ui", body, "userInfo");
  return finished(std::move(claims), now);
}

std::string idToken(const ordered_json& body, system_clock::time_point now) {
  ordered_json claims = beginning("id", body);
  copyIfThere(claims, "ui", body, "userInfo");
  copyIfThere(claims, "gids", body, "groupIds");
  return finished(std::move(claims), now);
}

http::Response found(const ordered_json& resource) { return jsonResponse(200, resource.dump()); }

http::Response done() { return {204, {}, {}}; }

http::Response refused(int status, std::string_view code, std::string_view message) {
  return jsonResponse(status, ordered_json{{"error", code}, {"message", message}}.dump());
}

http::Response unprocessable(std::string_view message) { return refused(422, "UNPROCESSABLE_ENTITY", message); }

http::Response noSuchRoom(std::string_view id) {
  return refused(404, "ROOM_NOT_FOUND", "Room with id " + quoted(id) + " not found.");
}

http::Response roomExists(std::string_view id) {
  return refused(409, "ROOM_ALREADY_EXISTS", "Room with id " + quoted(id) + " already exists.");
}

http::Response badRequest() { return jsonResponse(400, R"({"error":"Bad Request"})"); }

http::Response noSuchEndpoint() { return jsonResponse(404, R"({"error":"Not Found"})"); }

http::Response noSuchMethod(std::string allowed) {
  http::Response response = jsonResponse(405, R"({"error":"Method Not Allowed"})");
  response.headers.push_back({"Allow", std::move(allowed)});
  return response;
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
