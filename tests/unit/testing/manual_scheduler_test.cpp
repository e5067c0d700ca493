#include <liveblocks/testing/manual_scheduler.hpp>

#include <memory>
#include <string>
#include <thread>

#include "catch.hpp"

using namespace std::chrono_literals;
using liveblocks::Deadline;
using liveblocks::testing::ManualScheduler;

namespace {

struct Fixture {
  ManualScheduler scheduler;
  std::string ran;
  Deadline now = std::chrono::steady_clock::now();

  std::function<void()> task(char name) {
    return [this, name] { ran += name; };
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a posted task runs when the test says so") {
  scheduler.post(task('a'));
  scheduler.post(task('b'));
  CHECK(ran.empty());
  CHECK(scheduler.pending() == 2);
  CHECK(scheduler.run() == 2);
  CHECK(ran == "ab");
  CHECK(scheduler.pending() == 0);
  CHECK(scheduler.run() == 0);
}

TEST_CASE_METHOD(Fixture, "a task that a task posts runs, too") {
  scheduler.post([this] { scheduler.post(task('b')); });
  CHECK(scheduler.run() == 2);
  CHECK(ran == "b");
}

TEST_CASE_METHOD(Fixture, "timers run in the order of their times, without waiting") {
  scheduler.runAt(now + 2h, task('c'));
  scheduler.runAt(now + 1h, task('a'));
  scheduler.runAt(now + 1h, [this] {
    ran += 'b';
    scheduler.post(task('p'));
  });
  scheduler.runAt(now - 1ms, task('d'));
  CHECK(scheduler.run() == 1);
  CHECK(scheduler.runUntil(now + 1h) == 3);
  CHECK(ran == "dabp");
  CHECK(scheduler.runUntil((Deadline::max)()) == 1);
  CHECK(ran == "dabpc");
}

TEST_CASE_METHOD(Fixture, "a cancelled timer does not run") {
  const auto cancelled = scheduler.runAt(now + 1h, task('a'));
  const auto kept = scheduler.runAt(now + 1h, task('b'));
  CHECK(cancelled != 0);
  CHECK(kept != cancelled);
  scheduler.cancel(cancelled);
  scheduler.cancel(cancelled);
  scheduler.cancel(0);
  CHECK(scheduler.pending() == 1);
  CHECK(scheduler.runUntil(now + 1h) == 1);
  CHECK(ran == "b");
}

TEST_CASE_METHOD(Fixture, "another thread may post") {
  std::thread([this] { scheduler.post(task('a')); }).join();
  CHECK(scheduler.run() == 1);
}

TEST_CASE_METHOD(Fixture, "the time is that of the timer that runs, and otherwise the real one") {
  Deadline seen;
  scheduler.runAt(now + 1h, [&] { scheduler.post([&] { seen = scheduler.now(); }); });
  scheduler.runUntil(now + 2h);
  CHECK(seen == now + 1h);
  CHECK(scheduler.now() >= now);
  CHECK(scheduler.now() < now + 1h);
}
