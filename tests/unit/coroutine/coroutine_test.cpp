#include <liveblocks/coroutine.hpp>

#include <coroutine>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "slow_sum.hpp"

using liveblocks_tests::SlowSum;
using liveblocks_tests::Sum;

namespace {

/// The smallest task: begins at once, and is destroyed by whoever holds it.
class Task {
 public:
  struct promise_type {
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };

  explicit Task(std::coroutine_handle<promise_type> coroutine) : coroutine_(coroutine) {}
  Task(Task&& other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (coroutine_) coroutine_.destroy();
  }

  bool isDone() const { return coroutine_.done(); }

 private:
  std::coroutine_handle<promise_type> coroutine_;
};

}  // namespace

TEST_CASE("coroutine: the outcome of a call") {
  SlowSum sums;
  int outcome = 0;
  std::thread::id resumedOn;
  const auto add = [&]() -> Task {
    const Sum sum = co_await liveblocks::call<&SlowSum::addAsync>(sums, 1, 2);
    outcome = sum.value;
    resumedOn = std::this_thread::get_id();
  };
  const Task task = add();
  CHECK(sums.isRunning());
  CHECK_FALSE(task.isDone());
  sums.finishElsewhere();
  CHECK(task.isDone());
  CHECK(outcome == 3);
  CHECK(resumedOn != std::this_thread::get_id());
}

TEST_CASE("coroutine: an outcome that is there already") {
  const SlowSum sums;
  std::string outcome;
  const auto name = [&]() -> Task { outcome = co_await liveblocks::call<&SlowSum::nameAsync>(sums); };
  CHECK(name().isDone());
  CHECK(outcome == "sum");
}

TEST_CASE("coroutine: calls that run side by side") {
  SlowSum first;
  SlowSum second;
  int outcome = 0;
  const auto add = [&]() -> Task {
    auto one = liveblocks::call<&SlowSum::addAsync>(first, 1, 2);
    auto other = liveblocks::call<&SlowSum::addAsync>(second, 3, 4);
    outcome = (co_await one).value;
    outcome += (co_await other).value;
  };
  const Task task = add();
  second.finish();
  CHECK_FALSE(task.isDone());
  first.finish();
  CHECK(outcome == 10);
}

TEST_CASE("coroutine: options stand last") {
  SlowSum sums;
  const auto deadline = liveblocks::Deadline() + std::chrono::seconds(7);
  const liveblocks::CancellationSource source;
  int outcome = 0;
  const auto add = [&]() -> Task {
    const liveblocks::AsyncOptions options{deadline, source.token(), {}};
    outcome = (co_await liveblocks::call<&SlowSum::addAsync>(sums, 1, 2, options)).value;
  };
  const Task task = add();
  CHECK(sums.deadline() == deadline);
  source.cancel();
  CHECK(outcome == -1);
}

TEST_CASE("coroutine: misuse throws where the call stands") {
  SlowSum sums;
  bool isCaught = false;
  const auto add = [&]() -> Task {
    try {
      co_await liveblocks::call<&SlowSum::addAsync>(sums, -1, 2);
    } catch (const std::invalid_argument&) {
      isCaught = true;
    }
  };
  CHECK(add().isDone());
  CHECK(isCaught);
}

TEST_CASE("coroutine: one that is destroyed is not resumed") {
  SlowSum sums;
  bool isResumed = false;
  const auto add = [&]() -> Task {
    co_await liveblocks::call<&SlowSum::addAsync>(sums, 1, 2);
    isResumed = true;
  };
  { const Task task = add(); }
  sums.finish();
  CHECK_FALSE(isResumed);
}

TEST_CASE("coroutine: any operation that takes a callback") {
  std::function<void(int)> finish;
  int outcome = 0;
  const auto wait = [&]() -> Task {
    outcome = co_await liveblocks::call<int>([&](liveblocks::Callback<int> done) { finish = std::move(done); });
  };
  const Task task = wait();
  finish(7);
  CHECK(outcome == 7);
}

TEST_CASE("coroutine: an outcome and who waits for it may come at the same time") {
  for (int i = 0; i < 1000; ++i) {
    SlowSum sums;
    std::thread thread;
    int outcome = 0;
    const auto add = [&]() -> Task {
      auto call = liveblocks::call<&SlowSum::addAsync>(sums, 1, 2);
      thread = std::thread([&] { sums.finish(); });
      outcome = (co_await call).value;
    };
    const Task task = add();
    thread.join();
    REQUIRE(outcome == 3);
  }
}
