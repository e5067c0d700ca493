/// The claim `act` of tokens that were handed on (RFC 8693 section 4.1).
#pragma once

#include <vector>

#include <liveblocks/clerk/machine_token.hpp>

#include "testing/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// The first of them outermost; nullopt for none.
inline std::optional<Json> actorsJson(const std::vector<clerk::TokenActor>& actors) {
  std::optional<Json> json;
  for (auto actor = actors.rbegin(); actor != actors.rend(); ++actor) {
    JsonMembers members;
    members.setUnlessEmpty("iss", actor->issuer);
    members.set("sub", Json(actor->subject));
    members.set("act", json);
    json = Json::parse(members.text());
  }
  return json;
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
