#include <liveblocks/clerk/organizations_api.hpp>

#include <functional>
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

constexpr const char* membershipPath = "/v1/organizations/{organizationId}/memberships/{userId}";
constexpr const char* membershipsPath = "/v1/organizations/{organizationId}/memberships";

void readOrganization(json::MemberReader& reader, Organization& organization) {
  std::optional<std::string> imageUrl;
  readId(reader, "id", organization.id);
  reader.read("name", organization.name);
  reader.read("slug", organization.slug);
  reader.read("image_url", imageUrl);
  organization.imageUrl = imageUrl.value_or("");
  reader.read("members_count", organization.membersCount);
  reader.read("max_allowed_memberships", organization.maxAllowedMemberships);
  reader.read("created_by", organization.createdBy);
  readObjectOrEmpty(reader, "public_metadata", organization.publicMetadata);
  readObjectOrEmpty(reader, "private_metadata", organization.privateMetadata);
  readTime(reader, "created_at", organization.createdAt);
}

void readMember(json::MemberReader& reader, OrganizationMembership& membership) {
  const Result<Organization> organization = readStrict<Organization>(reader.find("organization"), readOrganization);
  reader.require(organization.ok(), "organization", "an organization");
  if (organization) membership.organization = *organization;
  readId(reader, "id", membership.id);
  readId(reader, "role", membership.role);
  readTexts(reader, "permissions", membership.permissions);
  const std::string_view user = reader.find("public_user_data");
  reader.require(user.empty() || user.front() == '{', "public_user_data", "an object or null");
  json::MemberReader userReader(user);
  userReader.read("user_id", membership.userId);
  reader.require(!userReader.problem(), "public_user_data.user_id", "a text or null");
  readObjectOrEmpty(reader, "public_metadata", membership.publicMetadata);
  readObjectOrEmpty(reader, "private_metadata", membership.privateMetadata);
  readTime(reader, "created_at", membership.createdAt);
}

/// Reads a response that must be about that organization.
std::function<Result<Organization>(const http::ApiResponse&)> organizationReader(std::string_view idOrSlug) {
  return [name = std::string(idOrSlug)](const http::ApiResponse& response) -> Result<Organization> {
    Result<Organization> organization = readResource<Organization>(response, readOrganization);
    if (organization && organization->id != name && organization->slug != name) {
      return unexpectedResponse("it is about another organization");
    }
    return organization;
  };
}

/// Reads a response that must be about that membership.
std::function<Result<OrganizationMembership>(const http::ApiResponse&)> membershipReader(const MembershipRole& member) {
  return [key = MembershipKey{member.organizationId, member.userId}](
             const http::ApiResponse& response) -> Result<OrganizationMembership> {
    Result<OrganizationMembership> found = readResource<OrganizationMembership>(response, readMember);
    if (found && (found->organization.id != key.organizationId || found->userId.value_or(key.userId) != key.userId)) {
      return unexpectedResponse("it is about another membership");
    }
    return found;
  };
}

/// Reads memberships, each of which must be of the organization or the user that was asked for.
template <class Holds>
std::function<Result<List<OrganizationMembership>>(const http::ApiResponse&)> membershipsReader(Holds holds) {
  return [holds](const http::ApiResponse& response) -> Result<List<OrganizationMembership>> {
    Result<List<OrganizationMembership>> list = readList<OrganizationMembership>(response, readMember);
    if (!list) return list;
    for (const OrganizationMembership& membership : list->data) {
      if (!holds(membership)) return unexpectedResponse("it has a membership that was not asked for");
    }
    return list;
  };
}

}  // namespace

http::TypedCall<Organization> getOrganization(std::string_view idOrSlug, bool includeMembersCount) {
  QueryWriter query;
  query.addFlag("include_members_count", includeMembersCount);
  http::ApiCall call = apiCall("clerk.organizations.get", "GET", "/v1/organizations/{organizationId}",
                               {{"organizationId", std::string(idOrSlug)}});
  call.query = query.take();
  return {std::move(call), organizationReader(idOrSlug)};
}

http::TypedCall<List<Organization>> listOrganizations(const OrganizationFilter& filter, const Page& page,
                                                      std::string_view orderBy, bool includeMembersCount) {
  QueryWriter query;
  query.add("organization_id", filter.organizationId);
  query.add("query", filter.query);
  query.add(page);
  query.addOrder(orderBy);
  query.addFlag("include_members_count", includeMembersCount);
  return {listCall("clerk.organizations.list", "/v1/organizations", {}, query.take()),
          listReader<Organization>(readOrganization)};
}

http::TypedCall<List<OrganizationMembership>> listOrganizationMemberships(std::string_view organizationId,
                                                                          const MembershipFilter& filter,
                                                                          const Page& page, std::string_view orderBy) {
  QueryWriter query;
  query.add("user_id", filter.userId);
  query.add("email_address", filter.emailAddress);
  query.add("phone_number", filter.phoneNumber);
  query.add("username", filter.username);
  query.add("web3_wallet", filter.web3Wallet);
  query.add("role", filter.role);
  query.add("query", filter.query);
  query.add("email_address_query", filter.emailAddressQuery);
  query.add("phone_number_query", filter.phoneNumberQuery);
  query.add("username_query", filter.usernameQuery);
  query.add("name_query", filter.nameQuery);
  query.addTimes(filter);
  query.add(page);
  query.addOrder(orderBy);
  const auto isOfOrganization = [id = std::string(organizationId)](const OrganizationMembership& membership) {
    return membership.organization.id == id;
  };
  return {listCall("clerk.organizations.memberships.list", membershipsPath,
                   {{"organizationId", std::string(organizationId)}}, query.take()),
          membershipsReader(isOfOrganization)};
}

http::TypedCall<List<OrganizationMembership>> listUserMemberships(std::string_view userId, const Page& page) {
  QueryWriter query;
  query.add(page);
  const auto isOfUser = [id = std::string(userId)](const OrganizationMembership& membership) {
    return membership.userId.value_or(id) == id;
  };
  return {listCall("clerk.users.memberships.list", "/v1/users/{userId}/organization_memberships",
                   {{"userId", std::string(userId)}}, query.take()),
          membershipsReader(isOfUser)};
}

http::TypedCall<OrganizationMembership> createOrganizationMembership(const MembershipRole& member) {
  requireText("role", member.role);
  requireText("userId", member.userId);
  BodyWriter body;
  body.add("user_id", member.userId);
  body.add("role", member.role);
  return {apiCall("clerk.organizations.memberships.create", "POST", membershipsPath,
                  {{"organizationId", member.organizationId}}, std::move(body)),
          membershipReader(member)};
}

http::TypedCall<OrganizationMembership> updateOrganizationMembership(const MembershipRole& member) {
  requireText("role", member.role);
  BodyWriter body;
  body.add("role", member.role);
  return {apiCall("clerk.organizations.memberships.update", "PATCH", membershipPath,
                  {{"organizationId", member.organizationId}, {"userId", member.userId}}, std::move(body)),
          membershipReader(member)};
}

http::TypedCall<void> deleteOrganizationMembership(const MembershipKey& member) {
  return {apiCall("clerk.organizations.memberships.delete", "DELETE", membershipPath,
                  {{"organizationId", member.organizationId}, {"userId", member.userId}})};
}

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
