#include <liveblocks/access_token.hpp>

#include <utility>

#include "core/member_reader.hpp"
#include "core/members.hpp"
#include "core/redactor.hpp"
#include "jwt/claims.hpp"
#include "permission_entries.hpp"
#include "token_payload.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// The claims of one payload, which it borrows.
class Reader {
 public:
  explicit Reader(std::string_view payload) : claims_(payload) {}

  Result<AccessToken> read() {
    AccessToken token;
    token.kind = kind();
    token.projectId = text("pid");
    token.userId = text("uid");
    claims_.read("ui", token.userInfo);
    if (token.kind == AccessToken::Kind::id) token.groupIds = groupIds();
    if (token.kind == AccessToken::Kind::access) token.permissions = permissions();
    token.issuedAt = time("iat");
    token.expiresAt = time("exp");
    token.id = text("jti");
    if (claims_.problem()) return Error{Errc::badClaim, "a claim of the token is wrong: " + *claims_.problem()};
    if (!scopeProblem_.empty()) return Error{Errc::badClaim, scopeProblem_};
    return token;
  }

 private:
  AccessToken::Kind kind() {
    const std::optional<std::string> name = json::toString(claims_.find("k"));
    claims_.require(name == "acc" || name == "id", "k", R"("acc" or "id")");
    return name == "id" ? AccessToken::Kind::id : AccessToken::Kind::access;
  }

  std::string text(std::string_view name) {
    std::optional<std::string> value;
    claims_.read(name, value);
    return std::move(value).value_or("");
  }

  /// In whole seconds.
  std::chrono::system_clock::time_point time(std::string_view name) {
    const std::string_view claim = claims_.find(name);
    const bool hasExponent = claim.find_first_of("eE") != std::string_view::npos;
    const auto seconds = jwt::toNumericDate(hasExponent ? claim : claim.substr(0, claim.find('.')));
    claims_.require(claim.empty() || seconds, name, "a time or null");
    return jwt::toTimePoint(seconds.value_or(0));
  }

  std::vector<std::string> groupIds() {
    const std::string_view claim = claims_.find("gids");
    claims_.require(claim.empty() || claim.front() == '[', "gids", "a list or null");
    std::vector<std::string> ids;
    for (const std::string_view item : json::items(claim)) {
      std::optional<std::string> id = json::toString(item);
      claims_.require(id.has_value(), "gids", "a list of texts");
      ids.push_back(std::move(id).value_or(""));
    }
    return ids;
  }

  PermissionEntries permissions() {
    const std::string_view claim = claims_.find("perms");
    claims_.require(!claim.empty() && claim.front() == '{', "perms", "an object");
    PermissionEntries entries;
    for (const json::Member& member : json::members(claim)) entries.emplace_back(member.name(), scopes(member.value));
    return entries;
  }

  Permissions scopes(std::string_view list) {
    constexpr std::size_t maxShownBytes = 64;
    if (list.front() != '[') refuseScope("Permission list must be an array");
    Permissions result;
    for (const std::string_view item : json::items(list)) {
      const std::string name = json::toString(item).value_or(std::string(item));
      const std::optional<Permission> scope = Permission::find(name);
      if (scope) {
        result.add(*scope);
      } else {
        refuseScope("Not a valid permission: " + shownText(name, maxShownBytes));
      }
    }
    return result;
  }

  /// In the words of the vendor's client.
  void refuseScope(const std::string& problem) {
    if (scopeProblem_.empty()) scopeProblem_ = problem;
  }

  json::MemberReader claims_;
  std::string scopeProblem_;
};

}  // namespace

Result<AccessToken> AccessToken::peek(std::string_view token) {
  const Result<std::string> payload = readTokenPayload(token);
  return payload ? Reader(*payload).read() : payload.error();
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
