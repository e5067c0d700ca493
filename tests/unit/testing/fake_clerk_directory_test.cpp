// Users, organizations and sessions of the fake Clerk, through the calls of the library.

#include <liveblocks/testing/fake_clerk.hpp>

#include <stdexcept>
#include <string>
#include <vector>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/organizations_api.hpp>
#include <liveblocks/clerk/sessions_api.hpp>
#include <liveblocks/clerk/users_api.hpp>

#include "catch.hpp"

namespace api = liveblocks::clerk::api;
namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::Json;
using liveblocks::testing::FakeClerk;
using liveblocks::testing::FakeUser;

namespace {

struct DirectoryFixture {
  std::shared_ptr<FakeClerk> fake = std::make_shared<FakeClerk>(issuer());
  clerk::Client client{options(), fake};

  DirectoryFixture() {
    FakeUser ada{"user_ada", "Ada", "Lovelace", "ada", "ada@example.com"};
    ada.memberships = {{"org_1", "org:admin", "acme", "Acme", {"org:tasks:edit"}}, {"org_2"}};
    fake->addUser(ada);
    FakeUser bob{"user_bob", "Bob"};
    bob.memberships = {{"org_1"}};
    fake->addUser(bob);
    fake->addUser({"user_eve"});
    fake->addSession({"sess_1", "user_ada"});
    fake->addSession({"sess_2", "user_ada", "client_2", "ended", "org_1"});
    fake->addSession({"sess_3", "user_bob"});
  }

  /// One for all of them: keys take time to make.
  static const liveblocks::testing::ClerkIssuer& issuer() {
    static const liveblocks::testing::ClerkIssuer instance;
    return instance;
  }

  clerk::ClientOptions options() const {
    clerk::ClientOptions options;
    options.secretKey = fake->secretKey();
    options.retryCalls = false;
    return options;
  }

  /// The status and, of a failure, Clerk's code.
  std::string statusOf(const http::ApiCall& call) const {
    const auto response = client.call(call);
    if (response) return std::to_string(response->status);
    return std::to_string(response.error().upstreamStatus) + " " + response.error().info->code;
  }
};

std::string idsOf(const std::vector<clerk::User>& users) {
  std::string ids;
  for (const clerk::User& user : users) ids += user.id.substr(5) + " ";
  return ids;
}

template <class T>
std::string idsOf(const api::List<T>& list) {
  std::string ids;
  for (const T& item : list.data) ids += item.id + " ";
  return ids + "of " + std::to_string(list.totalCount);
}

std::string usersOf(const api::List<api::OrganizationMembership>& list) {
  std::string ids;
  for (const auto& membership : list.data) ids += membership.userId->substr(5) + " " + membership.role + " ";
  return ids + "of " + std::to_string(list.totalCount);
}

}  // namespace

TEST_CASE_METHOD(DirectoryFixture, "the fake lists and counts users that match") {
  CHECK(idsOf(client.call(api::listUsers()).value()) == "ada bob eve ");
  CHECK(idsOf(client.call(api::listUsers({}, {2, 1})).value()) == "bob eve ");
  CHECK(idsOf(client.call(api::listUsers({}, {{}, 3})).value()).empty());
  api::UserFilter filter;
  filter.userId = {"user_bob", "user_eve", "user_no"};
  CHECK(idsOf(client.call(api::listUsers(filter)).value()) == "bob eve ");
  filter.organizationId = {"org_1"};
  CHECK(idsOf(client.call(api::listUsers(filter)).value()) == "bob ");
  CHECK(client.call(api::countUsers(filter)).value() == 1);
  api::UserFilter other;
  other.emailAddress = {"ada@example.com"};
  other.username = {"ada"};
  other.query = "LOVE";
  CHECK(idsOf(client.call(api::listUsers(other)).value()) == "ada ");
  other.query = "bob";
  CHECK(client.call(api::countUsers(other)).value() == 0);
}

TEST_CASE_METHOD(DirectoryFixture, "the fake merges metadata as Clerk does") {
  const auto merge = [&](const char* text) {
    return client.call(api::updateUserMetadata("user_eve", {Json::parse(text)})).value().publicMetadata.text();
  };
  CHECK(merge(R"({"a":{"b":1,"c":2},"d":3})") == R"({"a":{"b":1,"c":2},"d":3})");
  CHECK(merge(R"({"a":{"b":null},"e":[]})") == R"({"a":{"c":2},"d":3,"e":[]})");
  const auto both =
      client.call(api::updateUserMetadata("user_eve", {{}, Json::object({{"p", 1}}), Json::object({{"u", 2}})}));
  CHECK(both.value().privateMetadata.text() == R"({"p":1})");
  CHECK(both->unsafeMetadata.text() == R"({"u":2})");
  CHECK(both->publicMetadata.find("d"));
  const auto metadataCall = [](Json body) {
    return http::ApiCall{"PATCH", "/v1/users/user_eve/metadata", {}, {}, std::move(body)};
  };
  CHECK(statusOf(metadataCall(Json::object({{"public_metadata", 1}}))) == "422 form_param_invalid");
  CHECK(statusOf(metadataCall(Json(1))) == "400 request_body_invalid");
  // What is refused changes nothing.
  const Json half = Json::object({{"public_metadata", Json::object({{"d", 4}})}, {"private_metadata", 1}});
  CHECK(statusOf(metadataCall(half)) == "422 form_param_invalid");
  CHECK(client.call(api::getUser("user_eve")).value().publicMetadata.find("d")->text() == "3");
}

TEST_CASE_METHOD(DirectoryFixture, "the fake bans and locks users") {
  CHECK(client.call(api::banUser("user_ada")).value().banned);
  CHECK(client.users().get("user_ada").value().banned);
  CHECK(fake->session("sess_1")->status == "revoked");
  CHECK(fake->session("sess_3")->status == "active");
  CHECK_FALSE(client.call(api::unbanUser("user_ada")).value().banned);
  CHECK(fake->session("sess_1")->status == "revoked");
  CHECK(client.call(api::lockUser("user_ada")).value().locked);
  CHECK_FALSE(client.call(api::unlockUser("user_ada")).value().locked);
  CHECK(client.call(api::banUser("user_no")).error().code == Errc::notFound);
}

TEST_CASE_METHOD(DirectoryFixture, "the fake shows and revokes sessions") {
  const auto session = client.call(api::getSession("sess_2")).value();
  CHECK(session.userId == "user_ada");
  CHECK(session.status == "ended");
  CHECK(session.lastActiveOrganizationId == "org_1");
  CHECK(idsOf(client.call(api::listSessions({"user_ada"})).value()) == "sess_1 sess_2 of 2");
  CHECK(idsOf(client.call(api::listSessions({"user_ada", {}, "active"})).value()) == "sess_1 of 1");
  CHECK(idsOf(client.call(api::listSessions({{}, "client_1"}, {1, 1})).value()) == "sess_3 of 2");
  CHECK(client.call(api::revokeSession("sess_1")).value().status == "revoked");
  CHECK(client.call(api::getSession("sess_1")).value().status == "revoked");
  CHECK(client.call(api::revokeSession("sess_9")).error().code == Errc::notFound);
  CHECK_FALSE(fake->session("sess_9"));
  const auto plain = client.call({"GET", "/v1/sessions", {}, {{"user_id", "user_bob"}}});
  CHECK(plain.value().json().value().items().size() == 1);
}

TEST_CASE_METHOD(DirectoryFixture, "the fake knows organizations that were added or have members") {
  fake->addOrganization({"org_0", "Zero", "zero", {{"public_metadata", Json::object({{"x", 1}})}}});
  CHECK(idsOf(client.call(api::listOrganizations()).value()) == "org_0 org_1 org_2 of 3");
  CHECK(idsOf(client.call(api::listOrganizations({{"org_2", "org_0"}, "z"})).value()) == "org_0 of 1");
  const auto acme = client.call(api::getOrganization("acme", true)).value();
  CHECK(acme.id == "org_1");
  CHECK(acme.name == "Acme");
  CHECK(acme.membersCount == 2);
  CHECK_FALSE(client.call(api::getOrganization("org_1")).value().membersCount);
  CHECK(client.call(api::getOrganization("org_0")).value().publicMetadata.text() == R"({"x":1})");
  CHECK(client.call(api::listOrganizations({}, {}, {}, true)).value().data.at(2).membersCount == 1);
  CHECK(client.call(api::getOrganization("org_9")).error().code == Errc::notFound);
  CHECK_THROWS_AS(fake->addOrganization({"1"}), std::invalid_argument);
}

TEST_CASE_METHOD(DirectoryFixture, "the fake lists members, and the memberships of a user") {
  CHECK(usersOf(client.call(api::listOrganizationMemberships("org_1")).value()) == "ada org:admin bob org:member of 2");
  api::MembershipFilter filter;
  filter.userId = {"user_ada", "user_eve"};
  CHECK(usersOf(client.call(api::listOrganizationMemberships("org_1", filter)).value()) == "ada org:admin of 1");
  filter.role = {"org:member"};
  CHECK(usersOf(client.call(api::listOrganizationMemberships("org_1", filter)).value()) == "of 0");
  const auto own = client.call(api::listUserMemberships("user_ada")).value();
  CHECK(own.totalCount == 2);
  CHECK(own.data.at(0).organization.slug == "acme");
  CHECK(own.data.at(0).permissions == std::vector<std::string>{"org:tasks:edit"});
  CHECK(client.call(api::listUserMemberships("user_eve")).value().data.empty());
}

TEST_CASE_METHOD(DirectoryFixture, "the fake adds, changes and removes members") {
  CHECK(client.call(api::createOrganizationMembership({"org_1", "user_eve", "org:member"})).value().userId ==
        "user_eve");
  CHECK(fake->user("user_eve")->memberships.at(0).slug == "acme");
  CHECK(client.call(api::createOrganizationMembership({"org_1", "user_eve", "org:member"})).error().info->code ==
        "already_a_member_in_organization");
  CHECK(client.call(api::createOrganizationMembership({"org_1", "user_no", "org:member"})).error().code ==
        Errc::notFound);
  CHECK(client.call(api::createOrganizationMembership({"org_9", "user_eve", "org:member"})).error().code ==
        Errc::notFound);

  CHECK(client.call(api::updateOrganizationMembership({"org_1", "user_ada", "org:admin"})).value().permissions.size() ==
        1);
  const auto demoted = client.call(api::updateOrganizationMembership({"org_1", "user_ada", "org:member"})).value();
  CHECK(demoted.role == "org:member");
  CHECK(demoted.permissions.empty());

  CHECK(client.call(api::deleteOrganizationMembership({"org_1", "user_ada"})));
  CHECK(client.call(api::deleteOrganizationMembership({"org_1", "user_ada"})).error().code == Errc::notFound);
  CHECK(fake->user("user_ada")->memberships.size() == 1);

  CHECK(client.call(api::deleteOrganizationMembership({"org_2", "user_ada"})));
  CHECK(client.call(api::getOrganization("org_2", true)).value().membersCount == 0);
}

TEST_CASE_METHOD(DirectoryFixture, "the fake refuses what it cannot do") {
  const auto [method, path, name, value, status] =
      GENERATE(table<const char*, const char*, const char*, const char*, const char*>({
          {"GET", "/v1/users", "phone_number", "1", "422 form_param_invalid"},
          {"GET", "/v1/users", "order_by", "name", "422 form_param_invalid"},
          {"GET", "/v1/users", "limit", "0", "422 form_param_invalid"},
          {"GET", "/v1/users", "limit", "501", "422 form_param_invalid"},
          {"GET", "/v1/users", "limit", "500", "200"},
          {"GET", "/v1/users", "offset", "-1", "422 form_param_invalid"},
          {"GET", "/v1/users/user_ada/organization_memberships", "user_id", "1", "422 form_param_invalid"},
          {"POST", "/v1/users/user_ada/impersonate", "x", "1", "404 resource_not_found"},
          {"POST", "/v1/users", "x", "1", "404 resource_not_found"},
          {"POST", "/v1/users/count", "x", "1", "404 resource_not_found"},
          {"DELETE", "/v1/users/user_ada", "x", "1", "404 resource_not_found"},
          {"PUT", "/v1/users/user_ada/ban", "x", "1", "404 resource_not_found"},
          {"POST", "/v1/sessions", "x", "1", "404 resource_not_found"},
          {"POST", "/v1/sessions/sess_1/tokens", "x", "1", "404 resource_not_found"},
          {"GET", "/v1/sessions", "x", "1", "422 form_param_invalid"},
          {"POST", "/v1/organizations", "x", "1", "404 resource_not_found"},
          {"DELETE", "/v1/organizations/org_1", "x", "1", "404 resource_not_found"},
          {"GET", "/v1/organizations/org_1", "x", "1", "422 form_param_invalid"},
          {"GET", "/v1/organizations/org_1/invitations", "x", "1", "404 resource_not_found"},
          {"DELETE", "/v1/organizations/org_1/memberships", "x", "1", "404 resource_not_found"},
          {"POST", "/v1/organizations/org_1/memberships", "x", "1", "422 form_param_missing"},
          {"PATCH", "/v1/organizations/org_1/memberships/user_ada", "x", "1", "422 form_param_missing"},
          {"PUT", "/v1/organizations/org_1/memberships/user_ada", "x", "1", "404 resource_not_found"},
          {"GET", "/v1/invitations", "x", "1", "404 resource_not_found"},
          {"GET", "/v2/users", "x", "1", "404 resource_not_found"},
      }));
  CAPTURE(method, path, name);
  CHECK(statusOf({method, path, {}, {{name, value}}}) == status);
}
