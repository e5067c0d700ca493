#include <liveblocks/webhooks/replay_window.hpp>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include <liveblocks/testing/manual_clock.hpp>

#include "catch.hpp"

using liveblocks::testing::ManualClock;
using liveblocks::webhooks::ReplayWindow;
using liveblocks::webhooks::ReplayWindowOptions;
using std::chrono::seconds;

namespace {

struct Fixture {
  explicit Fixture(std::size_t capacity = 100)
      : clock(std::make_shared<ManualClock>(start)), window({seconds(600), capacity, clock}) {}

  static constexpr std::chrono::system_clock::time_point start{seconds(1735689600)};
  std::shared_ptr<ManualClock> clock;
  ReplayWindow window;
};

}  // namespace

TEST_CASE("an id is first seen once") {
  Fixture fixture;
  CHECK(fixture.window.firstSeen("a", Fixture::start));
  CHECK_FALSE(fixture.window.firstSeen("a", Fixture::start));
  CHECK(fixture.window.firstSeen("b", Fixture::start));
  ReplayWindow copy = fixture.window;
  CHECK_FALSE(copy.firstSeen("b", Fixture::start));
}

TEST_CASE("an id is remembered until the window has passed since its timestamp, which then is too old") {
  Fixture fixture;
  REQUIRE(fixture.window.firstSeen("a", Fixture::start));
  fixture.clock->advance(seconds(600));
  CHECK_FALSE(fixture.window.firstSeen("a", Fixture::start));
  CHECK(fixture.window.firstSeen("b", Fixture::start));
  fixture.clock->advance(seconds(1));
  CHECK_FALSE(fixture.window.firstSeen("a", Fixture::start));
  CHECK_FALSE(fixture.window.firstSeen("c", Fixture::start));
  CHECK(fixture.window.firstSeen("a", Fixture::start + seconds(601)));
}

TEST_CASE("a later delivery of an id is remembered for as long as a first one") {
  Fixture fixture;
  REQUIRE(fixture.window.firstSeen("a", Fixture::start));
  REQUIRE_FALSE(fixture.window.firstSeen("a", Fixture::start + seconds(300)));
  REQUIRE_FALSE(fixture.window.firstSeen("a", Fixture::start + seconds(100)));
  fixture.clock->advance(seconds(900));
  CHECK_FALSE(fixture.window.firstSeen("a", Fixture::start + seconds(300)));
  fixture.clock->advance(seconds(1));
  CHECK(fixture.window.firstSeen("a", fixture.clock->wall()));
}

TEST_CASE("a timestamp far ahead is remembered for no longer than two windows") {
  Fixture fixture;
  constexpr auto farAhead = std::chrono::system_clock::time_point::max();
  REQUIRE(fixture.window.firstSeen("a", farAhead));
  fixture.clock->advance(seconds(1200));
  CHECK_FALSE(fixture.window.firstSeen("a", Fixture::start + seconds(1200)));
  fixture.clock->advance(seconds(1801));
  CHECK(fixture.window.firstSeen("a", farAhead));
}

TEST_CASE("a forgotten id is first seen again") {
  Fixture fixture;
  REQUIRE(fixture.window.firstSeen("a", Fixture::start));
  fixture.window.forget("a");
  fixture.window.forget("never seen");
  CHECK(fixture.window.firstSeen("a", Fixture::start));
  CHECK_FALSE(fixture.window.firstSeen("a", Fixture::start));
}

TEST_CASE("beyond the capacity the oldest id makes room") {
  Fixture fixture(2);
  REQUIRE(fixture.window.firstSeen("new", Fixture::start));
  REQUIRE(fixture.window.firstSeen("old", Fixture::start - seconds(1)));
  CHECK(fixture.window.firstSeen("newer", Fixture::start + seconds(1)));
  CHECK_FALSE(fixture.window.firstSeen("new", Fixture::start));
  CHECK_FALSE(fixture.window.firstSeen("newer", Fixture::start));
  CHECK(fixture.window.firstSeen("old", Fixture::start));
}

TEST_CASE("the options and ids of a replay window are bounded") {
  const auto [window, capacity, accepted] = GENERATE(table<int, std::size_t, bool>({
      {0, 1, false},
      {1, 1, true},
      {86400, 1'000'000, true},
      {86401, 1, false},
      {1, 0, false},
      {1, 1'000'001, false},
  }));
  const ReplayWindowOptions options{seconds(window), capacity};
  if (accepted) {
    ReplayWindow replays(options);
    const auto now = std::chrono::system_clock::now();
    CHECK(replays.firstSeen(std::string(256, 'x'), now));
    CHECK_THROWS_AS(replays.firstSeen(std::string(257, 'x'), now), std::invalid_argument);
    CHECK_THROWS_AS(replays.firstSeen("", now), std::invalid_argument);
  } else {
    CHECK_THROWS_AS(ReplayWindow(options), std::invalid_argument);
  }
}

TEST_CASE("of many threads with one id one sees it first") {
  Fixture fixture(1000);
  std::atomic<int> first{0};
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int id = 0; id < 500; ++id) {
        if (fixture.window.firstSeen(std::to_string(id), Fixture::start)) ++first;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(first == 500);
}
