// What the calls of clerk::api check before they are made. What they send is compared with the vendor's SDK by
// tests/oracle/clerk/api.mjs.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/invitations_api.hpp>
#include <liveblocks/clerk/organizations_api.hpp>
#include <liveblocks/clerk/sessions_api.hpp>
#include <liveblocks/clerk/users_api.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include "catch.hpp"

namespace api = liveblocks::clerk::api;
namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Json;
using namespace std::chrono_literals;

namespace {

using ListWith = std::function<http::ApiCall(const api::PageOptions&)>;

const std::vector<ListWith>& lists() {
  static const std::vector<ListWith> all{
      [](const api::PageOptions& page) { return api::listUsers({}, page).request; },
      [](const api::PageOptions& page) { return api::listSessions({"user_1"}, page).request; },
      [](const api::PageOptions& page) { return api::listOrganizations({}, page).request; },
      [](const api::PageOptions& page) { return api::listOrganizationMemberships("org_1", {}, page).request; },
      [](const api::PageOptions& page) { return api::listUserMemberships("user_1", page).request; },
      [](const api::PageOptions& page) { return api::listInvitations({}, page).request; },
      [](const api::PageOptions& page) { return api::listOrganizationInvitations("org_1", {}, page).request; },
  };
  return all;
}

std::string valueOf(const http::ApiCall& call, const std::string& name) {
  for (const http::ApiParameter& parameter : call.query) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

/// In both forms the call is an error with that message, and nothing is sent.
template <class T>
void checkRefusal(const http::TypedCall<T>& refused, const std::string& message) {
  const auto transport = std::make_shared<liveblocks::testing::FakeTransport>();
  clerk::ClientOptions options;
  options.secretKey = "sk_test_geheimgeheim";
  const clerk::Client client(options, transport);
  std::vector<liveblocks::Result<T>> outcomes{client.call(refused)};
  client.callAsync(refused, [&](liveblocks::Result<T> outcome) { outcomes.push_back(std::move(outcome)); });
  CHECK(outcomes.size() == 2);
  for (const auto& outcome : outcomes) {
    REQUIRE(!outcome);
    CHECK(outcome.error().code == liveblocks::Errc::invalidRequest);
    CHECK(outcome.error().message == refused.request.method + " " + refused.request.path + ": " + message);
  }
  CHECK(transport->requestCount() == 0);
}

}  // namespace

TEST_CASE("the part of a list has limits") {
  for (const ListWith& list : lists()) {
    CHECK(valueOf(list({1, 0}), "limit") == "1");
    CHECK(valueOf(list({500, 0}), "limit") == "500");
    CHECK(valueOf(list({}), "limit").empty());
    CHECK(valueOf(list({{}, 1}), "offset") == "1");
    CHECK(valueOf(list({{}, 0}), "offset").empty());
    checkRefusal(http::TypedCall<void>{list({0, 0})}, "limit must lie between 1 and 500");
    checkRefusal(http::TypedCall<void>{list({501, 0})}, "limit must lie between 1 and 500");
    checkRefusal(http::TypedCall<void>{list({{}, -1})}, "offset must not be negative");
    CHECK(list({}).maxResponse == std::size_t{32} << 20);
  }
}

TEST_CASE("a filter has at most 100 values, none of them empty") {
  api::UserFilter users;
  users.userId.assign(100, "user_1");
  CHECK(api::listUsers(users).request.query.size() == 100);
  users.userId.emplace_back("user_1");
  checkRefusal(api::listUsers(users), "user_id must not have more than 100 values");
  checkRefusal(api::countUsers(users), "user_id must not have more than 100 values");

  const std::string problem = " must not have an empty value, which would not restrict the list";
  api::MembershipFilter members;
  members.userId = {""};
  checkRefusal(api::listOrganizationMemberships("org_1", members), "user_id" + problem);
  checkRefusal(api::listOrganizations({{"org_1", ""}}), "organization_id" + problem);
  checkRefusal(api::listOrganizationInvitations("org_1", {""}), "status" + problem);
  api::UserFilter query;
  query.query = "";
  checkRefusal(api::listUsers(query), "query must not be empty");
}

TEST_CASE("sessions are listed of a user or a client") {
  checkRefusal(api::listSessions({}), "the filter of sessions must have a userId or a clientId");
  api::SessionFilter filter;
  filter.status = "active";
  checkRefusal(api::listSessions(filter), "the filter of sessions must have a userId or a clientId");
  filter.clientId = "client_1";
  CHECK(valueOf(api::listSessions(filter).request, "client_id") == "client_1");
  filter.clientId = "";
  checkRefusal(api::listSessions(filter), "client_id must not be empty");
}

TEST_CASE("metadata are objects, and at least one of them is given") {
  checkRefusal(api::updateUserMetadata("user_1", {}), "the metadata must have something to merge");
  checkRefusal(api::updateUserMetadata("user_1", {Json("x")}), "public_metadata must be an object");
  checkRefusal(api::updateUserMetadata("user_1", {{}, {}, Json()}), "unsafe_metadata must be an object");
  api::NewInvitation invitation{"bob@example.com"};
  invitation.publicMetadata = Json(1);
  checkRefusal(api::createInvitation(invitation), "public_metadata must be an object");
}

TEST_CASE("roles, users and addresses are not empty") {
  checkRefusal(api::createOrganizationMembership({"org_1", "user_1", ""}), "role must not be empty");
  checkRefusal(api::createOrganizationMembership({"org_1", "", "org:member"}), "userId must not be empty");
  checkRefusal(api::updateOrganizationMembership({"org_1", "user_1", ""}), "role must not be empty");
  checkRefusal(api::createInvitation({}), "emailAddress must not be empty");
  checkRefusal(api::createOrganizationInvitation({"org_1", "", "org:member"}), "emailAddress must not be empty");
  checkRefusal(api::createOrganizationInvitation({"org_1", "a@b", ""}), "role must not be empty");
  api::NewOrganizationInvitation invitation{"org_1", "a@b", "org:member"};
  invitation.inviterUserId = "";
  checkRefusal(api::createOrganizationInvitation(invitation), "inviterUserId must not be empty");
  checkRefusal(api::revokeOrganizationInvitation({"org_1", "orginv_1"}, ""), "requestingUserId must not be empty");
}

TEST_CASE("an id with a sign, which would exclude, is no filter") {
  for (const char* sign : {"+", "-"}) {
    const std::vector<std::string> ids{"id_1", std::string(sign) + "id_2"};
    const std::string problem = " must not begin with a sign, by which Clerk would exclude instead of find";
    api::MembershipFilter members;
    members.userId = ids;
    checkRefusal(api::listOrganizationMemberships("org_1", members), "user_id" + problem);
    checkRefusal(api::listOrganizations({ids}), "organization_id" + problem);
    api::UserFilter users;
    users.userId = ids;
    checkRefusal(api::countUsers(users), "user_id" + problem);
    users = {};
    users.externalId = ids;
    checkRefusal(api::listUsers(users), "external_id" + problem);
    users = {};
    users.organizationId = ids;
    checkRefusal(api::listUsers(users), "organization_id" + problem);
  }
}

TEST_CASE("an invitation lasts a day or more, and a token a second or more") {
  api::NewInvitation invitation{"bob@example.com"};
  invitation.expiresInDays = 1;
  CHECK_FALSE(api::createInvitation(invitation).request.problem);
  invitation.expiresInDays = 0;
  checkRefusal(api::createInvitation(invitation), "expires_in_days must be at least 1");
  CHECK_FALSE(api::createSessionToken("sess_1", {{}, 1s}).request.problem);
  checkRefusal(api::createSessionToken("sess_1", {{}, 0s}), "expiresIn must be at least 1 s");
}

TEST_CASE("an invitation to an organization is revoked in the name of a member, if one is named") {
  const api::OrganizationInvitationKey invitation{"org_1", "orginv_1"};
  CHECK(std::holds_alternative<std::monostate>(api::revokeOrganizationInvitation(invitation).request.body));
  CHECK(std::get<Json>(api::revokeOrganizationInvitation(invitation, "user_1").request.body).text() ==
        R"({"requesting_user_id":"user_1"})");
}

TEST_CASE("a call to Clerk is UTF-8, and its error does not repeat what it is about") {
  const std::string bad = "bad\xFF";
  checkRefusal(api::createInvitation({bad}), "email_address must be valid UTF-8");
  checkRefusal(api::createOrganizationMembership({"org_1", bad, "org:member"}), "user_id must be valid UTF-8");
  checkRefusal(api::updateOrganizationMembership({"org_1", "user_1", bad}), "role must be valid UTF-8");
  checkRefusal(api::createOrganizationInvitation({"org_1", bad, "org:member"}), "email_address must be valid UTF-8");
  checkRefusal(api::revokeOrganizationInvitation({"org_1", "orginv_1"}, bad), "requesting_user_id must be valid UTF-8");
  checkRefusal(api::listUsers({}, {}, bad), "the query parameter 'order_by' is not valid UTF-8");
  api::UserFilter filter;
  filter.query = bad;
  checkRefusal(api::countUsers(filter), "the query parameter 'query' is not valid UTF-8");
  checkRefusal(api::getSession(bad), "the path parameter 'sessionId' is not valid UTF-8");
  checkRefusal(api::createSessionToken("sess_1", {bad}), "the path parameter 'template' is not valid UTF-8");
}

TEST_CASE("a body is as deep as JSON may be, and not deeper") {
  const auto metadataOf = [](int depth) {
    const auto count = static_cast<std::size_t>(depth - 1);
    const std::string text = R"({"a":)" + std::string(count, '[') + std::string(count, ']') + "}";
    return api::UserMetadata{Json::parse(text)};
  };
  CHECK_FALSE(api::updateUserMetadata("user_1", metadataOf(Json::maxDepth - 1)).request.problem);
  checkRefusal(api::updateUserMetadata("user_1", metadataOf(Json::maxDepth)),
               "the body must not be nested more than 64 levels deep");
}

TEST_CASE("times in a filter are sent in milliseconds") {
  using Time = std::chrono::system_clock::time_point;
  api::UserFilter users;
  users.createdAtAfter = Time(1735689600123ms) + std::chrono::duration_cast<Time::duration>(999us);
  users.lastSignInAtBefore = Time(-1ms);
  users.lastActiveAtBefore = Time();
  const http::ApiCall call = api::listUsers(users).request;
  CHECK(valueOf(call, "created_at_after") == "1735689600123");
  CHECK(valueOf(call, "last_sign_in_at_before") == "-1");
  CHECK(valueOf(call, "last_active_at_before") == "0");
  CHECK(valueOf(call, "created_at_before").empty());
}

TEST_CASE("the first of several problems of a call is its error") {
  checkRefusal(api::createOrganizationInvitation({"", "", ""}), "emailAddress must not be empty");
  checkRefusal(api::listOrganizationMemberships("..", {}, {0}), "limit must lie between 1 and 500");
}

TEST_CASE("only the creation of a token is repeated like a look-up") {
  CHECK(api::createSessionToken("sess_1").request.repeat == http::ApiRepeat::always);
  CHECK(api::revokeSession("sess_1").request.repeat == http::ApiRepeat::byMethod);
  CHECK(api::banUser("user_1").request.repeat == http::ApiRepeat::byMethod);
  CHECK(api::deleteOrganizationMembership({"org_1", "user_1"}).request.repeat == http::ApiRepeat::byMethod);
}
