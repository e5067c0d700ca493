// Verifications of tokens and requests, each with its outcome.

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/testing/event_recorder.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using liveblocks_tests::BothForms;
using liveblocks_tests::Form;
using Lines = std::vector<std::string>;

namespace {

struct VerificationsFixture {
  Form form = liveblocks_tests::anyForm();
  std::shared_ptr<lb::testing::FakeClerk> server = std::make_shared<lb::testing::FakeClerk>();
  lb::testing::EventRecorder recorder;
  clerk::ClientOptions options;

  VerificationsFixture() {
    if (form == Form::asynchronous) server->setScheduler(liveblocks_tests::scheduler());
    options.publishableKey = server->issuer().publishableKey();
    options.secretKey = server->secretKey();
    options.publicOrigin = "https://app.example.com";
    options.events.verification = recorder.events().verification;
  }

  clerk::Client client() const { return clerk::Client(options, server); }

  std::string token(std::chrono::seconds lifetime = std::chrono::seconds(60)) const {
    lb::testing::SessionTokenSpec spec;
    spec.lifetime = lifetime;
    return server->issuer().sessionToken(spec);
  }

  void verify(const clerk::SessionVerifier& verifier, const std::string& token) const {
    if (form == Form::blocking) return static_cast<void>(verifier.verify(token));
    static_cast<void>(BothForms::outcomeOf<lb::Result<clerk::SessionClaims>>(
        *liveblocks_tests::scheduler(), [&](const auto& done) { verifier.verifyAsync(token, done); }));
  }

  /// Authenticates a request for a page.
  void authenticate(const clerk::Client& client,
                    const std::vector<std::pair<std::string, std::string>>& headers) const {
    const auto guard = client.routeGuard();
    lb::http::RequestView request;
    request.method = "GET";
    request.url = "/";
    request.headers = {{"Sec-Fetch-Dest", "document"}};
    for (const auto& [name, value] : headers) request.headers.emplace_back(name, value);
    if (form == Form::blocking) return static_cast<void>(guard.authenticate(request));
    static_cast<void>(BothForms::outcomeOf<clerk::RouteGuardResult>(
        *liveblocks_tests::scheduler(),
        [&](const auto& done) { guard.authenticateAsync(lb::http::ReceivedRequest::copyOf(request), done); }));
  }
};

class BrokenClock : public lb::Clock {
 public:
  std::chrono::system_clock::time_point wall() const override { throw std::runtime_error("broken"); }
};

}  // namespace

TEST_CASE_METHOD(VerificationsFixture, "a verifier tells of each token once") {
  const auto verifier = client().sessionVerifier();
  // The first one waits for keys.
  verify(verifier, token());
  verify(verifier, token(std::chrono::seconds(-60)));
  verify(verifier, "nonsense");
  CHECK(recorder.lines() == Lines{"verification clerk.verify_session session_token ok",
                                  "verification clerk.verify_session session_token expired",
                                  "verification clerk.verify_session session_token malformed"});
}

TEST_CASE_METHOD(VerificationsFixture, "a token from the cache is told of as cached") {
  options.tokenCache.capacity = 10;
  const auto verifier = client().sessionVerifier();
  const std::string same = token();
  verify(verifier, same);
  verify(verifier, same);
  CHECK(recorder.lines() == Lines{"verification clerk.verify_session session_token ok",
                                  "verification clerk.verify_session session_token ok cached"});
}

TEST_CASE_METHOD(VerificationsFixture, "a verification that cannot end is one as well") {
  SECTION("without keys") {
    server->failNext("/v1/jwks", lb::Error{lb::Errc::tls, "x"}, 10);
    verify(client().sessionVerifier(), token());
    CHECK(recorder.lines() == Lines{"verification clerk.verify_session session_token keys_unavailable"});
  }
  SECTION("after an exception") {
    options.clock = std::make_shared<BrokenClock>();
    options.jwtKey = server->issuer().publicKeyPem();
    verify(client().sessionVerifier(), token());
    CHECK(recorder.lines() == Lines{"verification clerk.verify_session session_token internal"});
  }
  SECTION("locally") {
    CHECK_FALSE(client().sessionVerifier().verifyLocally(token()));
    CHECK(recorder.lines() == Lines{"verification clerk.verify_session session_token keys_unavailable"});
  }
}

TEST_CASE_METHOD(VerificationsFixture, "a request without a session token is a verification of a verifier as well") {
  const lb::http::RequestView request{"GET", "/", {}};
  const auto verifier = client().sessionVerifier();
  if (form == Form::blocking) {
    static_cast<void>(verifier.authenticate(request));
  } else {
    static_cast<void>(BothForms::outcomeOf<lb::Result<clerk::SessionClaims>>(
        *liveblocks_tests::scheduler(),
        [&](const auto& done) { verifier.authenticateAsync(lb::http::ReceivedRequest::copyOf(request), done); }));
  }
  CHECK(recorder.lines() == Lines{"verification clerk.verify_session session_token no_token"});
}

TEST_CASE_METHOD(VerificationsFixture, "an authenticator tells of each request once") {
  const clerk::Client made = client();
  const std::string valid = token();
  const std::string expired = token(std::chrono::seconds(-60));
  const std::string recently = "__client_uat=1; __session=";
  authenticate(made, {{"Cookie", recently + valid}});
  authenticate(made, {{"Authorization", "Bearer " + valid}});
  authenticate(made, {{"Authorization", "Bearer " + expired}});
  authenticate(made, {{"Cookie", recently + expired}});
  authenticate(made, {});
  CHECK(recorder.lines() == Lines{"verification clerk.authenticate_request session_token ok",
                                  "verification clerk.authenticate_request session_token ok",
                                  "verification clerk.authenticate_request session_token expired",
                                  "verification clerk.authenticate_request session_token handshake",
                                  "verification clerk.authenticate_request session_token signed_out"});
}

TEST_CASE_METHOD(VerificationsFixture, "a pending session is told of as pending") {
  lb::testing::SessionTokenSpec spec;
  spec.status = "pending";
  authenticate(client(), {{"Authorization", "Bearer " + server->issuer().sessionToken(spec)}});
  CHECK(recorder.lines() == Lines{"verification clerk.authenticate_request session_token pending"});
}

TEST_CASE_METHOD(VerificationsFixture, "a request that would have to wait is no verification yet") {
  const clerk::Client made = client();
  const auto guard = made.routeGuard();
  const std::string header = "Bearer " + token();
  lb::http::RequestView request;
  request.method = "GET";
  request.url = "/";
  request.headers = {{"Authorization", header}};
  CHECK_FALSE(guard.authenticateLocally(request));
  CHECK(recorder.lines().empty());
  verify(made.sessionVerifier(), token());
  recorder.takeLines();
  CHECK(guard.authenticateLocally(request));
  CHECK(recorder.lines() == Lines{"verification clerk.authenticate_request session_token ok"});
}
