/// @file
/// Calls of Clerk's Backend API for invitations, for `clerk::Client::call()`.
/// https://clerk.com/docs/reference/backend-api/tag/Invitations
#pragma once

#include <chrono>
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

/// An invitation to sign up at the application.
struct Invitation {
  /// `inv_...`.
  std::string id;
  /// Who is invited.
  std::string emailAddress;
  /// `pending`, `accepted`, `revoked` or `expired`.
  std::string status;
  /// The link in the message, if Clerk sent it: with it anybody can accept the invitation, so it does not belong in a
  /// log.
  std::optional<std::string> url;
  /// Becomes the public metadata of the user. `{}` if there is none.
  Json publicMetadata;
  /// nullopt if Clerk did not send it.
  std::optional<std::chrono::system_clock::time_point> createdAt;
  /// The whole response, with the link.
  Json json;
};

/// An invitation to join an organization.
struct OrganizationInvitation {
  /// `orginv_...`.
  std::string id;
  /// `org_...`.
  std::string organizationId;
  /// Who is invited.
  std::string emailAddress;
  /// The role of the new member, such as `org:member`.
  std::string role;
  /// As `Invitation::status`; empty if Clerk names none.
  std::string status;
  /// As `Invitation::url`.
  std::optional<std::string> url;
  /// @{
  /// The application's data: readable by browsers, and readable by servers only. `{}` if there is none.
  Json publicMetadata;
  Json privateMetadata;
  /// @}
  /// @{
  /// nullopt if Clerk did not send it.
  std::optional<std::chrono::system_clock::time_point> createdAt;
  std::optional<std::chrono::system_clock::time_point> expiresAt;
  /// @}
  /// The whole response, with the link.
  Json json;
};

/// A new invitation. What is not set is left to Clerk.
struct NewInvitation {
  /// Not empty.
  std::string emailAddress;
  /// At least 1; by default 30.
  std::optional<int> expiresInDays = {};
  /// Invite again who has an invitation or is a user already; by default that is an error.
  std::optional<bool> ignoreExisting = {};
  /// Send a message; by default true.
  std::optional<bool> notify = {};
  /// An object.
  std::optional<Json> publicMetadata = {};
  /// Where the link leads.
  std::optional<std::string> redirectUrl = {};
  /// `invitation`, the default, or `waitlist_invitation`.
  std::optional<std::string> templateSlug = {};
};

/// A new invitation to an organization. What is not set is left to Clerk.
struct NewOrganizationInvitation {
  /// `org_...`.
  std::string organizationId;
  /// Not empty.
  std::string emailAddress;
  /// Such as `org:member`. Not empty.
  std::string role;
  /// At least 1; by default 30.
  std::optional<int> expiresInDays = {};
  /// Who invites: a member who may. Not empty.
  std::optional<std::string> inviterUserId = {};
  /// @{
  /// Objects.
  std::optional<Json> publicMetadata = {};
  std::optional<Json> privateMetadata = {};
  /// @}
  /// Where the link leads.
  std::optional<std::string> redirectUrl = {};
};

/// Restricts a list of invitations: all that is set must match. None may be empty.
struct InvitationFilter {
  /// `Invitation::status`.
  std::optional<std::string> status = {};
  /// A part of an address, or an id.
  std::optional<std::string> query = {};
};

/// Names an invitation to an organization.
struct OrganizationInvitationKey {
  /// `org_...`.
  std::string organizationId;
  /// `orginv_...`.
  std::string invitationId;
};

/// `POST /v1/invitations`: invites somebody to sign up.
LIVEBLOCKS_EXPORT http::TypedCall<Invitation> createInvitation(const NewInvitation& invitation);

/// `GET /v1/invitations`: lists invitations. `orderBy` is `created_at`, `email_address` or `expires_at`, after `-` in
/// descending order; empty for the latest first.
LIVEBLOCKS_EXPORT http::TypedCall<List<Invitation>> listInvitations(const InvitationFilter& filter = {},
                                                                    const PageOptions& page = {},
                                                                    std::string_view orderBy = {});

/// `POST /v1/invitations/{invitationId}/revoke`: makes the link of an invitation useless. Who was invited can still
/// sign up without it, if the instance is open to everybody.
LIVEBLOCKS_EXPORT http::TypedCall<Invitation> revokeInvitation(std::string_view invitationId);

/// `POST /v1/organizations/{organizationId}/invitations`: invites somebody to join an organization.
LIVEBLOCKS_EXPORT http::TypedCall<OrganizationInvitation> createOrganizationInvitation(
    const NewOrganizationInvitation& invitation);

/// `GET /v1/organizations/{organizationId}/invitations`: lists the invitations to an organization with any of these
/// statuses, of which there may be up to `maxFilterValues`; with all if there are none.
LIVEBLOCKS_EXPORT http::TypedCall<List<OrganizationInvitation>> listOrganizationInvitations(
    std::string_view organizationId, const std::vector<std::string>& status = {}, const PageOptions& page = {});

/// `GET /v1/organizations/{organizationId}/invitations/{invitationId}`: fetches an invitation to an organization.
LIVEBLOCKS_EXPORT http::TypedCall<OrganizationInvitation> getOrganizationInvitation(
    const OrganizationInvitationKey& invitation);

/// `POST /v1/organizations/{organizationId}/invitations/{invitationId}/revoke`: revokes an invitation to an
/// organization, in the name of a member if `requestingUserId` is set.
LIVEBLOCKS_EXPORT http::TypedCall<OrganizationInvitation> revokeOrganizationInvitation(
    const OrganizationInvitationKey& invitation, const std::optional<std::string>& requestingUserId = {});

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
