#include <liveblocks/access_token.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>

#include "core/base64.hpp"
#include "core/json_members.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "jwt/claims.hpp"
#include "permission_matrix.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// Returns nullopt when there are not exactly three parts.
std::optional<std::string_view> middlePart(std::string_view token) noexcept {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == last) return std::nullopt;
  const std::string_view middle = token.substr(first + 1, last - first - 1);
  if (middle.find('.') != std::string_view::npos) return std::nullopt;
  return middle;
}

/// Either alphabet, otherwise as lenient as the `atob()` of browsers
/// (https://infra.spec.whatwg.org/#forgiving-base64-decode).
constexpr base64::Policy encoding{base64::Alphabet::either, base64::Padding::optional, base64::TrailingBits::ignored,
                                  " \t\n\f\r"};

std::string latin1ToUtf8(std::string_view bytes) {
  constexpr unsigned lastAscii = 0x7F;
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > lastAscii) text += static_cast<char>(0xC0U | byte >> 6U);
    text += byte > lastAscii ? static_cast<char>(0x80U | (byte & 0x3FU)) : c;
  }
  return text;
}

bool isStrictObject(std::string_view text) {
  return json::isStrict(text, Json::maxDepth) && text[text.find_first_not_of(" \t\r\n")] == '{';
}

/// Returns the JSON object between the two dots, checked strictly; header and signature are ignored. Bytes that are not
/// UTF-8 are read as Latin-1. `Errc::tokenTooLarge`, `malformed`, `badEncoding` or `badJson`.
Result<std::string> readTokenPayload(std::string_view token) {
  if (token.size() > AccessToken::maxSize) return Error{Errc::tokenTooLarge, "the token is larger than 64 KiB"};
  const std::optional<std::string_view> encoded = middlePart(token);
  if (!encoded) return Error{Errc::malformed, "the token does not consist of three parts"};
  std::optional<std::string> payload = base64::decode(*encoded, encoding);
  if (!payload) return Error{Errc::badEncoding, "the token's payload is not base64url"};
  if (!utf8::isValid(*payload)) payload = latin1ToUtf8(*payload);
  if (!isStrictObject(*payload)) return Error{Errc::badJson, "the token's payload is not one strict JSON object"};
  return *std::move(payload);
}

/// Returns the token in `{"token":"..."}`. `Errc::tokenTooLarge`, `badJson` or `malformed`.
Result<std::string> readTokenBody(std::string_view body) {
  if (body.size() > AccessToken::maxBodySize) return Error{Errc::tokenTooLarge, "the response is larger than 128 KiB"};
  if (!isStrictObject(body)) return Error{Errc::badJson, "the response is not one strict JSON object"};
  std::optional<std::string> token = json::toString(json::findMember(json::members(body), "token"));
  if (!token) return Error{Errc::malformed, "the response holds no token"};
  return *std::move(token);
}

/// Reads the claims of a payload, which it borrows.
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

  /// Reads a time in whole seconds.
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
      claims_.require(id.has_value(), "gids", "a list of strings");
      ids.push_back(std::move(id).value_or(""));
    }
    return ids;
  }

  detail::PermissionEntries permissions() {
    const std::string_view claim = claims_.find("perms");
    claims_.require(!claim.empty() && claim.front() == '{', "perms", "an object");
    detail::PermissionEntries entries;
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
        refuseScope("Not a valid permission: " + redactor::shown(name, maxShownBytes));
      }
    }
    return result;
  }

  /// Words the message as the vendor's client does.
  void refuseScope(const std::string& problem) {
    if (scopeProblem_.empty()) scopeProblem_ = problem;
  }

  json::MemberReader claims_;
  std::string scopeProblem_;
};

}  // namespace

Result<AccessToken> AccessToken::decodeUnverified(std::string_view token) {
  const Result<std::string> payload = readTokenPayload(token);
  return payload ? Reader(*payload).read() : payload.error();
}

Result<AccessToken> AccessToken::decodeUnverifiedBody(std::string_view body) {
  const Result<std::string> token = readTokenBody(body);
  return token ? decodeUnverified(*token) : token.error();
}

std::optional<PermissionMatrix> AccessToken::permissionsFor(std::string_view roomId) const {
  return detail::resolvePermissions(permissions, roomId);
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
