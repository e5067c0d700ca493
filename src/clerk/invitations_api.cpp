#include <liveblocks/clerk/invitations_api.hpp>

#include <string>
#include <utility>

#include "clerk/api_request.hpp"
#include "clerk/api_resource.hpp"
#include "core/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::api {

using namespace detail;

namespace {

constexpr const char* invitationsPath = "/v1/organizations/{organizationId}/invitations";

void readInvitation(json::MemberReader& reader, Invitation& invitation) {
  readId(reader, "id", invitation.id);
  reader.read("email_address", invitation.emailAddress);
  reader.read("status", invitation.status);
  reader.read("url", invitation.url);
  readObjectOrEmpty(reader, "public_metadata", invitation.publicMetadata);
  readTime(reader, "created_at", invitation.createdAt);
}

void readOrganizationInvitation(json::MemberReader& reader, OrganizationInvitation& invitation) {
  std::optional<std::string> status;
  readId(reader, "id", invitation.id);
  readId(reader, "organization_id", invitation.organizationId);
  reader.read("email_address", invitation.emailAddress);
  readId(reader, "role", invitation.role);
  reader.read("status", status);
  invitation.status = status.value_or("");
  reader.read("url", invitation.url);
  readObjectOrEmpty(reader, "public_metadata", invitation.publicMetadata);
  readObjectOrEmpty(reader, "private_metadata", invitation.privateMetadata);
  readTime(reader, "created_at", invitation.createdAt);
  readTime(reader, "expires_at", invitation.expiresAt);
}

/// A call whose response must be about that invitation. The id of a new one is empty.
http::TypedCall<OrganizationInvitation> organizationInvitationCall(http::ApiCall call,
                                                                   const OrganizationInvitationKey& key) {
  const auto holds = [key](const OrganizationInvitation& invitation) {
    return invitation.organizationId == key.organizationId &&
           (key.invitationId.empty() || invitation.id == key.invitationId);
  };
  return {std::move(call), checkedResourceReader<OrganizationInvitation>(readOrganizationInvitation, holds,
                                                                         "it is about another invitation")};
}

std::vector<http::ApiParameter> pathParametersOf(const OrganizationInvitationKey& invitation) {
  return {{"organizationId", invitation.organizationId}, {"invitationId", invitation.invitationId}};
}

}  // namespace

http::TypedCall<Invitation> createInvitation(const NewInvitation& invitation) {
  http::ApiCall call = apiCall("clerk.invitations.create", "POST", "/v1/invitations", {});
  requireText(call, "emailAddress", invitation.emailAddress);
  BodyWriter body(call);
  body.add("email_address", invitation.emailAddress);
  body.addDays("expires_in_days", invitation.expiresInDays);
  body.add("ignore_existing", invitation.ignoreExisting);
  body.add("notify", invitation.notify);
  body.addObject("public_metadata", invitation.publicMetadata);
  body.add("redirect_url", invitation.redirectUrl);
  body.add("template_slug", invitation.templateSlug);
  body.finish();
  return {std::move(call), resourceReader<Invitation>(readInvitation)};
}

http::TypedCall<List<Invitation>> listInvitations(const InvitationFilter& filter, const PageOptions& page,
                                                  std::string_view orderBy) {
  http::ApiCall call = listCall("clerk.invitations.list", "/v1/invitations", {});
  QueryWriter query(call);
  query.add("status", filter.status);
  query.add("query", filter.query);
  query.add(page);
  query.addOrder(orderBy);
  query.addFlag("paginated", true);
  return {std::move(call), listReader<Invitation>(readInvitation)};
}

http::TypedCall<Invitation> revokeInvitation(std::string_view invitationId) {
  return {apiCall("clerk.invitations.revoke", "POST", "/v1/invitations/{invitationId}/revoke",
                  {{"invitationId", std::string(invitationId)}}),
          checkedResourceReader<Invitation>(
              readInvitation,
              [id = std::string(invitationId)](const Invitation& invitation) { return invitation.id == id; },
              "it is about another invitation")};
}

http::TypedCall<OrganizationInvitation> createOrganizationInvitation(const NewOrganizationInvitation& invitation) {
  http::ApiCall call = apiCall("clerk.organizations.invitations.create", "POST", invitationsPath,
                               {{"organizationId", invitation.organizationId}});
  requireText(call, "emailAddress", invitation.emailAddress);
  requireText(call, "role", invitation.role);
  if (invitation.inviterUserId) requireText(call, "inviterUserId", *invitation.inviterUserId);
  BodyWriter body(call);
  body.add("email_address", invitation.emailAddress);
  body.add("role", invitation.role);
  body.addDays("expires_in_days", invitation.expiresInDays);
  body.add("inviter_user_id", invitation.inviterUserId);
  body.addObject("public_metadata", invitation.publicMetadata);
  body.addObject("private_metadata", invitation.privateMetadata);
  body.add("redirect_url", invitation.redirectUrl);
  body.finish();
  return organizationInvitationCall(std::move(call), {invitation.organizationId, {}});
}

http::TypedCall<List<OrganizationInvitation>> listOrganizationInvitations(std::string_view organizationId,
                                                                          const std::vector<std::string>& status,
                                                                          const PageOptions& page) {
  http::ApiCall call = listCall("clerk.organizations.invitations.list", invitationsPath,
                                {{"organizationId", std::string(organizationId)}});
  QueryWriter query(call);
  query.add("status", status);
  query.add(page);
  return {std::move(call), checkedListReader<OrganizationInvitation>(
                               readOrganizationInvitation,
                               [id = std::string(organizationId)](const OrganizationInvitation& invitation) {
                                 return invitation.organizationId == id;
                               },
                               "it has an invitation that was not asked for")};
}

http::TypedCall<OrganizationInvitation> getOrganizationInvitation(const OrganizationInvitationKey& invitation) {
  return organizationInvitationCall(
      apiCall("clerk.organizations.invitations.get", "GET",
              "/v1/organizations/{organizationId}/invitations/{invitationId}", pathParametersOf(invitation)),
      invitation);
}

http::TypedCall<OrganizationInvitation> revokeOrganizationInvitation(
    const OrganizationInvitationKey& invitation, const std::optional<std::string>& requestingUserId) {
  http::ApiCall call =
      apiCall("clerk.organizations.invitations.revoke", "POST",
              "/v1/organizations/{organizationId}/invitations/{invitationId}/revoke", pathParametersOf(invitation));
  if (requestingUserId) {
    requireText(call, "requestingUserId", *requestingUserId);
    BodyWriter body(call);
    body.add("requesting_user_id", requestingUserId);
    body.finish();
  }
  return organizationInvitationCall(std::move(call), invitation);
}

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
