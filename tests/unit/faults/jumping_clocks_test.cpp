// Clocks that jump: nothing is trusted for longer than its time, and nothing waits for a time that never comes.

#include <liveblocks/clerk/users.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>
#include <liveblocks/webhooks/memory_seen_store.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "../webhooks/fixture.hpp"
#include "tokens.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using liveblocks_tests::issuer;
using namespace std::chrono_literals;

namespace {

using Nanoseconds = std::chrono::nanoseconds;

/// Both clocks are set, each to any time.
class JumpingClock final : public lb::Clock {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  using Wall = std::chrono::system_clock::time_point;

  explicit JumpingClock(Wall wall = std::chrono::system_clock::now(), Steady steady = Steady(24h))
      : wall_(wall), steady_(steady) {}

  Wall wall() const override { return wall_; }
  Steady steady() const override { return steady_; }

  void jumpWall(Nanoseconds time) { wall_ = jumped(wall_.load(), time); }
  void jumpSteady(Nanoseconds time) { steady_ = jumped(steady_.load(), time); }

 private:
  /// To the end of the time where it lies within the jump.
  template <class Time>
  static Time jumped(Time time, Nanoseconds jump) {
    if (jump > 0ns && time > (Time::max)() - jump) return (Time::max)();
    if (jump < 0ns && time < (Time::min)() - jump) return (Time::min)();
    return time + std::chrono::duration_cast<typename Time::duration>(jump);
  }

  std::atomic<Wall> wall_;
  std::atomic<Steady> steady_;
};

constexpr Nanoseconds century = 24h * 36525;

Nanoseconds anyJump() {
  return GENERATE(values<Nanoseconds>({0ns, 1ns, -1ms, 1s, -2s, 90s, -90s, 2h, -2h, 24h * 2, -24h * 2, century,
                                       -century, (Nanoseconds::max)(), (Nanoseconds::min)()}));
}

/// A second passes between the reads of threads at most.
bool isPast(Nanoseconds jump) { return jump < -1s; }

/// A verifier that fetches its keys.
clerk::SessionVerifier verifierOf(const std::shared_ptr<lb::testing::FakeClerk>& clerkApi,
                                  const std::shared_ptr<JumpingClock>& clock) {
  clerk::SessionVerifierOptions options;
  options.clock = clock;
  return clerk::SessionVerifier(clerk::KeySource::backendApi(clerkApi->secretKey(), "https://api.clerk.com", clerkApi),
                                options);
}

}  // namespace

TEST_CASE("keys are trusted for their time, however the steady clock jumps") {
  const auto jump = anyJump();
  CAPTURE(jump.count());
  const auto clerkApi = std::make_shared<lb::testing::FakeClerk>(issuer());
  const auto clock = std::make_shared<JumpingClock>();
  const clerk::SessionVerifier verifier = verifierOf(clerkApi, clock);
  const std::string token = liveblocks_tests::validToken();
  REQUIRE(verifier.verify(token));
  clock->jumpSteady(jump);

  // Without a retry, which would wait.
  clerkApi->failNext("/v1/jwks", lb::http::Response{500, {}, {}}, 1'000);
  const auto inOutage = verifier.verify(token);
  CHECK(inOutage.ok() == (!isPast(jump) && jump < clerk::SessionVerifierOptions().keyCache.staleIfError));
  if (!inOutage) CHECK(inOutage.error().code == lb::Errc::keysUnavailable);

  clerkApi->clearFaults();
  clock->jumpSteady(2min);
  CHECK(verifier.verify(token));
}

TEST_CASE("a failure is remembered for its time, however the steady clock jumps") {
  const auto jump = anyJump();
  CAPTURE(jump.count());
  const auto clerkApi = std::make_shared<lb::testing::FakeClerk>(issuer());
  const auto clock = std::make_shared<JumpingClock>();
  const clerk::SessionVerifier verifier = verifierOf(clerkApi, clock);
  clerkApi->failNext("/v1/jwks", lb::http::Response{500, {{"Retry-After", "60"}}, {}});
  REQUIRE_FALSE(verifier.verify(liveblocks_tests::validToken()));
  clock->jumpSteady(jump);
  CHECK(verifier.verify(liveblocks_tests::validToken()).ok() == (jump < 0ns || jump >= 60s));
}

TEST_CASE("a user is kept for its time, however the steady clock jumps") {
  const auto jump = anyJump();
  CAPTURE(jump.count());
  const auto clerkApi = std::make_shared<lb::testing::FakeClerk>(issuer());
  const auto clock = std::make_shared<JumpingClock>();
  clerk::UsersOptions options;
  options.secretKey = clerkApi->secretKey();
  options.cacheTtl = 60s;
  options.clock = clock;
  const clerk::Users users(options, clerkApi);
  clerkApi->addUser({"user_1", "Before"});
  REQUIRE(users.get("user_1").value().firstName == "Before");
  clerkApi->addUser({"user_1", "After"});
  clock->jumpSteady(jump);
  CHECK(users.get("user_1").value().firstName == (jump >= 0ns && jump < 60s ? "Before" : "After"));
}

TEST_CASE("a session is judged by the time of day, however it jumps, with a cache or without one") {
  const auto jump = anyJump();
  CAPTURE(jump.count());
  const auto clock = std::make_shared<JumpingClock>();
  clerk::SessionVerifierOptions options;
  options.clock = clock;
  options.tokenCache.capacity = GENERATE(0U, 10U);
  const clerk::SessionVerifier verifier(clerk::KeySource::pem(issuer().publicKeyPem()), options);
  lb::testing::SessionTokenSpec spec;
  spec.issuedAt = clock->wall();
  spec.lifetime = 60s;
  const std::string token = issuer().sessionToken(spec);
  REQUIRE(verifier.verify(token));
  clock->jumpWall(jump);
  CHECK(verifier.verify(token).ok() == (jump > -5s && jump < 60s));
}

TEST_CASE("a webhook is judged by the time of day, however it jumps") {
  const auto jump = anyJump();
  CAPTURE(jump.count());
  const auto clock = std::make_shared<JumpingClock>(webhooks_tests::at(webhooks_tests::sentAt));
  auto options = webhooks_tests::optionsAt(webhooks_tests::sentAt);
  options.clock = clock;
  const webhooks_tests::webhooks::Verifier verifier(options);
  clock->jumpWall(jump);
  const auto message = webhooks_tests::verify(verifier, {});
  const bool isNear = jump >= -300s && jump <= 300s;
  REQUIRE(message.ok() == isNear);
  if (!message) CHECK(message.error().code == (jump < 0ns ? lb::Errc::webhookTooNew : lb::Errc::webhookTooOld));
}

TEST_CASE("a delivery is remembered for its time, however the steady clock jumps") {
  const auto jump = anyJump();
  CAPTURE(jump.count());
  const auto clock = std::make_shared<JumpingClock>();
  lb::webhooks::MemorySeenStoreOptions store;
  store.clock = clock;
  lb::webhooks::DeduplicatorOptions options;
  options.store = std::make_shared<lb::webhooks::MemorySeenStore>(store);
  const lb::webhooks::Deduplicator deduplicator(options);
  const lb::webhooks::Message message{"msg_1", {}, "{}"};
  REQUIRE(deduplicator.claim(message).value().done());
  clock->jumpSteady(jump);
  auto again = deduplicator.claim(message).value();
  const bool isForgotten = jump >= options.keep;
  REQUIRE(again.state() == (isForgotten ? lb::webhooks::SeenState::fresh : lb::webhooks::SeenState::done));
  if (isForgotten) CHECK(again.done());
}
