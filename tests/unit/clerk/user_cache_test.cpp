#include "clerk/user_cache.hpp"

#include <array>
#include <atomic>
#include <future>
#include <liveblocks/testing/manual_clock.hpp>
#include <thread>

#include "catch.hpp"

namespace clerk = liveblocks::clerk;
using liveblocks::Errc;
using std::chrono::seconds;

namespace {

const liveblocks::Deadline farAway = std::chrono::steady_clock::now() + std::chrono::minutes(10);

liveblocks::Result<clerk::User> userNamed(const std::string& id) {
  clerk::User user;
  user.id = id;
  return user;
}

/// A cache of two users for ten seconds, and how often it looked one up.
struct Fixture {
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  clerk::detail::UserCache cache{2, seconds(10), clock};
  std::atomic<int> loads{0};

  /// How many look-ups it took.
  int get(const std::string& id) {
    const int before = loads;
    const auto user = cache.get(id, farAway, [&] {
      ++loads;
      return userNamed(id);
    });
    CHECK(user.value().id == id);
    return loads - before;
  }
};

/// A look-up on a thread of its own that goes on until this object ends.
class SlowLookUp {
 public:
  SlowLookUp(clerk::detail::UserCache& cache, const std::string& id)
      : thread_([this, &cache, id] {
          static_cast<void>(cache.get(id, farAway, [&] {
            started_.set_value();
            released_.get_future().wait();
            return userNamed(id);
          }));
        }) {
    started_.get_future().wait();
  }
  ~SlowLookUp() {
    released_.set_value();
    thread_.join();
  }

 private:
  std::promise<void> started_;
  std::promise<void> released_;
  std::thread thread_;
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a kept user costs no look-up until its time is over") {
  CHECK(get("a") == 1);
  clock->advance(seconds(10) - std::chrono::nanoseconds(1));
  CHECK(get("a") == 0);
  clock->advance(std::chrono::nanoseconds(1));
  CHECK(get("a") == 1);
  clock->advance(seconds(9));
  CHECK(get("a") == 0);
}

TEST_CASE_METHOD(Fixture, "reading a kept user does not prolong its time") {
  get("a");
  for (int i = 0; i < 9; ++i) {
    clock->advance(seconds(1));
    CHECK(get("a") == 0);
  }
  clock->advance(seconds(1));
  CHECK(get("a") == 1);
}

TEST_CASE_METHOD(Fixture, "the wall clock does not age users") {
  get("a");
  clock->setWall(clock->wall() + std::chrono::hours(24));
  CHECK(get("a") == 0);
}

TEST_CASE_METHOD(Fixture, "the age of a user counts from the beginning of its look-up") {
  static_cast<void>(cache.get("a", farAway, [&] {
    clock->advance(seconds(10));
    return userNamed("a");
  }));
  CHECK(get("a") == 1);
}

TEST_CASE_METHOD(Fixture, "the least recently used user goes first") {
  get("a");
  get("b");
  CHECK(get("a") == 0);
  CHECK(get("c") == 1);
  CHECK(get("a") == 0);
  CHECK(get("b") == 1);
}

TEST_CASE_METHOD(Fixture, "errors are not kept") {
  const Errc code = GENERATE(Errc::notFound, Errc::upstream, Errc::timeout);
  const auto fail = [&]() -> liveblocks::Result<clerk::User> { return liveblocks::Error{code, "x"}; };
  CHECK(cache.get("a", farAway, fail).error().code == code);
  CHECK(get("a") == 1);
}

TEST_CASE_METHOD(Fixture, "concurrent callers share one look-up") {
  constexpr int callers = 8;
  std::atomic<int> arrived{0};
  std::atomic<int> successes{0};
  const auto load = [&] {
    ++loads;
    while (arrived < callers) std::this_thread::yield();
    return userNamed("a");
  };
  std::array<std::thread, callers> threads;
  for (auto& thread : threads) {
    thread = std::thread([&] {
      ++arrived;
      if (cache.get("a", farAway, load)) ++successes;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(loads == 1);
  CHECK(successes == callers);
}

TEST_CASE_METHOD(Fixture, "one user's look-up does not hold up another's") {
  const SlowLookUp slow(cache, "slow");
  CHECK(get("a") == 1);
}

TEST_CASE_METHOD(Fixture, "a caller waits for another's look-up no longer than its own deadline") {
  const SlowLookUp slow(cache, "a");
  const auto late = cache.get("a", std::chrono::steady_clock::now(), [&] {
    ++loads;
    return userNamed("a");
  });
  CHECK(late.error().code == Errc::timeout);
  CHECK(loads == 0);
}

TEST_CASE_METHOD(Fixture, "a caller with time left takes over from one that timed out") {
  std::promise<void> started;
  std::atomic<bool> arrived{false};
  std::atomic<int> cut{0};
  std::thread leader([&] {
    const auto outcome = cache.get("a", farAway, [&]() -> liveblocks::Result<clerk::User> {
      started.set_value();
      while (!arrived) std::this_thread::yield();
      return liveblocks::Error{Errc::timeout, "cut"};
    });
    if (!outcome) ++cut;
  });
  started.get_future().wait();
  arrived = true;
  CHECK(get("a") == 1);
  leader.join();
  CHECK(cut == 1);
  CHECK(get("a") == 0);
}

TEST_CASE_METHOD(Fixture, "a cancelled look-up is cancelled for all callers that wait for it") {
  std::promise<void> started;
  std::promise<void> cancelled;
  std::thread leader([&] {
    static_cast<void>(cache.get("a", farAway, [&]() -> liveblocks::Result<clerk::User> {
      started.set_value();
      cancelled.get_future().wait();
      return liveblocks::Error{Errc::cancelled, "stopped"};
    }));
  });
  started.get_future().wait();
  std::promise<void> waiting;
  Errc outcome{};
  std::thread follower([&] {
    waiting.set_value();
    outcome = cache
                  .get("a", farAway,
                       [&]() -> liveblocks::Result<clerk::User> {
                         return liveblocks::Error{Errc::cancelled, "stopped as well"};
                       })
                  .error()
                  .code;
  });
  waiting.get_future().wait();
  cancelled.set_value();
  leader.join();
  follower.join();
  CHECK(outcome == Errc::cancelled);
}

TEST_CASE_METHOD(Fixture, "many threads and few places") {
  std::atomic<int> wrong{0};
  std::array<std::thread, 4> threads;
  for (std::size_t t = 0; t < threads.size(); ++t) {
    threads[t] = std::thread([&, t] {
      for (std::size_t i = 0; i < 500; ++i) {
        const std::string id = std::to_string((i * 7 + t) % 5);
        const auto user = cache.get(id, farAway, [&] { return userNamed(id); });
        if (!user || user->id != id) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}
