#include "clerk/backend_answer.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "clerk/actors.hpp"
#include "clerk/subject.hpp"
#include "core/ascii.hpp"
#include "core/members.hpp"
#include "core/strict_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Members = std::vector<json::Member>;
using std::chrono::system_clock;

constexpr std::size_t maxId = 128;
/// Below it a time is one in seconds (until the year 5138), above it one in milliseconds (since 1973).
constexpr std::int64_t leastMilliseconds = 100'000'000'000;

bool isAbsent(std::string_view json) noexcept { return json.empty() || json == "null"; }

bool isId(std::string_view text) noexcept {
  return !text.empty() && text.size() <= maxId && std::all_of(text.begin(), text.end(), ascii::isKeyCharacter);
}

/// @{
/// False when the member is neither absent nor of its type.
bool take(const Members& answer, std::string_view name, std::string& text) {
  const std::string_view value = json::findMember(answer, name);
  if (isAbsent(value)) return true;
  auto found = json::toString(value);
  if (!found) return false;
  text = *std::move(found);
  return true;
}

bool take(const Members& answer, std::string_view name, std::vector<std::string>& texts) {
  const std::string_view value = json::findMember(answer, name);
  if (isAbsent(value)) return true;
  if (value.front() != '[') return false;
  for (const std::string_view item : json::items(value)) {
    auto text = plainText(item);
    if (!text) return false;
    texts.push_back(*std::move(text));
  }
  return true;
}

bool take(const Members& answer, std::string_view name, Json& object) {
  const std::string_view value = json::findMember(answer, name);
  if (isAbsent(value)) return true;
  if (value.front() != '{') return false;
  object = Json::parse(value);
  return true;
}

bool take(const Members& answer, std::string_view name, std::optional<system_clock::time_point>& time) {
  const std::string_view value = json::findMember(answer, name);
  if (isAbsent(value)) return true;
  const auto number = json::toInteger(value);
  if (!number) return false;
  const std::int64_t seconds = *number < leastMilliseconds ? *number : *number / 1000;
  const system_clock::time_point found = jwt::toTimePoint(seconds);
  time = time ? std::min(*time, found) : found;
  return true;
}
/// @}

bool takeClientId(const Members& answer, MachineToken& token) {
  const std::string_view value = json::findMember(answer, "client_id");
  return isAbsent(value) || !readOptionalText(value, "client_id", token.clientId);
}

bool read(const Members& answer, MachineToken& token) {
  return take(answer, "id", token.id) && isId(token.id) && take(answer, "subject", token.subject) &&
         isSubjectOf(token.type, token.subject) && take(answer, "scopes", token.scopes) &&
         take(answer, "name", token.name) && takeClientId(answer, token) && take(answer, "claims", token.claims) &&
         take(answer, "expiration", token.expiresAt) && take(answer, "expires_at", token.expiresAt) &&
         (token.type != TokenType::oauthToken || readActors(json::findMember(answer, "act"), token.actors));
}

Error noAnswer() { return {Errc::upstream, "Clerk's answer is not about a token of this kind"}; }

}  // namespace

Result<MachineToken> readMachineToken(const OpaqueKind& kind, std::string_view body, const ClaimRules& rules,
                                      system_clock::time_point now) {
  if (!json::isStrict(body, Json::maxDepth)) return noAnswer();
  const Members answer = json::members(body);
  MachineToken token;
  token.type = kind.type;
  if (json::toString(json::findMember(answer, "object")) != kind.object || !read(answer, token)) return noAnswer();
  const auto revoked = json::toBool(json::findMember(answer, "revoked"));
  const auto expired = json::toBool(json::findMember(answer, "expired"));
  if (!revoked || !expired) return noAnswer();
  if (*revoked) return Error{Errc::tokenRejected, "the token was revoked"};
  if (*expired || (token.expiresAt && *token.expiresAt <= now)) return Error{Errc::expired, "the token has expired"};
  if (kind.type == TokenType::oauthToken) {
    if (auto problem = rules.checkAudience(json::findMember(answer, "aud"))) return *std::move(problem);
  }
  return token;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
