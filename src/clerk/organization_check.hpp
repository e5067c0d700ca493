/// Roles and permissions in the active organization.
#pragma once

#include <string_view>

#include <liveblocks/clerk/session_claims.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Whether the role is the one that is asked for. `org:` in front of either does not count, however often it is there;
/// what is left must not be empty.
bool hasRole(const Organization& organization, std::string_view asked) noexcept;

/// Whether the permission is there: in the organization's list with one `org:` in front, in the question with or
/// without.
bool hasPermission(const Organization& organization, std::string_view asked) noexcept;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
