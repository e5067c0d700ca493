// The code in docs/clerk-api.md.
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/organizations_api.hpp>
#include <liveblocks/clerk/sessions_api.hpp>
#include <liveblocks/clerk/users_api.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"

namespace http = liveblocks::http;
namespace testing = liveblocks::testing;
using liveblocks::Deadline;
using liveblocks::Errc;
using liveblocks::Result;

namespace {

// clerk-api.md membership: begin
namespace clerk = liveblocks::clerk;

// The role of a user in an organization as it is now, which may be newer than the claims of a session. Empty for none.
Result<std::string> roleOf(const clerk::Client& client, const std::string& userId, const std::string& organizationId,
                           Deadline deadline) {
  clerk::api::MembershipFilter filter;
  filter.userId = {userId};
  const auto members = client.call(clerk::api::listOrganizationMemberships(organizationId, filter), deadline);
  if (!members) return members.error();
  for (const auto& membership : members->data) {
    if (membership.userId == userId) return membership.role;
  }
  return std::string();
}
// clerk-api.md membership: end

// clerk-api.md expel: begin
// Signs a user out everywhere, and keeps them out.
Result<void> expel(const clerk::Client& client, const std::string& userId) {
  const auto banned = client.call(clerk::api::banUser(userId));
  // Also after an error, since Clerk may have acted on a call without a response.
  client.users().forget(userId);
  if (!banned) return banned.error();
  return {};
}
// clerk-api.md expel: end

// clerk-api.md pages: begin
Result<std::vector<std::string>> organizationsOf(const clerk::Client& client, const std::string& userId) {
  std::vector<std::string> ids;
  clerk::api::PageOptions page{clerk::api::PageOptions::maxLimit};
  for (;;) {
    const auto part = client.call(clerk::api::listUserMemberships(userId, page));
    if (!part) return part.error();
    for (const auto& membership : part->data) ids.push_back(membership.organization.id);
    page.offset += static_cast<int>(part->data.size());
    if (part->data.empty() || page.offset >= part->totalCount) return ids;
  }
}
// clerk-api.md pages: end

// clerk-api.md any: begin
Result<std::string> createSignInToken(const clerk::Client& client, const std::string& userId) {
  http::ApiCall call{"POST", "/v1/sign_in_tokens"};
  call.body = liveblocks::Json::object({{"user_id", userId}, {"expires_in_seconds", 600}});
  const auto response = client.call(call);
  if (!response) return response.error();
  const auto body = response->json();
  if (!body) return body.error();
  const auto token = body->find("token").value_or(nullptr).asString();
  return token ? Result<std::string>(*token) : liveblocks::Error{Errc::upstream, "there is no token"};
}
// clerk-api.md any: end

// clerk-api.md test: begin
// Whether the guard of the application notices that a role was taken away.
bool noticesChanges() {
  const auto fake = std::make_shared<testing::FakeClerk>();
  testing::FakeUser ada;
  ada.id = "user_ada";
  ada.memberships = {{"org_1", "org:admin"}};
  fake->addUser(ada);
  clerk::ClientOptions options;
  options.secretKey = fake->secretKey();
  const clerk::Client client(options, fake);

  const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  const bool wasAdmin = roleOf(client, "user_ada", "org_1", deadline).value() == "org:admin";
  const auto removed = client.call(clerk::api::deleteOrganizationMembership({"org_1", "user_ada"}));
  return wasAdmin && removed && roleOf(client, "user_ada", "org_1", deadline).value().empty();
}
// clerk-api.md test: end

struct Instance {
  std::shared_ptr<testing::FakeClerk> fake = std::make_shared<testing::FakeClerk>();

  clerk::Client client() const {
    clerk::ClientOptions options;
    options.secretKey = fake->secretKey();
    options.userCacheTtl = std::chrono::minutes(1);
    // Under sanitizers a long list takes seconds.
    options.callTimeout = std::chrono::minutes(1);
    return clerk::Client(options, fake);
  }
};

}  // namespace

TEST_CASE("clerk-api.md: a test notices that a role was taken away") { CHECK(noticesChanges()); }

TEST_CASE("clerk-api.md: who is expelled is banned and signed out") {
  const Instance own;
  own.fake->addUser({"user_ada"});
  own.fake->addSession({"sess_1", "user_ada"});
  const clerk::Client client = own.client();
  CHECK_FALSE(client.users().get("user_ada").value().banned);
  CHECK(expel(client, "user_ada"));
  CHECK(client.users().get("user_ada").value().banned);
  CHECK(client.call(clerk::api::getSession("sess_1")).value().status == "revoked");
  CHECK(expel(own.client(), "user_no").error().code == Errc::notFound);
}

TEST_CASE("clerk-api.md: all organizations of a user are found") {
  const Instance own;
  testing::FakeUser ada{"user_ada"};
  for (int i = 0; i < 501; ++i) ada.memberships.push_back({"org_" + std::to_string(i)});
  own.fake->addUser(ada);
  CHECK(organizationsOf(own.client(), "user_ada").value().size() == 501);
  CHECK(own.fake->requestCount() == 2);
}

TEST_CASE("clerk-api.md: an endpoint without a function of its own is called") {
  const Instance own;
  own.fake->respondNext("/v1/sign_in_tokens", {200, {}, R"({"token":"t"})"});
  CHECK(createSignInToken(own.client(), "user_ada").value() == "t");
  CHECK(own.fake->requests().at(0).body == R"({"user_id":"user_ada","expires_in_seconds":600})");
}
