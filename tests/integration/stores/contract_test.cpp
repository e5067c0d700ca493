// What every store of webhook ids does.
#include <array>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <liveblocks/webhooks/deduplicator.hpp>

#include "catch.hpp"
#include "store_under_test.hpp"

using namespace store_tests;

namespace {

std::string everyByte() {
  std::string bytes(256, '\0');
  std::iota(bytes.begin(), bytes.end(), '\0');
  return bytes;
}

}  // namespace

TEST_CASE_METHOD(StoreFixture, "an id is fresh, then in progress, then done") {
  CHECK(claim("a", "one") == SeenState::fresh);
  CHECK(claim("a", "two") == SeenState::inProgress);
  CHECK(claim("b", "two") == SeenState::fresh);
  CHECK(done("a", "one"));
  CHECK(claim("a", "two") == SeenState::done);
  CHECK(claim("a", "one") == SeenState::done);
  CHECK(claim("b", "one") == SeenState::inProgress);
}

TEST_CASE_METHOD(StoreFixture, "a released id is fresh again") {
  REQUIRE(claim("a", "one") == SeenState::fresh);
  release("a", "one");
  release("never seen", "one");
  CHECK(claim("a", "two") == SeenState::fresh);
}

TEST_CASE_METHOD(StoreFixture, "only its holder releases an id") {
  REQUIRE(claim("a", "one") == SeenState::fresh);
  release("a", "two");
  CHECK(claim("a", "two") == SeenState::inProgress);
}

TEST_CASE_METHOD(StoreFixture, "a claim is valid until its lease ends") {
  REQUIRE(claim("a", "one", minutes(10)) == SeenState::fresh);
  under.pass(minutes(5));
  CHECK(claim("a", "two") == SeenState::inProgress);
  under.pass(minutes(5));
  CHECK(claim("a", "two") == SeenState::fresh);
}

TEST_CASE_METHOD(StoreFixture, "a holder that claims again gets the same state, and its lease starts again") {
  REQUIRE(claim("a", "one", minutes(10)) == SeenState::fresh);
  under.pass(minutes(5));
  CHECK(claim("a", "one", minutes(10)) == SeenState::fresh);
  under.pass(minutes(5));
  CHECK(claim("a", "two") == SeenState::inProgress);
  under.pass(minutes(5));
  CHECK(claim("a", "two") == SeenState::fresh);
}

TEST_CASE_METHOD(StoreFixture, "an id that is done is remembered for the requested time") {
  const seconds keep = GENERATE(hours(28), hours(720));
  REQUIRE(claim("a", "one") == SeenState::fresh);
  REQUIRE(done("a", "one", keep));
  under.pass(keep - minutes(5));
  CHECK(done("a", "one", hours(720)));
  CHECK(claim("a", "two") == SeenState::done);
  under.pass(minutes(5));
  CHECK(claim("a", "two") == SeenState::fresh);
}

TEST_CASE_METHOD(StoreFixture, "a holder whose lease ended neither completes nor releases the id of another holder") {
  REQUIRE(claim("a", "stale") == SeenState::fresh);
  under.pass(minutes(1));
  REQUIRE(claim("a", "new") == SeenState::fresh);
  release("a", "stale");
  CHECK(claim("a", "third") == SeenState::inProgress);
  CHECK(done("a", "stale").error().code == Errc::conflict);
  CHECK(claim("a", "stale") == SeenState::inProgress);
  CHECK(done("a", "new"));
  CHECK(claim("a", "third") == SeenState::done);
}

TEST_CASE_METHOD(StoreFixture, "an id that is done stays done, whichever holder changes it") {
  REQUIRE(claim("a", "one") == SeenState::fresh);
  REQUIRE(done("a", "one"));
  const std::string holder = GENERATE("one", "two");
  CHECK(done("a", holder));
  release("a", holder);
  CHECK(claim("a", holder) == SeenState::done);
}

TEST_CASE_METHOD(StoreFixture, "work that exceeds its lease is done when no other holder has the id") {
  REQUIRE(claim("a", "one") == SeenState::fresh);
  under.pass(minutes(1));
  const int meanwhile = GENERATE(0, 1, 2);
  if (meanwhile > 0) REQUIRE(claim("a", "two") == SeenState::fresh);
  if (meanwhile == 1) release("a", "two");
  if (meanwhile == 2) under.pass(minutes(1));
  CHECK(done("a", "one"));
  CHECK(claim("a", "three") == SeenState::done);
}

TEST_CASE_METHOD(StoreFixture, "an id can be done without a claim") {
  CHECK(done("a", "one"));
  CHECK(claim("a", "two") == SeenState::done);
}

TEST_CASE_METHOD(StoreFixture, "ids and holders of any bytes are distinct") {
  const std::string bytes = everyByte();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::string holder = bytes.substr(i, 1);
    REQUIRE(claim(bytes.substr(i, 1), holder) == SeenState::fresh);
    REQUIRE(claim(bytes.substr(0, i + 1) + "end", holder) == SeenState::fresh);
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::string other = bytes.substr((i + 1) % bytes.size(), 1);
    REQUIRE(claim(bytes.substr(i, 1), other) == SeenState::inProgress);
    REQUIRE(done(bytes.substr(i, 1), other).error().code == Errc::conflict);
    REQUIRE(done(bytes.substr(i, 1), bytes.substr(i, 1)));
  }
  const std::string holder = bytes.substr(192);
  CHECK(claim("long", holder) == SeenState::fresh);
  CHECK(claim("long", holder) == SeenState::fresh);
  CHECK(claim("long", holder.substr(0, 63)) == SeenState::inProgress);
}

TEST_CASE_METHOD(StoreFixture, "a holder may be named as the store names its states") {
  const std::string holder = GENERATE("done", "held:", "held:one", "NULL", "one'; --");
  REQUIRE(claim("a", holder) == SeenState::fresh);
  CHECK(claim("a", "one") == SeenState::inProgress);
  CHECK(done("a", "one").error().code == Errc::conflict);
  release("a", holder);
  CHECK(claim("a", "one") == SeenState::fresh);
}

TEST_CASE_METHOD(StoreFixture, "ids, holders and times of a store have limits") {
  const auto [idSize, holderSize, lease, keep, accepted] =
      GENERATE(table<std::size_t, std::size_t, seconds, seconds, bool>({
          {1, 1, seconds(1), hours(28), true},
          {321, 64, hours(1), hours(720), true},
          {0, 1, minutes(1), hours(72), false},
          {322, 1, minutes(1), hours(72), false},
          {1, 0, minutes(1), hours(72), false},
          {1, 65, minutes(1), hours(72), false},
          {1, 1, seconds(0), hours(28) - seconds(1), false},
          {1, 1, hours(1) + seconds(1), hours(720) + seconds(1), false},
          {1, 1, seconds::max(), seconds::max(), false},
      }));
  CAPTURE(idSize, holderSize, lease.count(), keep.count());
  const std::string id(idSize, 'x');
  const std::string holder(holderSize, 'y');
  if (accepted) {
    CHECK(claim(id, holder, lease) == SeenState::fresh);
    CHECK(done(id, holder, keep));
    CHECK(claim(id, "other") == SeenState::done);
  } else {
    CHECK_THROWS_AS(static_cast<void>(store->claim(id, holder, lease, soon())), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(store->done(id, holder, keep, soon())), std::invalid_argument);
  }
  if (!accepted && lease == minutes(1)) {
    CHECK_THROWS_AS(static_cast<void>(store->release(id, holder, soon())), std::invalid_argument);
  }
}

TEST_CASE_METHOD(StoreFixture, "a thread of many gets an id, also one whose lease has ended") {
  constexpr std::size_t ids = 100;
  constexpr std::size_t threads = 8;
  const bool hasEnded = GENERATE(false, true);
  for (std::size_t i = 0; hasEnded && i < ids; ++i) claim("id" + std::to_string(i), "dead");
  under.pass(minutes(1));
  std::array<std::atomic<int>, ids> fresh{};
  std::atomic<int> done{0};
  std::vector<std::thread> claimers;
  claimers.reserve(threads);
  for (std::size_t thread = 0; thread < threads; ++thread) {
    claimers.emplace_back([&, thread] {
      for (std::size_t i = 0; i < ids; ++i) {
        const SeenState state = claim("id" + std::to_string(i), "holder" + std::to_string(thread));
        if (state == SeenState::fresh) ++fresh[i];
        if (state == SeenState::done) ++done;
      }
    });
  }
  for (std::thread& claimer : claimers) claimer.join();
  for (const auto& count : fresh) CHECK(count == 1);
  CHECK(done == 0);
}

TEST_CASE_METHOD(StoreFixture,
                 "threads with a deduplicator complete each delivery exactly once, although each fails once") {
  constexpr std::size_t events = 40;
  webhooks::DeduplicatorOptions options;
  options.store = store;
  options.timeout = seconds(10);
  const webhooks::Deduplicator deduplicator(options);
  std::array<std::atomic<int>, events> attempts{};
  std::array<std::atomic<int>, events> workers{};
  std::array<std::atomic<int>, events> successes{};
  std::atomic<bool> together{false};
  const auto deliver = [&](std::size_t event) {
    auto claim = deduplicator.claim({"msg_" + std::to_string(event), {}, "{}"}).value();
    if (claim.state() != SeenState::fresh) return claim.state() == SeenState::done;
    if (++workers[event] != 1) together = true;
    const bool works = ++attempts[event] > 1;
    if (works) ++successes[event];
    --workers[event];
    return works && claim.done();
  };
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (std::size_t event = 0; event < events; ++event) {
        while (!deliver(event)) std::this_thread::yield();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK_FALSE(together);
  for (const auto& count : attempts) CHECK(count == 2);
  for (const auto& count : successes) CHECK(count == 1);
}
