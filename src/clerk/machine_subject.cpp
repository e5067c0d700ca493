#include "clerk/machine_subject.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "clerk/claims_validator.hpp"
#include "core/json_members.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

bool isId(std::string_view text, std::string_view prefix) noexcept {
  if (!ascii::startsWith(text, prefix)) return false;
  text.remove_prefix(prefix.size());
  return !text.empty() && std::all_of(text.begin(), text.end(), ascii::isKeyCharacter);
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

namespace {

constexpr std::size_t maxActors = 2;

bool isAbsent(std::string_view json) noexcept { return json.empty() || json == "null"; }

}  // namespace

bool readActors(std::string_view json, std::vector<TokenActor>& actors) {
  while (!isAbsent(json) && actors.size() < maxActors) {
    const auto members = json::members(json);
    TokenActor actor;
    if (readId(json::findMember(members, "sub"), "act", actor.subject)) return false;
    const std::string_view issuer = json::findMember(members, "iss");
    if (!isAbsent(issuer) && readOptionalText(issuer, "act", actor.issuer)) return false;
    actors.push_back(std::move(actor));
    json = json::findMember(members, "act");
  }
  return true;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
