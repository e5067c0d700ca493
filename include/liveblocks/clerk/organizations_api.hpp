/// @file
/// Calls of Clerk's Backend API for organizations and their members, for `clerk::Client::call()`.
/// https://clerk.com/docs/reference/backend-api/tag/Organizations
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/api_list.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/api_call.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::api {

/// An organization.
struct Organization {
  /// `org_...`.
  std::string id;
  /// The display name.
  std::string name;
  /// nullopt if the instance has no slugs.
  std::optional<std::string> slug;
  /// The URL of the logo; empty if there is none.
  std::string imageUrl;
  /// The number of members, if it was requested.
  std::optional<std::int64_t> membersCount;
  /// 0 means unlimited; nullopt if Clerk did not send it.
  std::optional<std::int64_t> maxAllowedMemberships;
  /// The user who created it, `user_...`.
  std::optional<std::string> createdBy;
  /// @{
  /// The application's data: readable by browsers, and readable by servers only. Objects; `{}` if Clerk has none.
  Json publicMetadata;
  Json privateMetadata;
  /// @}
  /// nullopt if Clerk did not send it.
  std::optional<std::chrono::system_clock::time_point> createdAt;
  /// The whole response.
  Json json;
};

/// The membership of a user in an organization.
struct OrganizationMembership {
  /// `orgmem_...`.
  std::string id;
  /// The organization.
  Organization organization;
  /// `user_...`; nullopt if Clerk names no user. Compares unequal to every id then.
  std::optional<std::string> userId;
  /// Such as `org:admin`.
  std::string role;
  /// `org:<feature>:<permission>`, system permissions (`org:sys_...`) included, which tokens do not have.
  std::vector<std::string> permissions;
  /// @{
  /// As those of an organization.
  Json publicMetadata;
  Json privateMetadata;
  /// @}
  /// nullopt if Clerk did not send it.
  std::optional<std::chrono::system_clock::time_point> createdAt;
  /// The whole response.
  Json json;
};

/// Restricts a list of organizations: all that is set must match.
struct OrganizationFilter {
  /// These ids, up to `maxFilterValues`, none of them empty and none with `+` or `-` in front; an empty vector does not
  /// restrict.
  std::vector<std::string> organizationId = {};
  /// An id, or a part of a name or slug. Not empty.
  std::optional<std::string> query = {};
};

/// Restricts a list of members: all that is set must match. A vector matches any of its values, of which there may be
/// up to `maxFilterValues`, none of them empty; an empty vector does not restrict. Ids must not begin with `+` or `-`.
struct MembershipFilter {
  /// @{
  /// Exact values.
  std::vector<std::string> userId = {};
  std::vector<std::string> emailAddress = {};
  std::vector<std::string> phoneNumber = {};
  std::vector<std::string> username = {};
  std::vector<std::string> web3Wallet = {};
  std::vector<std::string> role = {};
  /// @}
  /// @{
  /// A part of any of them, of an address, a number, a user name or a name. Not empty.
  std::optional<std::string> query = {};
  std::optional<std::string> emailAddressQuery = {};
  std::optional<std::string> phoneNumberQuery = {};
  std::optional<std::string> usernameQuery = {};
  std::optional<std::string> nameQuery = {};
  /// @}
  /// @{
  /// Members to whom it happened before or after that time.
  std::optional<std::chrono::system_clock::time_point> lastActiveAtBefore = {};
  std::optional<std::chrono::system_clock::time_point> lastActiveAtAfter = {};
  std::optional<std::chrono::system_clock::time_point> createdAtBefore = {};
  std::optional<std::chrono::system_clock::time_point> createdAtAfter = {};
  /// @}
};

/// Names a membership.
struct MembershipKey {
  /// `org_...`.
  std::string organizationId;
  /// `user_...`.
  std::string userId;
};

/// The role that a user gets in an organization.
struct MembershipRole {
  /// `org_...`.
  std::string organizationId;
  /// `user_...`.
  std::string userId;
  /// Such as `org:member`. Not empty.
  std::string role;
};

/// `GET /v1/organizations/{organizationId}`: fetches an organization by its id or its slug.
LIVEBLOCKS_EXPORT http::TypedCall<Organization> getOrganization(std::string_view idOrSlug,
                                                                bool includeMembersCount = false);

/// `GET /v1/organizations`: lists organizations. `orderBy` is `name`, `created_at` or `members_count`, after `-` in
/// descending order; empty for the latest first.
LIVEBLOCKS_EXPORT http::TypedCall<List<Organization>> listOrganizations(const OrganizationFilter& filter = {},
                                                                        const PageOptions& page = {},
                                                                        std::string_view orderBy = {},
                                                                        bool includeMembersCount = false);

/// `GET /v1/organizations/{organizationId}/memberships`: lists members. `orderBy` is a member such as `created_at` or
/// `last_name`, after `-` in descending order; empty for the latest first. Whether a user is a member:
///
///     clerk::api::MembershipFilter filter;
///     filter.userId = {userId};
///     auto found = client.call(clerk::api::listOrganizationMemberships(organizationId, filter));
LIVEBLOCKS_EXPORT http::TypedCall<List<OrganizationMembership>> listOrganizationMemberships(
    std::string_view organizationId, const MembershipFilter& filter = {}, const PageOptions& page = {},
    std::string_view orderBy = {});

/// `GET /v1/users/{userId}/organization_memberships`: lists the organizations of a user.
LIVEBLOCKS_EXPORT http::TypedCall<List<OrganizationMembership>> listUserMemberships(std::string_view userId,
                                                                                    const PageOptions& page = {});

/// `POST /v1/organizations/{organizationId}/memberships`: makes a user a member, without an invitation.
LIVEBLOCKS_EXPORT http::TypedCall<OrganizationMembership> createOrganizationMembership(const MembershipRole& member);

/// `PATCH /v1/organizations/{organizationId}/memberships/{userId}`: gives a member another role.
LIVEBLOCKS_EXPORT http::TypedCall<OrganizationMembership> updateOrganizationMembership(const MembershipRole& member);

/// `DELETE /v1/organizations/{organizationId}/memberships/{userId}`: removes a member.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteOrganizationMembership(const MembershipKey& member);

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
