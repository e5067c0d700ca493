/// From the claims of a token to the active organization.
#pragma once

#include <optional>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/error.hpp>

#include "jwt/claims.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// `o` where `v` is the number 2, else `org_id` and its like. `Errc::badClaim` when they contradict their format.
std::optional<Error> readOrganization(const jwt::Claims& claims, std::optional<Organization>& organization);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
