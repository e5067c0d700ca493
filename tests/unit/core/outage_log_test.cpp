#include "core/logging.hpp"

#include <liveblocks/testing/manual_clock.hpp>

#include <array>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "log_lines.hpp"

using liveblocks::LogLevel;
using liveblocks::logging::OutageLog;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct OutageFixture {
  using Line = liveblocks_tests::LogLines::Line;

  void failAfter(std::chrono::nanoseconds wait, const std::string& message = "it is away") {
    clock->advance(wait);
    outages.failed(LogLevel::error, message);
  }

  void workAfter(std::chrono::nanoseconds wait) {
    clock->advance(wait);
    outages.succeeded();
  }

  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  liveblocks_tests::LogLines log;
  OutageLog outages{log.callback(), "it answers again", clock};
};

}  // namespace

TEST_CASE_METHOD(OutageFixture, "what always works is not logged") {
  workAfter(seconds(0));
  workAfter(seconds(100));
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(OutageFixture, "the beginning of an outage is logged at once, in its own words") {
  failAfter(seconds(0));
  CHECK(*log.lines == std::vector<Line>{{LogLevel::error, "it is away"}});
}

TEST_CASE_METHOD(OutageFixture, "an outage that lasts is logged once a minute, with the count and the newest words") {
  failAfter(seconds(5));
  for (int i = 0; i < 59; ++i) failAfter(seconds(1));
  failAfter(milliseconds(999));
  CHECK(log.lines->size() == 1);
  failAfter(milliseconds(1), "it refuses");
  REQUIRE(log.lines->size() == 2);
  CHECK(log.lines->back() == Line{LogLevel::error, "it refuses (61 failures in 59 s)"});
  failAfter(seconds(59));
  CHECK(log.lines->size() == 2);
  failAfter(seconds(1));
  CHECK(log.lines->back() == Line{LogLevel::error, "it is away (2 failures in 1 s)"});
}

TEST_CASE_METHOD(OutageFixture, "the end of an outage is logged once, with the count of all failures") {
  const auto [failures, line] = GENERATE(table<int, std::string>({
      {1, "it answers again after 1 failure in 3 s"},
      {2, "it answers again after 2 failures in 4 s"},
      {100, "it answers again after 100 failures in 102 s"},
  }));
  for (int i = 0; i < failures; ++i) failAfter(seconds(1));
  workAfter(seconds(3));
  CHECK(log.lines->back() == Line{LogLevel::info, line});
  const std::size_t lines = log.lines->size();
  workAfter(seconds(100));
  CHECK(log.lines->size() == lines);
}

TEST_CASE_METHOD(OutageFixture, "what fails and works by turns gets two lines a minute") {
  for (int i = 0; i < 600; ++i) {
    failAfter(milliseconds(100));
    workAfter(milliseconds(100));
  }
  CHECK(log.lines->size() == 4);
  CHECK(log.lines->at(2) == Line{LogLevel::error, "it is away (300 failures in 59 s)"});
  CHECK(log.lines->at(3) == Line{LogLevel::info, "it answers again after 300 failures in 59 s"});
}

TEST_CASE_METHOD(OutageFixture, "an outage after a quiet minute begins anew") {
  failAfter(seconds(0));
  workAfter(seconds(1));
  failAfter(seconds(60));
  CHECK(log.lines->back().second == "it is away");
  workAfter(seconds(1));
  CHECK(log.lines->back().second == "it answers again after 1 failure in 1 s");
}

TEST_CASE("an outage log without a log, or with one that throws, does no harm") {
  OutageLog silent({}, "again");
  OutageLog throwing([](LogLevel, std::string_view) { throw std::runtime_error("full disk"); }, "again");
  for (OutageLog* outages : {&silent, &throwing}) {
    CHECK_NOTHROW(outages->failed(LogLevel::error, "away"));
    CHECK_NOTHROW(outages->succeeded());
  }
}

TEST_CASE("the system's clock serves where none is given") {
  const liveblocks_tests::LogLines log;
  OutageLog outages(log.callback(), "again");
  outages.failed(LogLevel::warning, "away");
  outages.failed(LogLevel::warning, "away");
  outages.succeeded();
  CHECK(log.lines->size() == 2);
}

TEST_CASE("many threads share one line") {
  std::atomic<int> lines{0};
  OutageLog outages([&](LogLevel, std::string_view) { ++lines; }, "again");
  const auto fail = [&outages] {
    for (int n = 0; n < 500; ++n) outages.failed(LogLevel::error, "away");
  };
  std::array<std::thread, 4> threads;
  for (std::thread& thread : threads) thread = std::thread(fail);
  for (std::thread& thread : threads) thread.join();
  CHECK(lines == 1);
}
