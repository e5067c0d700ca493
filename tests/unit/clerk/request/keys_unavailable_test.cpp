#include <liveblocks/clerk/route_guard.hpp>

#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

struct RemoteFixture : RequestFixture {
  RemoteFixture() { setBearer(token()); }

  clerk::RequestState ask() const {
    return authenticate(
        clerk::RequestAuthenticator(clerk::KeySource::backendApi("sk_live_x", "https://api.test", transport), options,
                                    transport),
        std::chrono::steady_clock::now() + std::chrono::seconds(1));
  }
};

}  // namespace

TEST_CASE_METHOD(RemoteFixture, "keys are fetched when a token must be verified") {
  transport->pushJson(200, issuer->jwks());
  CHECK(outcomeOf(ask()) == "in user_1");
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(RemoteFixture, "a token that cannot be verified is signed out, and may be valid") {
  const auto [status, reason] = GENERATE(table<int, std::string>({
      {404, "jwk-remote-failed-to-load"},
      {200, "jwk-remote-failed-to-load"},
      {401, "secret-key-invalid"},
  }));
  transport->pushJson(status, "{}");
  const clerk::RequestState state = ask();
  CHECK(outcomeOf(state) == "out " + reason);
  REQUIRE(state.error());
  CHECK(state.error()->kind() == ErrorKind::unavailable);
  CHECK(headerOf(state, "x-clerk-auth-message") ==
        "the keys could not be fetched (reason=" + reason + ", token-carrier=header)");
}

TEST_CASE_METHOD(RemoteFixture, "a key that the instance does not have is no outage") {
  transport->pushJson(200, testing::ClerkIssuer("clerk.example.com", "ins_other").jwks());
  const clerk::RequestState state = ask();
  CHECK(outcomeOf(state) == "out jwk-kid-mismatch");
  CHECK(state.error()->kind() == ErrorKind::unauthenticated);
}

TEST_CASE_METHOD(RemoteFixture, "an authenticator and a guard can fetch keys early, and report if that fails") {
  const clerk::RequestAuthenticator authenticator(
      clerk::KeySource::backendApi("sk_live_x", "https://api.test", transport), options, transport);
  const clerk::RouteGuard guard(authenticator);
  const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  transport->pushJson(401, "{}");
  const auto refused = authenticator.refreshKeys(deadline);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::secretKeyRejected);
  CHECK_THAT(refused.error().message, ContainsSubstring("Clerk refused CLERK_SECRET_KEY"));
  clock->advance(std::chrono::seconds(5));
  transport->pushJson(200, issuer->jwks());
  CHECK(guard.refreshKeys(deadline));
  CHECK(transport->requestCount() == 2);
  CHECK(outcomeOf(authenticate(guard, std::chrono::steady_clock::now()).state) == "in user_1");
  CHECK(outcomeOf(authenticate(authenticator)) == "in user_1");
  CHECK(transport->requestCount() == 2);
}

TEST_CASE_METHOD(RequestFixture, "an authenticator with a key of its own has nothing to fetch") {
  CHECK(authenticator().refreshKeys());
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(RemoteFixture, "no keys are fetched for tokens of other types than session tokens") {
  headers.clear();
  const std::string bad = GENERATE_COPY(as<std::string>(), "bad", token(sessionWithHeader("alg", "none")),
                                        token(sessionWithHeader("cat", "cl_B7d4PD222AAA")), issuer->oauthToken());
  setBearer(bad);
  CHECK(ask().status() == clerk::AuthStatus::signedOut);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(RemoteFixture, "a session cookie is fetched keys for once, though it is looked at twice") {
  headers.clear();
  setHeader("Cookie", "__session=" + token() + "; __client_uat=1");
  transport->pushJson(500, "");
  transport->pushJson(500, "");
  transport->pushJson(500, "");
  CHECK(outcomeOf(ask()) == "out jwk-remote-failed-to-load");
  CHECK(transport->requestCount() <= 3);
}
