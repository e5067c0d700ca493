#include "clerk/machine_jwts.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/claims_validator.hpp"
#include "clerk/machine_subject.hpp"
#include "core/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Problem = std::optional<Error>;
using Texts = std::vector<std::string>;

/// The claims that are not custom ones.
constexpr std::array<std::string_view, 6> registeredClaims{"iss", "sub", "exp", "nbf", "iat", "jti"};

void appendWords(std::string_view text, Texts& words) {
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (blank != 0) words.emplace_back(text.substr(0, blank));
    if (blank == std::string_view::npos) return;
    text.remove_prefix(blank + 1);
  }
}

/// A string of words, or a list of strings.
Problem readWords(std::string_view json, const char* name, Texts& words) {
  if (const auto text = plainText(json)) {
    appendWords(*text, words);
    return std::nullopt;
  }
  if (json.empty() || json.front() != '[') return badClaim(name);
  for (const std::string_view item : json::items(json)) {
    auto word = plainText(item);
    if (!word) return badClaim(name);
    words.push_back(*std::move(word));
  }
  return std::nullopt;
}

/// The first of the two claims that is there.
Problem readScopes(const jwt::Claims& claims, const char* name, const char* fallback, Texts& scopes) {
  for (const char* claim : {name, fallback}) {
    const std::string_view json = claims.find(claim);
    if (!json.empty()) return readWords(json, claim, scopes);
  }
  return std::nullopt;
}

bool isRegistered(const json::Member& member) {
  return std::any_of(registeredClaims.begin(), registeredClaims.end(),
                     [&](std::string_view name) { return member.isNamed(name); });
}

Json customClaims(const jwt::Claims& claims) {
  std::string object;
  for (const json::Member& member : json::members(claims.payload())) {
    if (isRegistered(member)) continue;
    object.append(object.empty() ? "{\"" : ",\"").append(member.rawName).append("\":").append(member.value);
  }
  return object.empty() ? Json() : Json::parse(object + "}");
}

Problem readMachine(const jwt::Claims& claims, MachineToken& token) {
  if (auto problem = readScopes(claims, "scopes", "aud", token.scopes)) return problem;
  token.claims = customClaims(claims);
  return std::nullopt;
}

Problem readApplication(const jwt::Claims& claims, MachineToken& token) {
  if (auto problem = readScopes(claims, "scp", "scope", token.scopes)) return problem;
  if (!readActors(claims.find("act"), token.actors)) return badClaim("act");
  return readOptionalText(claims.find("client_id"), "client_id", token.clientId);
}

/// Reads the claims of a machine-to-machine or an OAuth token, which the rules have passed. `Errc::badClaim` when they
/// contradict their format, or when the subject can have no token of that type.
Result<MachineToken> readSignedToken(TokenType type, const TokenContent& content) {
  if (!isSubjectOf(type, content.subject)) return badClaim("sub");
  MachineToken token;
  token.type = type;
  token.subject = content.subject;
  token.expiresAt = jwt::toTimePoint(content.expiresAt);
  if (auto problem = readOptionalText(content.claims.find("jti"), "jti", token.id)) return *std::move(problem);
  auto problem =
      type == TokenType::m2mToken ? readMachine(content.claims, token) : readApplication(content.claims, token);
  if (problem) return *std::move(problem);
  return token;
}

jwt::HeaderRules m2mHeader() {
  jwt::HeaderRules rules;
  rules.categories = {"cl_B7d4PD333AAA"};
  return rules;
}

jwt::HeaderRules oauthHeader() {
  jwt::HeaderRules rules;
  rules.types = {"at+jwt", "application/at+jwt"};
  rules.typeMayBeAbsent = false;
  rules.anyCategory = true;
  return rules;
}

}  // namespace

SignedCheck::SignedCheck() : m2m_(m2mHeader()), oauth_(oauthHeader()) {}

Result<MachineToken> SignedCheck::verify(TokenType type, std::string_view token, const SessionKeys& keys,
                                         const ClaimRules& rules, const SessionCircumstances& circumstances,
                                         Deadline deadline) const {
  const jwt::JwsVerifier& jws = type == TokenType::m2mToken ? m2m_ : oauth_;
  auto payload = jws.open(token, [&](const SessionKeys::KeyId& keyId) { return keys.find(keyId, deadline); });
  if (!payload) return payload.error();
  TokenContent content(*std::move(payload));
  if (auto problem = rules.read(content, circumstances)) return *std::move(problem);
  return readSignedToken(type, content);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
