#include <liveblocks/access_token.hpp>

#include "json/members.hpp"
#include "jwt/claims.hpp"
#include "liveblocks/permission_entries.hpp"
#include "liveblocks/token_payload.hpp"
#include "printable.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// Reads claim by claim, and keeps the first problem.
class Reader {
 public:
  explicit Reader(std::string payload) : claims_(std::move(payload)) {}

  Result<AccessToken> read() {
    AccessToken token;
    token.kind = kind();
    token.projectId = text("pid");
    token.userId = text("uid");
    token.userInfo = userInfo();
    if (token.kind == AccessToken::Kind::id) token.groupIds = groupIds();
    if (token.kind == AccessToken::Kind::access) token.permissions = permissions();
    token.issuedAt = time("iat");
    token.expiresAt = time("exp");
    token.id = text("jti");
    if (!problem_.empty()) return Error{Errc::badClaim, problem_};
    return token;
  }

 private:
  void refuse(const std::string& problem) {
    if (problem_.empty()) problem_ = problem;
  }

  /// Empty for null, too.
  std::string_view find(std::string_view name) const {
    const std::string_view claim = claims_.find(name);
    return claim == "null" ? std::string_view() : claim;
  }

  AccessToken::Kind kind() {
    const std::optional<std::string> name = json::toString(find("k"));
    if (name != "acc" && name != "id") refuse("the token's k is neither acc nor id");
    return name == "id" ? AccessToken::Kind::id : AccessToken::Kind::access;
  }

  std::string text(const std::string& name) {
    const std::string_view claim = find(name);
    std::optional<std::string> value = json::toString(claim);
    if (!claim.empty() && !value) refuse("the token's " + name + " is not a string");
    return std::move(value).value_or("");
  }

  /// In whole seconds.
  std::chrono::system_clock::time_point time(const std::string& name) {
    const std::string_view claim = find(name);
    const bool hasExponent = claim.find_first_of("eE") != std::string_view::npos;
    const auto seconds = jwt::toNumericDate(hasExponent ? claim : claim.substr(0, claim.find('.')));
    if (!claim.empty() && !seconds) refuse("the token's " + name + " is no time");
    return jwt::toTimePoint(seconds.value_or(0));
  }

  Json userInfo() const {
    const std::string_view claim = find("ui");
    return claim.empty() ? Json() : Json::parse(claim);
  }

  std::vector<std::string> groupIds() {
    const std::string_view claim = find("gids");
    if (!claim.empty() && claim.front() != '[') refuse("the token's gids is not a list");
    std::vector<std::string> ids;
    for (const std::string_view item : json::items(claim)) {
      std::optional<std::string> id = json::toString(item);
      if (!id) refuse("the token's gids holds something that is not a string");
      ids.push_back(std::move(id).value_or(""));
    }
    return ids;
  }

  PermissionEntries permissions() {
    const std::string_view claim = find("perms");
    if (claim.empty() || claim.front() != '{') refuse("the token's perms is not an object");
    PermissionEntries entries;
    for (const json::Member& member : json::members(claim)) entries.emplace_back(member.name(), scopes(member.value));
    return entries;
  }

  Permissions scopes(std::string_view list) {
    constexpr std::size_t maxShownBytes = 64;
    if (list.front() != '[') refuse("Permission list must be an array");
    Permissions result;
    for (const std::string_view item : json::items(list)) {
      const std::string name = json::toString(item).value_or(std::string(item));
      const std::optional<Permission> scope = Permission::find(name);
      if (scope) {
        result.add(*scope);
      } else {
        refuse("Not a valid permission: " + printable(name, maxShownBytes));
      }
    }
    return result;
  }

  jwt::Claims claims_;
  std::string problem_;
};

}  // namespace

Result<AccessToken> AccessToken::peek(std::string_view token) {
  Result<std::string> payload = readTokenPayload(token);
  if (!payload) return payload.error();
  return Reader(*std::move(payload)).read();
}

Result<AccessToken> AccessToken::peekBody(std::string_view body) {
  const Result<std::string> token = readTokenBody(body);
  return token ? peek(*token) : token.error();
}

std::optional<PermissionMatrix> AccessToken::permissionsFor(std::string_view roomId) const {
  return resolvePermissions(permissions, roomId);
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
