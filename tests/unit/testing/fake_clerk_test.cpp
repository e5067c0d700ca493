#include <liveblocks/testing/fake_clerk.hpp>

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "catch.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::testing::FakeClerk;
using liveblocks::testing::FakeUser;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

struct FakeClerkFixture {
  std::shared_ptr<FakeClerk> fake = std::make_shared<FakeClerk>(issuer());
  http::Call call{std::chrono::steady_clock::now() + 1h};

  /// One for all of them: keys take time to make.
  static const liveblocks::testing::ClerkIssuer& issuer() {
    static const liveblocks::testing::ClerkIssuer instance;
    return instance;
  }

  http::Request requestTo(std::string method, const std::string& target, std::string body = {}) const {
    const std::string authorization = "Bearer " + std::string(fake->secretKey().reveal());
    return {
        std::move(method), "https://api.clerk.com" + target, {{"authorization", authorization, true}}, std::move(body)};
  }

  http::Response send(const http::Request& request) const { return fake->send(request, call).value(); }
  http::Response get(const std::string& target) const { return send(requestTo("GET", target)); }

  clerk::Users users(const liveblocks::Secret& secretKey) const {
    clerk::UsersOptions options;
    options.secretKey = secretKey;
    options.retry = false;
    return clerk::Users(options, fake);
  }
  clerk::Users users() const { return users(fake->secretKey()); }
};

std::string codeOf(const http::Response& response) { return json::parse(response.body).at("errors").at(0).at("code"); }

}  // namespace

TEST_CASE_METHOD(FakeClerkFixture, "a verifier fetches its keys from the fake Clerk's Backend API") {
  const clerk::SessionVerifier verifier(clerk::KeySource::backendApi(fake->secretKey(), "https://api.clerk.com", fake));
  CHECK(verifier.verify(fake->issuer().sessionToken()).value().userId() == "user_1");
  CHECK(fake->requests().at(0).url == "https://api.clerk.com/v1/jwks");
}

TEST_CASE_METHOD(FakeClerkFixture, "a verifier fetches its keys from the fake Clerk's Frontend API, without a secret") {
  const clerk::SessionVerifier verifier(clerk::KeySource::frontendApi(fake->issuer().publishableKey(), fake));
  CHECK(verifier.verify(fake->issuer().sessionToken()));
  CHECK(fake->requests().at(0).url == "https://clerk.example.com/.well-known/jwks.json");
  CHECK(fake->send({"GET", "https://clerk.example.com/v1/jwks", {}, {}}, call).value().status == 404);
}

TEST_CASE_METHOD(FakeClerkFixture, "a user is read as Clerk shows one") {
  FakeUser ada;
  ada.id = "user_ada";
  ada.firstName = "Ada";
  ada.lastName = "Lovelace";
  ada.emailAddress = "ada@example.com";
  ada.members = {{"public_metadata", liveblocks::Json::object({{"level", 3}})}};
  fake->addUser(ada);
  const clerk::User user = users().get("user_ada").value();
  CHECK(user.fullName == "Ada Lovelace");
  CHECK_FALSE(user.username);
  CHECK(user.primaryEmailAddress == "ada@example.com");
  CHECK(user.imageUrl == "https://img.clerk.com/preview.png");
  CHECK(user.publicMetadata.text() == R"({"level":3})");
  CHECK(json::parse(user.raw).at("object") == "user");
}

TEST_CASE_METHOD(FakeClerkFixture, "a user with nothing but an id has nulls") {
  fake->addUser({});
  const clerk::User user = users().get("user_1").value();
  CHECK_FALSE(user.fullName);
  CHECK_FALSE(user.primaryEmailAddress);
  CHECK(json::parse(user.raw).at("email_addresses").empty());
}

TEST_CASE_METHOD(FakeClerkFixture, "a user who was replaced or removed is no longer found") {
  fake->addUser({"user_1", "Ada"});
  fake->addUser({"user_1", "Grace"});
  CHECK(users().get("user_1").value().firstName == "Grace");
  fake->removeUser("user_1");
  fake->removeUser("user_1");
  CHECK(users().get("user_1").error().code == Errc::notFound);
}

TEST_CASE("the secret key fits the instance") {
  CHECK(FakeClerk(liveblocks::testing::ClerkIssuer("clerk.example.com")).secretKey().reveal() == "sk_live_fake");
  CHECK(FakeClerk(liveblocks::testing::ClerkIssuer("a-b-1.clerk.accounts.dev")).secretKey().reveal() == "sk_test_fake");
  CHECK(FakeClerk(FakeClerkFixture::issuer(), "sk_live_own").secretKey().reveal() == "sk_live_own");
}

TEST_CASE_METHOD(FakeClerkFixture, "another secret key is refused") {
  fake->addUser({});
  const Error error = users("sk_test_other").get("user_1").error();
  CHECK(error.code == Errc::secretKeyRejected);
  CHECK_THAT(error.message, ContainsSubstring("clerk_key_invalid"));
}

TEST_CASE_METHOD(FakeClerkFixture, "a request without a bearer token is refused") {
  const auto headers = GENERATE(values<std::vector<http::Header>>({{}, {{"Authorization", "Basic sk_live_fake"}}}));
  const http::Response response = send({"GET", "https://api.clerk.com/v1/jwks", headers, {}});
  CHECK(response.status == 401);
  CHECK(codeOf(response) == "authorization_invalid");
}

TEST_CASE_METHOD(FakeClerkFixture, "unknown paths are not found") {
  const auto [method, target] = GENERATE(table<std::string, std::string>({
      {"GET", ""},
      {"GET", "/"},
      {"POST", "/v1/users"},
      {"GET", "/v1/users/"},
      {"GET", "/v1/users/user_1/oauth"},
      {"POST", "/v1/jwks"},
      {"GET", "/jwks"},
      {"GET", "/.well-known/jwks.json"},
      {"GET", "/api_keys/verify"},
      {"POST", "/v1/api_keys/verify"},
  }));
  CAPTURE(method, target);
  fake->addUser({});
  const http::Response response = send(requestTo(method, target));
  CHECK(response.status == 404);
  CHECK(codeOf(response) == "resource_not_found");
}

TEST_CASE_METHOD(FakeClerkFixture, "the directives of a handshake are returned once") {
  const std::string nonce = fake->addHandshake({"__session=a.b.c; Path=/"});
  CHECK(nonce != fake->addHandshake({}));
  const std::string target = "/v1/clients/handshake_payload?x=&nonce=" + nonce;
  CHECK(json::parse(get(target).body) == json{{"directives", {"__session=a.b.c; Path=/"}}});
  CHECK(get(target).status == 404);
}

TEST_CASE_METHOD(FakeClerkFixture, "an unknown nonce is not found") {
  fake->addHandshake({});
  const std::string target = GENERATE("", "?", "?nonce", "?nonce=", "?nonce=other", "?other=1");
  CHECK(get("/v1/clients/handshake_payload" + target).status == 404);
}

TEST_CASE_METHOD(FakeClerkFixture, "if there are too many handshakes, the oldest is removed") {
  const std::string first = fake->addHandshake({});
  const std::string second = fake->addHandshake({});
  for (std::size_t count = 2; count < FakeClerk::maxHandshakes; ++count) fake->addHandshake({});
  const auto statusOf = [&](const std::string& nonce) {
    return get("/v1/clients/handshake_payload?nonce=" + nonce).status;
  };
  SECTION("the maximum") { CHECK(statusOf(first) == 200); }
  SECTION("one more") {
    fake->addHandshake({});
    CHECK(statusOf(first) == 404);
    CHECK(statusOf(second) == 200);
  }
}

TEST_CASE_METHOD(FakeClerkFixture, "a user can be read back") {
  FakeUser ada;
  ada.id = "user_ada";
  ada.lastName = "Lovelace";
  ada.memberships = {{"org_acme", "org:admin", "acme", "Acme", {"org:tasks:close"}}, {"org_zoo"}};
  fake->addUser(ada);
  const FakeUser found = fake->user("user_ada").value();
  CHECK(found.lastName == "Lovelace");
  REQUIRE(found.memberships.size() == 2);
  CHECK(found.memberships.at(1).role == "org:member");
  CHECK_FALSE(fake->user("user_grace"));
}

TEST_CASE_METHOD(FakeClerkFixture, "a membership that a session token cannot express is rejected") {
  FakeUser user;
  using liveblocks::testing::FakeMembership;
  const auto [membership, message] = GENERATE(table<FakeMembership, std::string>({
      {{"acme"}, "must begin with org_"},
      {{"org_"}, "must begin with org_"},
      {{""}, "must begin with org_"},
      {{"org_b", "org:member", "org_acme"}, "must not begin with org_"},
      {{"org_a"}, "two memberships of the same organization"},
      {{"org_b", "org:member", "acme"}, "two memberships of the same organization"},
      {{"org_b", "org:member", "", "", {"close"}}, "org:<feature>:<permission>"},
  }));
  user.memberships = {{"org_a", "org:member", "acme"}, membership};
  CHECK_THROWS_WITH(fake->addUser(user), ContainsSubstring(message));
  CHECK_FALSE(fake->user(user.id));
}

TEST_CASE_METHOD(FakeClerkFixture, "faults occur for the prescribed paths and number of requests") {
  fake->addUser({});
  fake->failNext("/v1/users", liveblocks::testing::jsonResponse(503, "{}"), 2);
  fake->failNext("/v1/users", Error{Errc::reset, "broken"});
  fake->failNext("/v1/users", Error{Errc::reset, "never"}, 0);
  CHECK(get("/v1/jwks").status == 200);
  CHECK(users().get("user_1").error().upstreamStatus == 503);
  CHECK(users().get("user_1").error().upstreamStatus == 503);
  CHECK(users().get("user_1").error().code == Errc::reset);
  CHECK(users().get("user_1"));
}

TEST_CASE_METHOD(FakeClerkFixture, "the remaining faults can be removed") {
  fake->failNext("/", Error{Errc::connect, "refused"}, 100);
  CHECK(fake->send(requestTo("GET", "/v1/jwks"), call).error().code == Errc::connect);
  fake->clearFaults();
  CHECK(get("/v1/jwks").status == 200);
}

TEST_CASE_METHOD(FakeClerkFixture, "all requests are recorded, including rejected ones") {
  get("/v1/jwks");
  get("/v1/other?x=1");
  REQUIRE(fake->requestCount() == 2);
  CHECK(fake->requests().at(1).url == "https://api.clerk.com/v1/other?x=1");
}

TEST_CASE_METHOD(FakeClerkFixture, "the conditions of a call are kept") {
  SECTION("a deadline that has passed") {
    call.deadline = std::chrono::steady_clock::now();
    CHECK(fake->send(requestTo("GET", "/v1/jwks"), call).error().code == Errc::timeout);
  }
  SECTION("a response of the permitted size, and a larger one") {
    call.maxBody = get("/v1/jwks").body.size();
    CHECK(fake->send(requestTo("GET", "/v1/jwks"), call));
    --call.maxBody;
    CHECK(fake->send(requestTo("GET", "/v1/jwks"), call).error().code == Errc::tooLarge);
  }
  SECTION("a call that is cancelled") {
    call.cancelled = [] { return true; };
    CHECK(fake->send(requestTo("GET", "/v1/jwks"), call).error().code == Errc::cancelled);
  }
}

TEST_CASE_METHOD(FakeClerkFixture, "many threads may send requests and change it at once") {
  constexpr std::size_t threadCount = 4;
  constexpr std::size_t rounds = 50;
  std::atomic<std::size_t> good{0};
  std::vector<std::thread> threads;
  threads.reserve(threadCount);
  for (std::size_t id = 0; id < threadCount; ++id) {
    threads.emplace_back([&, id] {
      const std::string user = "user_" + std::to_string(id);
      for (std::size_t round = 0; round < rounds; ++round) {
        fake->addUser({user});
        const std::string nonce = fake->addHandshake({user});
        const bool found = get("/v1/users/" + user).status == 200;
        const bool taken = get("/v1/clients/handshake_payload?nonce=" + nonce).status == 200;
        fake->removeUser(user);
        if (found && taken) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == threadCount * rounds);
  CHECK(fake->requestCount() == 2 * threadCount * rounds);
}
