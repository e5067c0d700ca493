/// Organizations as claims of session tokens.
#pragma once

#include <liveblocks/clerk/session_claims.hpp>

#include "testing/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Sets `org_id`, `org_role`, `org_slug` and `org_permissions`.
void setOrganizationV1(JsonMembers& claims, const clerk::Organization& organization);

/// Sets `o` and `fea`. Throws `std::invalid_argument` for a permission that is not `org:<feature>:<permission>`.
void setOrganizationV2(JsonMembers& claims, const clerk::Organization& organization);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
