#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <liveblocks/http/loop_thread.hpp>

#include "catch.hpp"
#include "exchange.hpp"
#include "semaphore.hpp"

using namespace liveblocks_tests;
using namespace std::chrono_literals;
using liveblocks::Deadline;
using liveblocks::http::LoopThread;
using liveblocks::http::makeCurlTransport;
using liveblocks::http::Scheduler;

namespace {

/// A scheduler with its thread.
struct Running {
  std::unique_ptr<LoopThread> thread = std::make_unique<LoopThread>();
  std::shared_ptr<liveblocks::http::Transport> transport = makeCurlTransport({}, thread->makeLoop());
  std::shared_ptr<Scheduler> scheduler = transport->scheduler();

  /// Returns when all that was posted before has run.
  void finish() const {
    Semaphore done;
    scheduler->post([&] { done.post(); });
    done.wait();
  }
};

Deadline in(std::chrono::milliseconds time) { return Deadline::clock::now() + time; }

}  // namespace

TEST_CASE("posted tasks run in order, on one thread") {
  const Running running;
  std::vector<int> order;
  std::vector<std::thread::id> threads;
  for (int i = 0; i < 100; ++i) {
    running.scheduler->post([&, i] {
      order.push_back(i);
      threads.push_back(std::this_thread::get_id());
    });
  }
  running.finish();
  REQUIRE(order.size() == 100);
  CHECK(std::is_sorted(order.begin(), order.end()));
  CHECK(std::count(threads.begin(), threads.end(), threads.front()) == 100);
  CHECK(threads.front() != std::this_thread::get_id());
}

TEST_CASE("a task that a task posts runs after it") {
  const Running running;
  std::string order;
  Semaphore done;
  running.scheduler->post([&] {
    running.scheduler->post([&] {
      order += "inner";
      done.post();
    });
    order += "outer ";
  });
  done.wait();
  CHECK(order == "outer inner");
}

TEST_CASE("timers run in the order of their times, and not before") {
  const Running running;
  std::vector<int> order;
  Semaphore done;
  bool early = false;
  const Deadline start = in(0ms);
  running.scheduler->runAt(start + 60ms, [&] {
    early = early || Deadline::clock::now() < start + 60ms;
    order.push_back(3);
    done.post();
  });
  running.scheduler->runAt(start + 20ms, [&] {
    early = early || Deadline::clock::now() < start + 20ms;
    order.push_back(1);
  });
  running.scheduler->post([&] { running.scheduler->runAt(start + 40ms, [&] { order.push_back(2); }); });
  running.scheduler->runAt(Deadline(), [&] { order.push_back(0); });
  done.wait();
  CHECK(order == std::vector<int>{0, 1, 2, 3});
  CHECK_FALSE(early);
}

TEST_CASE("a timer that is cancelled does not run") {
  const Running running;
  Semaphore done;
  bool ran = false;
  const auto id = running.scheduler->runAt(in(30ms), [&] { ran = true; });
  CHECK(id != 0);
  running.scheduler->cancel(id);
  running.scheduler->cancel(id);
  running.scheduler->cancel(0);
  running.scheduler->runAt(in(60ms), [&] { done.post(); });
  done.wait();
  CHECK_FALSE(ran);
}

TEST_CASE("when the loop ends, the tasks that are left run, and later ones at once") {
  Running running;
  std::vector<std::string> ran;
  running.scheduler->runAt((Deadline::max)(), [&] { ran.emplace_back("never"); });
  running.scheduler->runAt(in(1h), [&] {
    ran.emplace_back(running.transport->isStopped() ? "in an hour, stopped" : "in an hour");
    running.scheduler->post([&] { ran.emplace_back("within"); });
  });
  running.thread.reset();
  CHECK(ran == std::vector<std::string>{"in an hour, stopped", "within", "never"});
  running.scheduler->post([&] { ran.emplace_back("later"); });
  CHECK(ran.back() == "later");
  CHECK(running.scheduler->runAt(in(1h), [&] { ran.emplace_back("later still"); }) == 0);
  CHECK(ran.back() == "later still");
}

TEST_CASE("a scheduler outlives its transport") {
  Running running;
  running.transport.reset();
  bool ran = false;
  running.scheduler->post([&] { ran = true; });
  running.thread.reset();
  CHECK(ran);
}
