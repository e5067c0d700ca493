// What is true only of asynchronous and of local authentication. The rules that all forms share are in other files.

#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "log_lines.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::BothForms;
using liveblocks_tests::Form;
using liveblocks_tests::RequestFixture;
using std::chrono::seconds;

namespace {

const std::string keysPath = "/v1/jwks";
const std::string noncePath = "/v1/clients/handshake_payload";

struct AsyncFixture : RequestFixture {
  AsyncFixture() : RequestFixture(production(), BothForms(Form::asynchronous)) {
    options.secretKey = "sk_live_x";
    options.acceptsToken = clerk::AcceptedTokens::any();
    options.log = log.callback();
    transport->setHandler([this](const http::Request& request, const http::Call& call) {
      calls.push_back(call);
      if (onRequest) onRequest();
      if (request.url.find(noncePath) != std::string::npos) return testing::jsonResponse(200, directives());
      return testing::jsonResponse(200, issuer->jwks());
    });
  }

  std::string directives() const { return R"({"directives":["__session=)" + token() + R"(; Path=/"]})"; }

  clerk::RequestAuthenticator remote() const {
    return clerk::RequestAuthenticator(clerk::KeySource::backendApi("sk_live_x", "https://api.test", transport),
                                       options, transport);
  }

  /// Begins a call. The outcome is empty until the callback has been called.
  std::shared_ptr<std::string> start(const clerk::RequestAuthenticator& by, const AsyncOptions& how = {}) const {
    auto seen = std::make_shared<std::string>();
    by.authenticateAsync(
        received(),
        [seen](const clerk::RequestState& state) {
          CHECK(seen->empty());
          *seen = outcomeOf(state);
        },
        how);
    return seen;
  }

  void run() const { form.scheduler()->run(); }

  void setNonce() {
    setDocument();
    setHeader("Cookie", "__clerk_handshake_nonce=n");
  }

  liveblocks_tests::LogLines log;
  std::vector<http::Call> calls;
  std::function<void()> onRequest;
};

}  // namespace

TEST_CASE_METHOD(AsyncFixture, "a callback is not called within the call, even if nothing is missing") {
  setBearer(token());
  const clerk::RequestAuthenticator by = remote();
  CHECK(outcomeOf(authenticate(by)) == "in user_1");
  const auto seen = start(by);
  CHECK(seen->empty());
  CHECK(form.scheduler()->pending() == 1);
  run();
  CHECK(*seen == "in user_1");
}

TEST_CASE_METHOD(AsyncFixture, "without a scheduler and without a need to wait the callback runs within the call") {
  setBearer(token());
  const bool hasTransport = GENERATE(true, false);
  transport->setScheduler(nullptr);
  const clerk::RequestAuthenticator by(clerk::KeySource::pem(issuer->publicKeyPem()), options,
                                       hasTransport ? transport : nullptr);
  CHECK(*start(by) == "in user_1");
}

TEST_CASE_METHOD(AsyncFixture, "with a transport that can only block what must be fetched is an error") {
  SECTION("keys") { setBearer(token()); }
  SECTION("an opaque token") { setBearer("ak_1"); }
  SECTION("a nonce") { setNonce(); }
  transport->setScheduler(nullptr);
  std::optional<clerk::RequestState> seen;
  remote().authenticateAsync(received(), [&](clerk::RequestState state) { seen = std::move(state); });
  REQUIRE(seen);
  CHECK(seen->status() == clerk::AuthStatus::signedOut);
  REQUIRE(seen->error());
  CHECK(seen->error()->code == Errc::asyncUnsupported);
  CHECK(seen->error()->kind() == ErrorKind::unavailable);
  CHECK(calls.empty());
}

TEST_CASE_METHOD(AsyncFixture, "a key source without a loop is resumed by that of the authenticator, and the reverse") {
  setBearer(token());
  const auto blocking = std::make_shared<testing::FakeTransport>();
  const auto keys = clerk::KeySource::backendApi("sk_live_x", "https://api.test", transport);
  const auto seen = start(clerk::RequestAuthenticator(keys, options, blocking));
  run();
  CHECK(*seen == "in user_1");
  const auto none = clerk::KeySource::backendApi("sk_live_x", "https://api.test", blocking);
  const auto unsupported = start(clerk::RequestAuthenticator(none, options, transport));
  run();
  CHECK(*unsupported == "out jwk-remote-failed-to-load");
}

TEST_CASE_METHOD(AsyncFixture, "a nonce is fetched once, though the keys are missing, too") {
  setNonce();
  const auto seen = start(remote());
  run();
  CHECK(*seen == "in user_1");
  const auto requests = transport->requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].url.find(noncePath) != std::string::npos);
  CHECK(calls[0].once);
  CHECK(requests[1].url.find(keysPath) != std::string::npos);
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(AsyncFixture, "what a pass tells the log it tells once") {
  setNonce();
  int asked = 0;
  transport->setHandler([&](const http::Request& request, const http::Call&) {
    if (request.url.find(keysPath) != std::string::npos) return testing::jsonResponse(200, issuer->jwks());
    return testing::jsonResponse(++asked == 1 ? 501 : 200, directives());
  });
  const clerk::RequestAuthenticator by = remote();
  authenticate(by);
  CHECK(log.lines->size() == 1);
  // The first pass with the nonce lacks the keys, and its success counts at the end.
  authenticate(by);
  REQUIRE(log.lines->size() == 2);
  CHECK_THAT(log.lines->back().second, ContainsSubstring("handshakes can be resolved again after 1 failure in"));
}

TEST_CASE_METHOD(AsyncFixture, "the time of a request is that of its arrival") {
  setBearer(token());
  onRequest = [this] { clock->advance(seconds(3600)); };
  const auto seen = start(remote());
  run();
  CHECK(*seen == "in user_1");
}

TEST_CASE_METHOD(AsyncFixture, "ten thousand requests wait for one fetch of the keys") {
  setBearer(token());
  const clerk::RequestAuthenticator by = remote();
  int signedIn = 0;
  for (int i = 0; i < 10000; ++i) {
    by.authenticateAsync(received(),
                         [&](const clerk::RequestState& state) { signedIn += state.isAuthenticated() ? 1 : 0; });
  }
  CHECK(signedIn == 0);
  run();
  CHECK(signedIn == 10000);
  CHECK(calls.size() == 1);
  CHECK(form.scheduler()->pending() == 0);
}

TEST_CASE_METHOD(AsyncFixture, "a cancelled request ends with that error, and the others go on") {
  setBearer(token());
  const auto fake = std::make_shared<testing::FakeClerk>(*issuer);
  fake->setScheduler(form.scheduler());
  fake->delayNext(keysPath, seconds(1));
  const clerk::RequestAuthenticator by(clerk::KeySource::backendApi(fake->secretKey(), "https://api.clerk.com", fake),
                                       options, fake);
  const CancellationSource source;
  std::optional<clerk::RequestState> cancelled;
  by.authenticateAsync(received(), [&](clerk::RequestState state) { cancelled = std::move(state); },
                       {{}, source.token(), {}});
  const auto other = start(by);
  source.cancel();
  run();
  REQUIRE(cancelled);
  CHECK(outcomeOf(*cancelled) == "out jwk-remote-failed-to-load");
  REQUIRE(cancelled->error());
  CHECK(cancelled->error()->code == Errc::cancelled);
  CHECK(other->empty());
  form.scheduler()->runUntil(std::chrono::steady_clock::now() + seconds(1));
  CHECK(*other == "in user_1");
}

TEST_CASE_METHOD(AsyncFixture, "the cancellation reaches requests that are made for one request alone") {
  SECTION("an opaque token") { setBearer("ak_1"); }
  SECTION("a nonce") { setNonce(); }
  const CancellationSource source;
  const auto seen = start(remote(), {{}, source.token(), {}});
  REQUIRE(calls.size() == 1);
  source.cancel();
  CHECK(calls[0].cancellation.isCancelled());
  run();
  CHECK(seen->substr(0, 4) == "out ");
}

TEST_CASE_METHOD(AsyncFixture, "requests may be started by callbacks, which may throw") {
  setBearer(token());
  const clerk::RequestAuthenticator by = remote();
  std::shared_ptr<std::string> second;
  by.authenticateAsync(received(), [&](const clerk::RequestState&) {
    second = start(by);
    throw std::runtime_error("thrown by a callback");
  });
  run();
  REQUIRE(second);
  CHECK(*second == "in user_1");
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(AsyncFixture, "the executor runs the callback") {
  setBearer(token());
  std::vector<std::function<void()>> tasks;
  AsyncOptions how;
  how.executor = [&](std::function<void()> task) { tasks.push_back(std::move(task)); };
  const auto seen = start(remote(), how);
  run();
  CHECK(seen->empty());
  REQUIRE(tasks.size() == 1);
  tasks.front()();
  CHECK(*seen == "in user_1");
}

TEST_CASE_METHOD(AsyncFixture,
                 "a request that is destroyed after the call is of no concern, nor is the authenticator") {
  setNonce();
  auto by = std::make_unique<clerk::RequestAuthenticator>(remote());
  const auto seen = start(*by);
  by.reset();
  headers.clear();
  url.clear();
  run();
  CHECK(*seen == "in user_1");
}

TEST_CASE_METHOD(AsyncFixture, "an empty callback is misuse") {
  CHECK_THROWS_AS(remote().authenticateAsync(received(), nullptr), std::invalid_argument);
  CHECK_THROWS_AS(clerk::RouteGuard(remote()).authenticateAsync(received(), nullptr), std::invalid_argument);
  CHECK_THROWS_AS(remote().refreshKeysAsync(nullptr), std::invalid_argument);
}

TEST_CASE_METHOD(AsyncFixture, "keys are fetched early without blocking") {
  const clerk::RequestAuthenticator by = remote();
  const clerk::RouteGuard guard(by);
  std::optional<Result<void>> refreshed;
  SECTION("by an authenticator") {
    by.refreshKeysAsync([&](Result<void> outcome) { refreshed = std::move(outcome); });
  }
  SECTION("by a guard") {
    guard.refreshKeysAsync([&](Result<void> outcome) { refreshed = std::move(outcome); });
  }
  CHECK_FALSE(refreshed);
  run();
  REQUIRE(refreshed);
  CHECK(*refreshed);
  setBearer(token());
  CHECK(by.authenticateLocally(request()));
  CHECK(calls.size() == 1);
}

TEST_CASE_METHOD(AsyncFixture,
                 "local authentication returns nothing where it would have to wait, and changes nothing") {
  const bool hasKeys = GENERATE(false, true);
  const clerk::RequestAuthenticator by = remote();
  if (hasKeys) CHECK(by.refreshKeys());
  const std::size_t before = calls.size();
  SECTION("keys") {
    setBearer(token());
    CHECK(by.authenticateLocally(request()).has_value() == hasKeys);
  }
  SECTION("an opaque token") {
    setBearer("ak_1");
    CHECK_FALSE(by.authenticateLocally(request()));
  }
  SECTION("a nonce") {
    setNonce();
    CHECK_FALSE(by.authenticateLocally(request()));
    CHECK_FALSE(clerk::RouteGuard(by).authenticateLocally(request()));
  }
  CHECK(calls.size() == before);
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(AsyncFixture, "local authentication decides what it can decide without waiting") {
  const clerk::RequestAuthenticator by = remote();
  const auto locally = [&] {
    const auto state = by.authenticateLocally(request());
    return state ? outcomeOf(*state) : "nothing";
  };
  CHECK(locally() == "out session-token-and-uat-missing");
  setBearer("ak_\"");
  CHECK(locally() == "out token-invalid");
  headers.clear();
  setBearer("junk");
  CHECK(locally() == "out token-invalid");
  headers.clear();
  setBearer(token());
  CHECK(locally() == "nothing");
  transport->pushJson(501, "{}");
  CHECK_FALSE(by.refreshKeys());
  CHECK(locally() == "nothing");
  clock->advance(seconds(5));
  CHECK(by.refreshKeys());
  CHECK(locally() == "in user_1");
}

TEST_CASE_METHOD(AsyncFixture, "a guard decides locally, and tells the log what it rejects") {
  const clerk::RouteGuard guard(remote());
  const auto result = guard.authenticateLocally(request());
  REQUIRE(result);
  REQUIRE(result->response);
  CHECK(result->response->status == 401);
  REQUIRE(log.lines->size() == 1);
  CHECK_THAT(log.lines->front().second, ContainsSubstring("the guard rejected a call"));
}

TEST_CASE_METHOD(AsyncFixture, "keys that rotate are found, and invented ids are bounded") {
  setBearer(token());
  const clerk::RequestAuthenticator by = remote();
  transport->pushJson(200, testing::ClerkIssuer("clerk.example.com", "ins_old").jwks());
  CHECK(outcomeOf(authenticate(by)) == "out jwk-kid-mismatch");
  clock->advance(seconds(30));
  CHECK(outcomeOf(authenticate(by)) == "in user_1");
  headers.clear();
  for (int i = 0; i < 50; ++i) {
    headers.clear();
    setBearer(token(sessionWithHeader("kid", Json("invented" + std::to_string(i)))));
    CHECK(outcomeOf(authenticate(by)) == "out jwk-kid-mismatch");
  }
  CHECK(transport->requestCount() == 2);
}
