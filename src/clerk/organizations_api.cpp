#include <liveblocks/clerk/organizations_api.hpp>

#include <algorithm>
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
auto organizationReader(std::string_view idOrSlug) {
  return checkedResourceReader<Organization>(
      readOrganization,
      [name = std::string(idOrSlug)](const Organization& organization) {
        return organization.id == name || organization.slug == name;
      },
      "it is about another organization");
}

/// Reads a response that must be about that membership.
auto membershipReader(const MembershipRole& member) {
  return checkedResourceReader<OrganizationMembership>(
      readMember,
      [key = MembershipKey{member.organizationId, member.userId}](const OrganizationMembership& found) {
        return found.organization.id == key.organizationId && found.userId.value_or(key.userId) == key.userId;
      },
      "it is about another membership");
}

/// Reads memberships, each of which must be of the organization or the user that was asked for.
template <class Holds>
auto membershipsReader(Holds holds) {
  return checkedListReader<OrganizationMembership>(readMember, std::move(holds),
                                                   "it has a membership that was not asked for");
}

/// Whether the membership is of one of these users, of whom there may be none for all. One that names no user may be.
bool isOfAny(const std::vector<std::string>& userIds, const OrganizationMembership& membership) {
  return userIds.empty() || !membership.userId ||
         std::find(userIds.begin(), userIds.end(), *membership.userId) != userIds.end();
}

}  // namespace

http::TypedCall<Organization> getOrganization(std::string_view idOrSlug, bool includeMembersCount) {
  http::ApiCall call = apiCall("clerk.organizations.get", "GET", "/v1/organizations/{organizationId}",
                               {{"organizationId", std::string(idOrSlug)}});
  QueryWriter(call).addFlag("include_members_count", includeMembersCount);
  return {std::move(call), organizationReader(idOrSlug)};
}

http::TypedCall<List<Organization>> listOrganizations(const OrganizationFilter& filter, const PageOptions& page,
                                                      std::string_view orderBy, bool includeMembersCount) {
  http::ApiCall call = listCall("clerk.organizations.list", "/v1/organizations", {});
  QueryWriter query(call);
  query.addIds("organization_id", filter.organizationId);
  query.add("query", filter.query);
  query.add(page);
  query.addOrder(orderBy);
  query.addFlag("include_members_count", includeMembersCount);
  return {std::move(call), listReader<Organization>(readOrganization)};
}

http::TypedCall<List<OrganizationMembership>> listOrganizationMemberships(std::string_view organizationId,
                                                                          const MembershipFilter& filter,
                                                                          const PageOptions& page,
                                                                          std::string_view orderBy) {
  http::ApiCall call = listCall("clerk.organizations.memberships.list", membershipsPath,
                                {{"organizationId", std::string(organizationId)}});
  QueryWriter query(call);
  query.addIds("user_id", filter.userId);
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
  auto isWanted = [id = std::string(organizationId),
                   userIds = filter.userId](const OrganizationMembership& membership) {
    return membership.organization.id == id && isOfAny(userIds, membership);
  };
  return {std::move(call), membershipsReader(std::move(isWanted))};
}

http::TypedCall<List<OrganizationMembership>> listUserMemberships(std::string_view userId, const PageOptions& page) {
  http::ApiCall call = listCall("clerk.users.memberships.list", "/v1/users/{userId}/organization_memberships",
                                {{"userId", std::string(userId)}});
  QueryWriter(call).add(page);
  const auto isOfUser = [id = std::string(userId)](const OrganizationMembership& membership) {
    return membership.userId.value_or(id) == id;
  };
  return {std::move(call), membershipsReader(isOfUser)};
}

http::TypedCall<OrganizationMembership> createOrganizationMembership(const MembershipRole& member) {
  http::ApiCall call = apiCall("clerk.organizations.memberships.create", "POST", membershipsPath,
                               {{"organizationId", member.organizationId}});
  requireText(call, "role", member.role);
  requireText(call, "userId", member.userId);
  BodyWriter body(call);
  body.add("user_id", member.userId);
  body.add("role", member.role);
  body.finish();
  return {std::move(call), membershipReader(member)};
}

http::TypedCall<OrganizationMembership> updateOrganizationMembership(const MembershipRole& member) {
  http::ApiCall call = apiCall("clerk.organizations.memberships.update", "PATCH", membershipPath,
                               {{"organizationId", member.organizationId}, {"userId", member.userId}});
  requireText(call, "role", member.role);
  BodyWriter body(call);
  body.add("role", member.role);
  body.finish();
  return {std::move(call), membershipReader(member)};
}

http::TypedCall<void> deleteOrganizationMembership(const MembershipKey& member) {
  return {apiCall("clerk.organizations.memberships.delete", "DELETE", membershipPath,
                  {{"organizationId", member.organizationId}, {"userId", member.userId}})};
}

}  // namespace clerk::api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
