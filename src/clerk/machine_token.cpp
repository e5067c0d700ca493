#include "clerk/machine_token.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "core/json_members.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

std::string subjectWithPrefix(const std::string& subject, std::string_view prefix) {
  return ascii::startsWith(subject, prefix) ? subject : std::string();
}

}  // namespace

std::string MachineToken::userId() const { return subjectWithPrefix(subject, "user_"); }

std::string MachineToken::orgId() const { return subjectWithPrefix(subject, "org_"); }

std::string MachineToken::machineId() const { return subjectWithPrefix(subject, detail::machineSubjectPrefix); }

namespace detail {
namespace {

using Strings = std::vector<std::string>;

constexpr std::size_t maxActors = 2;
/// The claims that are not custom ones.
constexpr std::array<std::string_view, 6> registeredClaims{"iss", "sub", "exp", "nbf", "iat", "jti"};

bool isId(std::string_view text, std::string_view prefix) noexcept {
  if (!ascii::startsWith(text, prefix)) return false;
  text.remove_prefix(prefix.size());
  return !text.empty() && std::all_of(text.begin(), text.end(), ascii::isKeyCharacter);
}

Strings splitWords(std::string_view text) {
  Strings words;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    if (space != 0) words.emplace_back(text.substr(0, space));
    if (space == std::string_view::npos) break;
    text.remove_prefix(space + 1);
  }
  return words;
}

/// Reads a string of words, or a list of strings.
Result<Strings> readWords(std::string_view json, const char* name) {
  if (const auto text = readPlainString(json)) return splitWords(*text);
  if (json.empty() || json.front() != '[') return badClaim(name);
  Strings words;
  for (const std::string_view item : json::items(json)) {
    auto word = readPlainString(item);
    if (!word) return badClaim(name);
    words.push_back(*std::move(word));
  }
  return words;
}

/// Reads the first of the two claims that is present.
Result<Strings> readScopes(const jwt::Claims& claims, const char* name, const char* fallback) {
  for (const char* claim : {name, fallback}) {
    const std::string_view json = claims.find(claim);
    if (!json.empty()) return readWords(json, claim);
  }
  return Strings();
}

bool isRegistered(const json::Member& member) {
  return std::any_of(registeredClaims.begin(), registeredClaims.end(),
                     [&](std::string_view name) { return member.isNamed(name); });
}

Json customClaims(const jwt::Claims& claims) {
  json::ObjectWriter object;
  for (const json::Member& member : json::members(claims.payload())) {
    if (!isRegistered(member)) object.addRaw(member.rawName, member.value);
  }
  return object.empty() ? Json() : Json::parse(object.finish());
}

Result<MachineToken> readM2mToken(MachineToken token, const jwt::Claims& claims) {
  auto scopes = readScopes(claims, "scopes", "aud");
  if (!scopes) return scopes.error();
  token.scopes = *std::move(scopes);
  token.claims = customClaims(claims);
  return token;
}

Result<MachineToken> readOauthToken(MachineToken token, const jwt::Claims& claims) {
  auto scopes = readScopes(claims, "scp", "scope");
  if (!scopes) return scopes.error();
  auto actors = readActors(claims.find("act"));
  if (!actors) return actors.error();
  auto clientId = readOptionalString(claims.find("client_id"), "client_id");
  if (!clientId) return clientId.error();
  token.scopes = *std::move(scopes);
  token.actors = *std::move(actors);
  token.clientId = *std::move(clientId);
  return token;
}

/// Reads the claims of a machine-to-machine or an OAuth token after validation. `Errc::badClaim` if they violate their
/// format, or if tokens of that type cannot have such a subject.
Result<MachineToken> readMachineToken(TokenType type, const TokenContent& content) {
  if (!isSubjectOf(type, content.subject)) return badClaim("sub");
  auto id = readOptionalString(content.claims.find("jti"), "jti");
  if (!id) return id.error();
  MachineToken token;
  token.type = type;
  token.id = *std::move(id);
  token.subject = content.subject;
  token.expiresAt = jwt::toTimePoint(content.expiresAt);
  return type == TokenType::m2mToken ? readM2mToken(std::move(token), content.claims)
                                     : readOauthToken(std::move(token), content.claims);
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

bool isSubjectOf(TokenType type, std::string_view subject) noexcept {
  switch (type) {
    case TokenType::apiKey:
      return isId(subject, "user_") || isId(subject, "org_");
    case TokenType::m2mToken:
      return isId(subject, machineSubjectPrefix);
    case TokenType::oauthToken:
      return isId(subject, "user_");
    case TokenType::sessionToken:
      break;
  }
  return false;
}

Result<std::vector<TokenActor>> readActors(std::string_view json) {
  std::vector<TokenActor> actors;
  while (!json::hasNoValue(json) && actors.size() < maxActors) {
    const auto members = json::members(json);
    auto subject = readId(json::findMember(members, "sub"), "act");
    if (!subject) return subject.error();
    const std::string_view issuerJson = json::findMember(members, "iss");
    auto issuer = json::hasNoValue(issuerJson) ? std::string() : readOptionalString(issuerJson, "act");
    if (!issuer) return issuer.error();
    actors.push_back({*std::move(subject), *std::move(issuer)});
    json = json::findMember(members, "act");
  }
  return actors;
}

MachineJwtVerifier::MachineJwtVerifier() : m2m_(m2mHeader()), oauth_(oauthHeader()) {}

Result<MachineToken> MachineJwtVerifier::verify(TokenType type, std::string_view token,
                                                const ClaimsValidator& validator, const ValidationContext& context,
                                                const jwt::FindKey& findKey) const {
  const jwt::JwsVerifier& jws = type == TokenType::m2mToken ? m2m_ : oauth_;
  auto payload = jws.verifySignature(token, findKey);
  if (!payload) return payload.error();
  const auto content = validator.token(*std::move(payload), context);
  if (!content) return content.error();
  return readMachineToken(type, **content);
}

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
