/// Clerk's resources as JSON.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include "testing/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// 200.
http::Response found(const Json& resource);

/// `{"errors": [{"code": ..., "message": ..., "long_message": ..., "meta": {}}], "clerk_trace_id": ...}`
http::Response refused(int status, const std::string& code, const std::string& message);

/// 404.
http::Response notFound();

/// https://clerk.com/docs/reference/backend/types/backend-user
Json userJson(const FakeUser& user);

/// The members of that.
JsonMembers userMembers(const FakeUser& user);

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
