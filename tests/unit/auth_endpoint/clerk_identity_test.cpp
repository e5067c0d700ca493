#include <liveblocks/auth_endpoint.hpp>

#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include "catch.hpp"
#include "log_lines.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using lb::testing::jsonResponse;

namespace {

const lb::testing::ClerkIssuer& issuer() {
  static const lb::testing::ClerkIssuer made;
  return made;
}

struct IdentityFixture {
  std::shared_ptr<lb::testing::FakeTransport> clerkApi = std::make_shared<lb::testing::FakeTransport>();
  liveblocks_tests::LogLines log;
  clerk::SessionVerifier verifier{clerk::KeySource::pem(issuer().publicKeyPem())};
  lb::Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(8);

  lb::Result<lb::Caller> identify(const lb::Identify& by, const lb::testing::SessionTokenSpec& spec = {}) const {
    const std::string authorization = "Bearer " + issuer().sessionToken(spec);
    return by({"POST", "/", {{"Authorization", authorization}}, "{}"}, deadline);
  }

  lb::Identify lookingUp() const {
    clerk::UsersOptions users;
    users.secretKey = "sk_test_1";
    users.retry = false;
    return lb::clerkIdentity(verifier, clerk::Users(users, clerkApi), log.callback());
  }
};

}  // namespace

TEST_CASE_METHOD(IdentityFixture, "a caller carries the name and the image of the user at Clerk") {
  const auto [user, userInfo] = GENERATE(table<std::string, std::string>({
      {R"({"id":"user_1","first_name":"Ada","last_name":"Lovelace","image_url":"https://img.example/a"})",
       R"({"name":"Ada Lovelace","avatar":"https://img.example/a"})"},
      {R"({"id":"user_1","username":"ada","image_url":"https://img.example/a"})",
       R"({"name":"ada","avatar":"https://img.example/a"})"},
      {R"({"id":"user_1","image_url":""})", R"({"name":"user_1"})"},
  }));
  clerkApi->pushJson(200, user);
  lb::testing::SessionTokenSpec spec;
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {}};
  const lb::Result<lb::Caller> caller = identify(lookingUp(), spec);
  REQUIRE(caller);
  CHECK(caller->userId == "user_1");
  CHECK(caller->options.userInfo.value().text() == userInfo);
  CHECK_FALSE(caller->options.organizationId);
  CHECK(caller->clerk.value().organization().value().id == "org_1");
  CHECK(clerkApi->requests().at(0).url == "https://api.clerk.com/v1/users/user_1");
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(IdentityFixture, "a caller whose user cannot be read is named by the id") {
  const lb::Result<lb::http::Response> answer = GENERATE(
      values<lb::Result<lb::http::Response>>({lb::Error{lb::Errc::timeout, "too late"}, jsonResponse(500, "{}"),
                                              jsonResponse(401, "{}"), jsonResponse(200, R"({"id":"user_2"})")}));
  clerkApi->push(answer);
  const lb::Result<lb::Caller> caller = identify(lookingUp());
  REQUIRE(caller);
  CHECK(caller->options.userInfo.value().text() == R"({"name":"user_1"})");
  REQUIRE(log.lines->size() == 1);
  CHECK_THAT(log.lines->front().second, Catch::Matchers::StartsWith("a caller is named by the user id: "));
}

TEST_CASE_METHOD(IdentityFixture, "a user Clerk does not know has no session") {
  clerkApi->pushJson(404, R"({"errors":[{"code":"resource_not_found","message":"not found"}]})");
  const lb::Result<lb::Caller> caller = identify(lookingUp());
  REQUIRE_FALSE(caller);
  CHECK(caller.error().code == lb::Errc::noToken);
}

TEST_CASE_METHOD(IdentityFixture, "nothing is looked up without a secret key") {
  const lb::Identify by = GENERATE_COPY(
      values<lb::Identify>({lb::clerkIdentity(verifier), lb::clerkIdentity(verifier, lb::Secret(), clerkApi)}));
  const lb::Result<lb::Caller> caller = identify(by);
  REQUIRE(caller);
  CHECK(caller->options.userInfo.value().text() == R"({"name":"user_1"})");
  CHECK(clerkApi->requestCount() == 0);
}

TEST_CASE_METHOD(IdentityFixture, "a secret key alone is enough to look users up") {
  clerkApi->pushJson(200, R"({"id":"user_1","first_name":"Ada"})");
  const lb::Result<lb::Caller> caller = identify(lb::clerkIdentity(verifier, lb::Secret("sk_test_1"), clerkApi));
  REQUIRE(caller);
  CHECK(caller->options.userInfo.value().text() == R"({"name":"Ada"})");
}

TEST_CASE_METHOD(IdentityFixture, "the look-up leaves time for the rest") {
  lb::Deadline seen;
  clerkApi->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    seen = call.deadline;
    return jsonResponse(200, R"({"id":"user_1"})");
  });
  CHECK(identify(lookingUp()));
  CHECK(seen <= std::chrono::steady_clock::now() + std::chrono::seconds(2));
  deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  CHECK(identify(lookingUp()));
  CHECK(seen == deadline);
}

TEST_CASE_METHOD(IdentityFixture, "a bad session is refused before anything is looked up") {
  lb::testing::SessionTokenSpec expired;
  expired.issuedAt = std::chrono::system_clock::now() - std::chrono::hours(1);
  CHECK(identify(lookingUp(), expired).error().code == lb::Errc::expired);
  CHECK(lookingUp()({"POST", "/", {}, "{}"}, deadline).error().code == lb::Errc::noToken);
  CHECK(clerkApi->requestCount() == 0);
}

TEST_CASE_METHOD(IdentityFixture, "a Clerk session opens a room") {
  clerkApi->pushJson(200, R"({"id":"user_1","first_name":"Ada","image_url":"https://img.example/a"})");
  auto liveblocks = std::make_shared<lb::testing::FakeTransport>();
  liveblocks->pushJson(200, R"({"token":"a.b.c"})");
  const auto decide = [](const lb::Caller& caller, const std::optional<std::string>& room) {
    if (caller.clerk->userId() != "user_1") return lb::Decision::refuse("not your task");
    return lb::Decision().allow(room.value(), lb::FULL_ACCESS);
  };
  const lb::AuthEndpoint endpoint(lb::Liveblocks({"sk_x"}, liveblocks), lookingUp(), decide);
  const std::string cookie = "__session=" + issuer().sessionToken();
  const lb::http::Response answer =
      endpoint.handle({"POST", "/api/liveblocks-auth", {{"Cookie", cookie}}, R"({"room":"1"})"});
  CHECK(answer.status == 200);
  CHECK(liveblocks->requests().at(0).body == R"({"userId":"user_1","permissions":{"1":["*:write"]},)"
                                             R"("userInfo":{"name":"Ada","avatar":"https://img.example/a"}})");
}
