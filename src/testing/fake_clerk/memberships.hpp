/// To which organizations a user belongs.
#pragma once

#include <string_view>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Throws `std::invalid_argument` for a membership that no token can show, and for two of one organization.
void checkMemberships(const FakeUser& user);

/// The membership in the organization with that id or that slug, as Clerk's browser SDK names one; null when the user
/// does not belong to it.
const FakeMembership* findMembership(const FakeUser& user, std::string_view idOrSlug) noexcept;

/// As a token shows it.
clerk::Organization organizationOf(const FakeMembership& membership);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
