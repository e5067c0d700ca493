/// Claims that Clerk's tokens have.
#pragma once

#include <vector>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/session_claims.hpp>

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

/// Sets `org_id`, `org_role`, `org_slug` and `org_permissions`.
void setOrganizationV1(JsonMembers& claims, const clerk::Organization& organization);

/// Sets `o` and `fea`. Throws `std::invalid_argument` for a permission that is not `org:<feature>:<permission>`.
void setOrganizationV2(JsonMembers& claims, const clerk::Organization& organization);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
