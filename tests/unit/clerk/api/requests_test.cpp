// What the calls of clerk::api check before they are made. What they send is compared with the vendor's SDK by
// tests/oracle/clerk/api.mjs.

#include <functional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include <liveblocks/clerk/invitations_api.hpp>
#include <liveblocks/clerk/organizations_api.hpp>
#include <liveblocks/clerk/sessions_api.hpp>
#include <liveblocks/clerk/users_api.hpp>

#include "catch.hpp"

namespace api = liveblocks::clerk::api;
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

void checkRefusal(const std::function<void()>& make, const std::string& message) {
  CHECK_THROWS_WITH(make(), message);
  CHECK_THROWS_AS(make(), std::invalid_argument);
}

}  // namespace

TEST_CASE("the part of a list has limits") {
  for (const ListWith& list : lists()) {
    CHECK(valueOf(list({1, 0}), "limit") == "1");
    CHECK(valueOf(list({500, 0}), "limit") == "500");
    CHECK(valueOf(list({}), "limit").empty());
    CHECK(valueOf(list({{}, 1}), "offset") == "1");
    CHECK(valueOf(list({{}, 0}), "offset").empty());
    checkRefusal([&] { list({0, 0}); }, "limit must lie between 1 and 500");
    checkRefusal([&] { list({501, 0}); }, "limit must lie between 1 and 500");
    checkRefusal([&] { list({{}, -1}); }, "offset must not be negative");
    CHECK(list({}).maxResponse == std::size_t{32} << 20);
  }
}

TEST_CASE("a filter has at most 100 values, none of them empty") {
  api::UserFilter users;
  users.userId.assign(100, "user_1");
  CHECK(api::listUsers(users).request.query.size() == 100);
  users.userId.emplace_back("user_1");
  checkRefusal([&] { api::listUsers(users); }, "user_id must not have more than 100 values");
  checkRefusal([&] { api::countUsers(users); }, "user_id must not have more than 100 values");

  const std::string problem = " must not have an empty value, which would not restrict the list";
  api::MembershipFilter members;
  members.userId = {""};
  checkRefusal([&] { api::listOrganizationMemberships("org_1", members); }, "user_id" + problem);
  checkRefusal([&] { api::listOrganizations({{"org_1", ""}}); }, "organization_id" + problem);
  checkRefusal([&] { api::listOrganizationInvitations("org_1", {""}); }, "status" + problem);
  api::UserFilter query;
  query.query = "";
  checkRefusal([&] { api::listUsers(query); }, "query must not be empty");
}

TEST_CASE("sessions are listed of a user or a client") {
  checkRefusal([] { api::listSessions({}); }, "the filter of sessions must have a userId or a clientId");
  api::SessionFilter filter;
  filter.status = "active";
  checkRefusal([&] { api::listSessions(filter); }, "the filter of sessions must have a userId or a clientId");
  filter.clientId = "client_1";
  CHECK(valueOf(api::listSessions(filter).request, "client_id") == "client_1");
  filter.clientId = "";
  checkRefusal([&] { api::listSessions(filter); }, "client_id must not be empty");
}

TEST_CASE("metadata are objects, and at least one of them is given") {
  checkRefusal([] { api::updateUserMetadata("user_1", {}); }, "the metadata must have something to merge");
  checkRefusal([] { api::updateUserMetadata("user_1", {Json("x")}); }, "public_metadata must be an object");
  checkRefusal([] { api::updateUserMetadata("user_1", {{}, {}, Json()}); }, "unsafe_metadata must be an object");
  api::NewInvitation invitation{"bob@example.com"};
  invitation.publicMetadata = Json(1);
  checkRefusal([&] { api::createInvitation(invitation); }, "public_metadata must be an object");
}

TEST_CASE("roles, users and addresses are not empty") {
  checkRefusal([] { api::createOrganizationMembership({"org_1", "user_1", ""}); }, "role must not be empty");
  checkRefusal([] { api::createOrganizationMembership({"org_1", "", "org:member"}); }, "userId must not be empty");
  checkRefusal([] { api::updateOrganizationMembership({"org_1", "user_1", ""}); }, "role must not be empty");
  checkRefusal([] { api::createInvitation({}); }, "emailAddress must not be empty");
  checkRefusal(
      [] {
        api::createOrganizationInvitation({"org_1", "", "org:member"});
      },
      "emailAddress must not be empty");
  checkRefusal([] { api::createOrganizationInvitation({"org_1", "a@b", ""}); }, "role must not be empty");
}

TEST_CASE("an id with a sign, which would exclude, is no filter") {
  for (const char* sign : {"+", "-"}) {
    const std::vector<std::string> ids{"id_1", std::string(sign) + "id_2"};
    const std::string problem = " must not begin with a sign, by which Clerk would exclude instead of find";
    api::MembershipFilter members;
    members.userId = ids;
    checkRefusal([&] { api::listOrganizationMemberships("org_1", members); }, "user_id" + problem);
    checkRefusal([&] { api::listOrganizations({ids}); }, "organization_id" + problem);
    api::UserFilter users;
    users.userId = ids;
    checkRefusal([&] { api::countUsers(users); }, "user_id" + problem);
    users = {};
    users.externalId = ids;
    checkRefusal([&] { api::listUsers(users); }, "external_id" + problem);
    users = {};
    users.organizationId = ids;
    checkRefusal([&] { api::listUsers(users); }, "organization_id" + problem);
  }
}

TEST_CASE("an invitation lasts a day or more, and a token a second or more") {
  api::NewInvitation invitation{"bob@example.com"};
  invitation.expiresInDays = 1;
  CHECK_NOTHROW(api::createInvitation(invitation));
  invitation.expiresInDays = 0;
  checkRefusal([&] { api::createInvitation(invitation); }, "expires_in_days must be at least 1");
  CHECK_NOTHROW(api::createSessionToken("sess_1", {{}, 1s}));
  checkRefusal([] { api::createSessionToken("sess_1", {{}, 0s}); }, "expiresIn must be at least 1 s");
}

TEST_CASE("an invitation to an organization is revoked in the name of a member, if one is named") {
  const api::OrganizationInvitationKey invitation{"org_1", "orginv_1"};
  CHECK(std::holds_alternative<std::monostate>(api::revokeOrganizationInvitation(invitation).request.body));
  CHECK(std::get<Json>(api::revokeOrganizationInvitation(invitation, "user_1").request.body).text() ==
        R"({"requesting_user_id":"user_1"})");
}

TEST_CASE("a body of a call to Clerk is UTF-8") {
  CHECK_THROWS_AS(api::createInvitation({"\xFF"}), std::invalid_argument);
  CHECK_THROWS_AS(api::createOrganizationMembership({"org_1", "\xFF", "org:member"}), std::invalid_argument);
}

TEST_CASE("only the creation of a token is repeated like a look-up") {
  CHECK(api::createSessionToken("sess_1").request.repeat == http::ApiRepeat::always);
  CHECK(api::revokeSession("sess_1").request.repeat == http::ApiRepeat::byMethod);
  CHECK(api::banUser("user_1").request.repeat == http::ApiRepeat::byMethod);
  CHECK(api::deleteOrganizationMembership({"org_1", "user_1"}).request.repeat == http::ApiRepeat::byMethod);
}
