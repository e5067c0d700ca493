#include <liveblocks/webhooks/memory_seen_store.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include <liveblocks/testing/manual_clock.hpp>

#include "catch.hpp"

using liveblocks::Errc;
using liveblocks::Result;
using liveblocks::webhooks::MemorySeenStore;
using liveblocks::webhooks::SeenState;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds lease{60};
constexpr seconds keep = hours(72);

struct StoreFixture {
  explicit StoreFixture(std::size_t capacity = 100) : store({capacity, clock}) {}

  SeenState claim(std::string_view id, std::string_view holder) { return store.claim(id, holder, lease, {}).value(); }
  bool isRefused(std::string_view id) {
    const auto seen = store.claim(id, "anybody", lease, {});
    return !seen && seen.error().kind() == liveblocks::ErrorKind::unavailable;
  }
  Result<void> done(std::string_view id, std::string_view holder) { return store.done(id, holder, keep, {}); }
  void release(std::string_view id, std::string_view holder) { REQUIRE(store.release(id, holder, {})); }

  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  MemorySeenStore store;
};

}  // namespace

TEST_CASE("an id is fresh, then in progress, then done") {
  StoreFixture fixture;
  CHECK(fixture.claim("a", "one") == SeenState::fresh);
  CHECK(fixture.claim("a", "two") == SeenState::inProgress);
  CHECK(fixture.claim("b", "two") == SeenState::fresh);
  CHECK(fixture.done("a", "one"));
  CHECK(fixture.claim("a", "two") == SeenState::done);
  CHECK(fixture.claim("a", "one") == SeenState::done);
  CHECK(fixture.claim("b", "one") == SeenState::inProgress);
}

TEST_CASE("a released id is fresh again") {
  StoreFixture fixture;
  REQUIRE(fixture.claim("a", "one") == SeenState::fresh);
  fixture.release("a", "one");
  fixture.release("never seen", "one");
  CHECK(fixture.claim("a", "two") == SeenState::fresh);
}

TEST_CASE("a claim is valid until its lease ends") {
  StoreFixture fixture;
  REQUIRE(fixture.claim("a", "one") == SeenState::fresh);
  fixture.clock->advance(lease - milliseconds(1));
  CHECK(fixture.claim("a", "two") == SeenState::inProgress);
  fixture.clock->advance(milliseconds(1));
  CHECK(fixture.claim("a", "two") == SeenState::fresh);
}

TEST_CASE("a holder that claims again gets the same state, and its lease starts again") {
  StoreFixture fixture;
  REQUIRE(fixture.claim("a", "one") == SeenState::fresh);
  fixture.clock->advance(lease / 2);
  CHECK(fixture.claim("a", "one") == SeenState::fresh);
  fixture.clock->advance(lease / 2);
  CHECK(fixture.claim("a", "two") == SeenState::inProgress);
  fixture.clock->advance(lease / 2);
  CHECK(fixture.claim("a", "two") == SeenState::fresh);
}

TEST_CASE("an id that is done is remembered for the requested time") {
  StoreFixture fixture;
  REQUIRE(fixture.claim("a", "one") == SeenState::fresh);
  REQUIRE(fixture.done("a", "one"));
  fixture.clock->advance(keep - milliseconds(1));
  CHECK(fixture.claim("a", "two") == SeenState::done);
  fixture.clock->advance(milliseconds(1));
  CHECK(fixture.claim("a", "two") == SeenState::fresh);
}

TEST_CASE("a holder whose lease ended neither completes nor releases the id of another holder") {
  StoreFixture fixture;
  REQUIRE(fixture.claim("a", "stale") == SeenState::fresh);
  fixture.clock->advance(lease);
  REQUIRE(fixture.claim("a", "new") == SeenState::fresh);
  fixture.release("a", "stale");
  CHECK(fixture.claim("a", "third") == SeenState::inProgress);
  CHECK(fixture.done("a", "stale").error().code == Errc::conflict);
  CHECK(fixture.claim("a", "third") == SeenState::inProgress);
  CHECK(fixture.done("a", "new"));
  CHECK(fixture.claim("a", "third") == SeenState::done);
}

TEST_CASE("an id that is done stays done, whichever holder changes it") {
  StoreFixture fixture;
  REQUIRE(fixture.claim("a", "one") == SeenState::fresh);
  REQUIRE(fixture.done("a", "one"));
  const std::string holder = GENERATE("one", "two");
  CHECK(fixture.done("a", holder));
  fixture.release("a", holder);
  CHECK(fixture.claim("a", holder) == SeenState::done);
}

TEST_CASE("work that exceeds its lease is done when no other holder claimed the id") {
  StoreFixture fixture;
  REQUIRE(fixture.claim("a", "one") == SeenState::fresh);
  fixture.clock->advance(lease);
  const bool takenUpAndLeft = GENERATE(false, true);
  if (takenUpAndLeft) {
    REQUIRE(fixture.claim("a", "two") == SeenState::fresh);
    fixture.release("a", "two");
  }
  CHECK(fixture.done("a", "one"));
  CHECK(fixture.claim("a", "three") == SeenState::done);
}

TEST_CASE("beyond the capacity the id that was done first is erased") {
  StoreFixture fixture(3);
  for (const char* id : {"first", "second"}) {
    REQUIRE(fixture.claim(id, "one") == SeenState::fresh);
    REQUIRE(fixture.done(id, "one"));
    fixture.clock->advance(seconds(1));
  }
  REQUIRE(fixture.claim("third", "one") == SeenState::fresh);
  CHECK(fixture.claim("fourth", "one") == SeenState::fresh);
  CHECK(fixture.claim("second", "one") == SeenState::done);
  CHECK(fixture.claim("third", "two") == SeenState::inProgress);
  CHECK(fixture.claim("first", "two") == SeenState::fresh);
  CHECK(fixture.claim("third", "two") == SeenState::inProgress);
  CHECK(fixture.claim("fourth", "two") == SeenState::inProgress);
}

TEST_CASE("ids in progress are never erased, so that a full store returns an error") {
  StoreFixture fixture(2);
  REQUIRE(fixture.claim("a", "one") == SeenState::fresh);
  REQUIRE(fixture.claim("b", "one") == SeenState::fresh);
  CHECK(fixture.isRefused("c"));
  CHECK(fixture.claim("a", "two") == SeenState::inProgress);
  CHECK(fixture.claim("a", "one") == SeenState::fresh);

  SECTION("until one is done") { CHECK(fixture.done("a", "one")); }
  SECTION("until one is released") { fixture.release("b", "one"); }
  SECTION("until leases end") { fixture.clock->advance(lease); }
  CHECK(fixture.claim("c", "one") == SeenState::fresh);
}

TEST_CASE("a full store has no space for an id that it no longer has") {
  StoreFixture fixture(1);
  REQUIRE(fixture.claim("a", "one") == SeenState::fresh);
  fixture.clock->advance(lease);
  REQUIRE(fixture.claim("b", "one") == SeenState::fresh);
  CHECK(fixture.done("a", "one").error().code == Errc::internal);
  CHECK(fixture.claim("b", "two") == SeenState::inProgress);
}

TEST_CASE("a store has a capacity of 1 to 10,000,000 ids") {
  const auto [capacity, accepted] =
      GENERATE(table<std::size_t, bool>({{0, false}, {1, true}, {10'000'000, true}, {10'000'001, false}}));
  if (accepted) {
    CHECK_NOTHROW(MemorySeenStore({capacity}));
  } else {
    CHECK_THROWS_AS(MemorySeenStore({capacity}), std::invalid_argument);
  }
}

TEST_CASE("ids, holders and times of a store have limits") {
  MemorySeenStore store;
  const auto [idSize, holderSize, leaseTime, keepTime, accepted] =
      GENERATE(table<std::size_t, std::size_t, seconds, seconds, bool>({
          {1, 1, seconds(1), hours(28), true},
          {321, 64, hours(1), hours(720), true},
          {0, 1, lease, keep, false},
          {322, 1, lease, keep, false},
          {1, 0, lease, keep, false},
          {1, 65, lease, keep, false},
          {1, 1, seconds(0), hours(28) - seconds(1), false},
          {1, 1, hours(1) + seconds(1), hours(720) + seconds(1), false},
          {1, 1, seconds::max(), seconds::max(), false},
      }));
  CAPTURE(idSize, holderSize, leaseTime.count(), keepTime.count());
  const std::string id(idSize, 'x');
  const std::string holder(holderSize, 'y');
  if (accepted) {
    CHECK(store.claim(id, holder, leaseTime, {}).value() == SeenState::fresh);
    CHECK(store.done(id, holder, keepTime, {}));
  } else {
    CHECK_THROWS_AS(store.claim(id, holder, leaseTime, {}), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(store.done(id, holder, keepTime, {})), std::invalid_argument);
  }
}
