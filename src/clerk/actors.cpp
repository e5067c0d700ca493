#include "clerk/actors.hpp"

#include <cstddef>
#include <utility>

#include "clerk/claim_rules.hpp"
#include "core/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
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
