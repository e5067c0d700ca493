#include <liveblocks/ably/jwt_signer.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/webhooks/memory_seen_store.hpp>

#include <memory>
#include <string>

#include "catch.hpp"
#include "clerk/user_cache.hpp"
#include "core/logging.hpp"
#include "fixture.hpp"
#include "http/retry.hpp"
#include "jwks/key_cache.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using Steady = std::chrono::steady_clock::time_point;
using Wall = std::chrono::system_clock::time_point;

namespace {

const lb::testing::ClerkIssuer& issuer() {
  static const lb::testing::ClerkIssuer made;
  return made;
}

/// At the very end of its time, or at the beginning.
std::shared_ptr<lb::testing::ManualClock> clockAt(bool end) {
  auto clock = std::make_shared<lb::testing::ManualClock>(end ? Wall::max() : Wall::min());
  const nanoseconds step = end ? nanoseconds::max() : nanoseconds::min();
  clock->advance(step);
  CHECK(clock->steady() == (end ? Steady::max() : Steady::min()));
  return clock;
}

class RuntimeAt : public http::detail::RetryRuntime {
 public:
  explicit RuntimeAt(Steady now) : now_(now) {}
  Steady now() const override { return now_; }
  Wall wall() const override { return Wall::max(); }
  double random() override { return 0.5; }
  void sleepFor(nanoseconds time) override { now_ += time; }

 private:
  Steady now_;
};

lb::Deadline soon() { return std::chrono::steady_clock::now() + seconds(20); }

}  // namespace

TEST_CASE("a peer may ask for any wait") {
  const auto [wait, repeated] = GENERATE(table<seconds, bool>({
      {seconds::max(), false},
      {seconds(nanoseconds::max() / seconds(1)) + seconds(1), false},
      {seconds::min(), true},
      {seconds(0), true},
  }));
  lb::testing::FakeTransport transport;
  transport.push(lb::Error{lb::Errc::reset, "x", 0, wait});
  transport.pushJson(200, "{}");
  RuntimeAt runtime{Steady()};
  const http::Call call{Steady(seconds(10))};
  CHECK(http::detail::sendWithRetry(transport, {}, call, {}, runtime).operator bool() == repeated);
}

TEST_CASE("a request may be repeated whatever the clock and the deadline say") {
  const auto [now, deadline, repeated] = GENERATE(table<Steady, Steady, bool>({
      {Steady::min(), Steady::max(), true},
      {Steady::min(), Steady::min(), false},
      {Steady::max(), Steady::max(), false},
      {Steady::max(), Steady::min(), false},
      {Steady::max() - seconds(10), Steady::max(), true},
  }));
  lb::testing::FakeTransport transport;
  transport.push(lb::Error{lb::Errc::reset, "x"});
  transport.pushJson(200, "{}");
  RuntimeAt runtime{now};
  CHECK(http::detail::sendWithRetry(transport, {}, {deadline}, {}, runtime).operator bool() == repeated);
}

TEST_CASE("dates of Retry-After are read whatever the clock says") {
  CHECK(http::detail::parseRetryAfter("Fri, 31 Dec 9999 23:59:59 GMT", Wall::min()) == seconds(365 * 86400));
  CHECK(http::detail::parseRetryAfter("Fri, 31 Dec 1999 23:59:59 GMT", Wall::max()) == seconds(0));
  CHECK(http::detail::parseRetryAfter(std::string(400, '9'), Wall::max()) == seconds(365 * 86400));
}

TEST_CASE("keys are cached at the end of time") {
  const bool end = GENERATE(true, false);
  const auto wait = GENERATE(seconds::max(), seconds::min());
  const auto clock = clockAt(end);
  lb::jwks::KeyFetch fetch;
  fetch.wait = [wait = wait](lb::Deadline, const lb::jwks::KeySet*, bool) -> lb::Result<lb::jwks::FetchedKeys> {
    return lb::Error{lb::Errc::upstream, "x", 503, wait};
  };
  lb::jwks::KeyCache cache(fetch, {}, clock, {}, "https://clerk.example");
  CHECK_FALSE(cache.find("k", soon()));
  clock->advance(end ? nanoseconds::min() : nanoseconds::max());
  CHECK_FALSE(cache.find("k", soon()));
}

TEST_CASE("a fetched key ages from the beginning of time to its end") {
  const auto clock = clockAt(false);
  clerk::SessionVerifierOptions options;
  options.clock = clock;
  const auto api = std::make_shared<lb::testing::FakeClerk>(issuer());
  const clerk::SessionVerifier verifier(clerk::KeySource::backendApi(api->secretKey(), "https://api.clerk.com", api),
                                        options);
  lb::testing::SessionTokenSpec spec;
  spec.issuedAt = Wall();
  const std::string token = issuer().sessionToken(spec);
  CHECK(verifier.verify(token).error().code == lb::Errc::notYetValid);
  clock->advance(nanoseconds::max());
  clock->advance(nanoseconds::max());
  clock->setWall(Wall::max());
  CHECK(verifier.verify(token).error().code == lb::Errc::expired);
}

TEST_CASE("sessions are judged whatever the clock says") {
  const auto [wall, code] = GENERATE(table<Wall, lb::Errc>({
      {Wall::max(), lb::Errc::expired},
      {Wall::min(), lb::Errc::notYetValid},
  }));
  clerk::RequestAuthenticatorOptions options;
  options.publishableKey = issuer().publishableKey();
  options.clock = std::make_shared<lb::testing::ManualClock>(wall);
  const clerk::RequestAuthenticator authenticator(clerk::KeySource::pem(issuer().publicKeyPem()), options, nullptr);
  const std::string authorization = "Bearer " + issuer().sessionToken({});
  const auto state =
      authenticator.authenticate({"GET", "https://app.example.com/", {{"Authorization", authorization}}});
  REQUIRE(state.error());
  CHECK(state.error()->code == code);
}

TEST_CASE("users are cached from the beginning of time to its end") {
  const auto clock = clockAt(false);
  clerk::detail::UserCache cache(2, seconds(10), clock);
  int loads = 0;
  const auto load = [&]() -> lb::Result<clerk::User> {
    ++loads;
    return clerk::User{};
  };
  CHECK(cache.get("u", soon(), load));
  clock->advance(nanoseconds::max());
  clock->advance(nanoseconds::max());
  CHECK(cache.get("u", soon(), load));
  CHECK(loads == 2);
}

TEST_CASE("webhooks are judged whatever the clock and the timestamp say") {
  const auto [wall, timestamp, code] = GENERATE(table<Wall, std::string, lb::Errc>({
      {Wall::max(), "9223372036", lb::Errc{}},
      {Wall::max(), "9223372136", lb::Errc{}},
      {Wall::max(), "999999999999999", lb::Errc::webhookTooNew},
      {Wall::max(), "1", lb::Errc::webhookTooOld},
      {Wall::min(), "999999999999999", lb::Errc::webhookTooNew},
  }));
  webhooks_tests::webhooks::VerifierOptions options;
  options.secrets = {webhooks_tests::secret};
  options.clock = std::make_shared<lb::testing::ManualClock>(wall);
  webhooks_tests::Delivery delivery;
  delivery.timestamp = timestamp;
  const auto message = webhooks_tests::verify(webhooks_tests::webhooks::Verifier(options), delivery.signedAgain());
  CHECK((message ? lb::Errc{} : message.error().code) == code);
}

TEST_CASE("webhooks are remembered at the end of time") {
  lb::webhooks::MemorySeenStoreOptions options;
  options.clock = clockAt(GENERATE(true, false));
  lb::webhooks::MemorySeenStore store(options);
  CHECK(store.claim("id", "holder", seconds(60), soon()).value() == lb::webhooks::SeenState::fresh);
  CHECK(store.done("id", "holder", std::chrono::hours(48), soon()));
}

TEST_CASE("an outage may begin and end whenever it likes") {
  const auto clock = clockAt(false);
  lb::logging::OutageLog outages([](lb::LogLevel, std::string_view) {}, "again", clock);
  outages.failed(lb::LogLevel::error, "away");
  clock->advance(nanoseconds::max());
  clock->advance(nanoseconds::max());
  outages.failed(lb::LogLevel::error, "away");
  outages.succeeded();
}

TEST_CASE("an Ably token is signed at the end of time") {
  const lb::ably::JwtSigner signer("app.key:secret", std::make_shared<lb::testing::ManualClock>(Wall::max()));
  const auto capability = lb::ably::Capability::of({{"a", {lb::ably::Operation::publish}}}).value();
  const lb::ably::JwtParams params{lb::ably::ClientId::anonymous(), capability};
  CHECK(signer.sign(params));
}
