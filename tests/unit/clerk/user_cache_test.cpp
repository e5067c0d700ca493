#include "clerk/user_cache.hpp"

#include <array>
#include <atomic>
#include <future>
#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"

namespace clerk = liveblocks::clerk;
using liveblocks::Errc;
using liveblocks_tests::BothForms;
using liveblocks_tests::Form;
using std::chrono::seconds;

namespace {

const liveblocks::Deadline farAway = std::chrono::steady_clock::now() + std::chrono::minutes(10);

liveblocks::Result<clerk::User> userNamed(const std::string& id) {
  clerk::User user;
  user.id = id;
  return user;
}

using Found = liveblocks::Result<clerk::User>;

/// A cache of two users for ten seconds, and how often it looked one up. Most tests run in both forms.
struct Fixture {
  using Load = clerk::detail::UserCache::Load;

  explicit Fixture(BothForms given = BothForms()) : form(std::move(given)) {
    transport->setScheduler(form.scheduler());
  }

  BothForms form;
  std::shared_ptr<liveblocks::testing::FakeTransport> transport =
      std::make_shared<liveblocks::testing::FakeTransport>();
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  std::shared_ptr<clerk::detail::UserCache> shared = std::make_shared<clerk::detail::UserCache>(2, seconds(10), clock);
  clerk::detail::UserCache& cache = *shared;
  std::atomic<int> loads{0};

  Found get(const std::string& id, liveblocks::Deadline deadline, const Load& load) const {
    return form.run<Found>([&] { return cache.get(id, deadline, load); },
                           [&](auto done) {
                             cache.getAsync(id, {transport, deadline}, startOf(load), done);
                           });
  }

  clerk::detail::UserCache::StartLoad startOf(const Load& load) const {
    return [this, load](clerk::detail::UserCache::Done done) {
      form.scheduler()->post([load, done = std::move(done)] { done(load()); });
    };
  }

  /// How many look-ups it took.
  int get(const std::string& id) {
    const int before = loads;
    const auto user = get(id, farAway, [&] {
      ++loads;
      return userNamed(id);
    });
    CHECK(user.value().id == id);
    return loads - before;
  }
};

struct ThreadedFixture : Fixture {
  ThreadedFixture() : Fixture(BothForms(Form::blocking)) {}
};

/// Look-ups wait until the test completes them.
struct AsyncFixture : Fixture {
  using Outcome = std::shared_ptr<std::optional<Errc>>;

  AsyncFixture() : Fixture(BothForms(Form::asynchronous)) {}

  Outcome start(liveblocks::Deadline deadline = farAway, liveblocks::CancellationToken cancellation = {}) {
    auto outcome = std::make_shared<std::optional<Errc>>();
    const auto load = [this](clerk::detail::UserCache::Done done) { inFlight.push_back(std::move(done)); };
    cache.getAsync("a", {transport, deadline, std::move(cancellation)}, load, [outcome](const Found& user) {
      CHECK_FALSE(outcome->has_value());
      outcome->emplace(user ? Errc{} : user.error().code);
    });
    return outcome;
  }

  void complete(const Found& user) {
    ++loads;
    for (const auto& done : std::exchange(inFlight, {})) done(user);
    form.scheduler()->run();
  }

  std::vector<clerk::detail::UserCache::Done> inFlight;
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
  static_cast<void>(get("a", farAway, [&] {
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

TEST_CASE_METHOD(Fixture, "a user who is forgotten is looked up again, and no other one") {
  get("a");
  get("b");
  cache.forget("a");
  cache.forget("a");
  cache.forget("nobody");
  CHECK(get("b") == 0);
  CHECK(get("a") == 1);
  CHECK(get("a") == 0);
  CHECK(get("b") == 0);
}

TEST_CASE_METHOD(Fixture, "a user who is forgotten leaves a place") {
  get("a");
  get("b");
  cache.forget("b");
  get("c");
  CHECK(get("a") == 0);
}

TEST_CASE_METHOD(Fixture, "a look-up that began before its user was to be forgotten is not kept") {
  const auto stale = get("a", farAway, [&] {
    cache.forget("a");
    return userNamed("a");
  });
  CHECK(stale.ok());
  CHECK(get("a") == 1);
  CHECK(get("a") == 0);
}

TEST_CASE_METHOD(Fixture, "errors are not kept") {
  const Errc code = GENERATE(Errc::notFound, Errc::upstream, Errc::timeout);
  const auto fail = [&]() -> liveblocks::Result<clerk::User> { return liveblocks::Error{code, "x"}; };
  CHECK(get("a", farAway, fail).error().code == code);
  CHECK(get("a") == 1);
}

TEST_CASE_METHOD(ThreadedFixture, "concurrent callers share one look-up") {
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

TEST_CASE_METHOD(ThreadedFixture, "one user's look-up does not hold up another's") {
  const SlowLookUp slow(cache, "slow");
  CHECK(get("a") == 1);
}

TEST_CASE_METHOD(ThreadedFixture, "a caller waits for another's look-up no longer than its own deadline") {
  const SlowLookUp slow(cache, "a");
  const auto late = cache.get("a", std::chrono::steady_clock::now(), [&] {
    ++loads;
    return userNamed("a");
  });
  CHECK(late.error().code == Errc::timeout);
  CHECK(loads == 0);
}

TEST_CASE_METHOD(ThreadedFixture, "a caller with time left takes over from one that timed out") {
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

TEST_CASE_METHOD(ThreadedFixture, "a cancelled look-up is cancelled for all callers that wait for it") {
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

TEST_CASE_METHOD(ThreadedFixture, "users are forgotten while other threads look them up") {
  std::atomic<int> version{0};
  std::atomic<int> outdated{0};
  std::atomic<bool> isOver{false};
  std::array<std::thread, 3> threads;
  for (auto& thread : threads) {
    thread = std::thread([&] {
      while (!isOver) {
        static_cast<void>(cache.get("a", farAway, [&]() -> liveblocks::Result<clerk::User> {
          clerk::User user = userNamed("a").value();
          user.raw = std::to_string(version);
          return user;
        }));
      }
    });
  }
  for (int i = 1; i <= 500; ++i) {
    version = i;
    cache.forget("a");
    const auto user = cache.get("a", farAway, [&]() -> liveblocks::Result<clerk::User> {
      clerk::User fresh = userNamed("a").value();
      fresh.raw = std::to_string(version);
      return fresh;
    });
    if (!user || user->raw != std::to_string(i)) ++outdated;
  }
  isOver = true;
  for (auto& thread : threads) thread.join();
  CHECK(outdated == 0);
}

TEST_CASE_METHOD(ThreadedFixture, "many threads and few places") {
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

TEST_CASE_METHOD(AsyncFixture, "concurrent calls share one look-up") {
  std::vector<Outcome> outcomes;
  outcomes.reserve(1000);
  for (int i = 0; i < 1000; ++i) outcomes.push_back(start());
  CHECK(inFlight.size() == 1);
  complete(userNamed("a"));
  for (const Outcome& outcome : outcomes) REQUIRE(*outcome == Errc{});
  CHECK(form.scheduler()->pending() == 0);
}

TEST_CASE_METHOD(AsyncFixture, "calls after a user was to be forgotten wait for a look-up of their own") {
  const Outcome before = start();
  const Outcome alsoBefore = start();
  CHECK(inFlight.size() == 1);
  cache.forget("a");
  const Outcome after = start();
  REQUIRE(inFlight.size() == 2);
  const auto stale = inFlight[0];
  const auto fresh = inFlight[1];
  const bool staleIsFirst = GENERATE(true, false);
  (staleIsFirst ? stale : fresh)(userNamed("a"));
  form.scheduler()->run();
  CHECK((*before == Errc{}) == staleIsFirst);
  CHECK((*after == Errc{}) != staleIsFirst);
  (staleIsFirst ? fresh : stale)(userNamed(staleIsFirst ? "a" : "stale"));
  form.scheduler()->run();
  CHECK(*before == Errc{});
  CHECK(*alsoBefore == Errc{});
  CHECK(*after == Errc{});
  inFlight.clear();
  const Outcome last = start();
  CHECK(inFlight.empty());
  form.scheduler()->run();
  CHECK(*last == Errc{});
}

TEST_CASE_METHOD(AsyncFixture, "the cancellation of one call ends that call alone") {
  const liveblocks::CancellationSource source;
  const bool isLeader = GENERATE(true, false);
  const Outcome first = start(farAway, isLeader ? source.token() : liveblocks::CancellationToken());
  const Outcome second = start(farAway, isLeader ? liveblocks::CancellationToken() : source.token());
  source.cancel();
  form.scheduler()->run();
  CHECK(*(isLeader ? first : second) == Errc::cancelled);
  CHECK_FALSE(*(isLeader ? second : first));
  complete(userNamed("a"));
  CHECK(*(isLeader ? second : first) == Errc{});
  CHECK(loads == 1);
}

TEST_CASE_METHOD(AsyncFixture, "a call waits for another's look-up no longer than its own deadline") {
  const Outcome leader = start();
  const auto deadline = std::chrono::steady_clock::now() + seconds(5);
  const Outcome other = start(deadline);
  CHECK(*start(std::chrono::steady_clock::now()) == Errc::timeout);
  form.scheduler()->runUntil(deadline);
  CHECK(*other == Errc::timeout);
  CHECK_FALSE(*leader);
  complete(userNamed("a"));
  CHECK(*leader == Errc{});
}

TEST_CASE_METHOD(AsyncFixture, "a call with time left takes over from one that timed out") {
  const Outcome leader = start();
  const Outcome other = start();
  complete(liveblocks::Error{Errc::timeout, "cut"});
  CHECK(*leader == Errc::timeout);
  CHECK_FALSE(*other);
  complete(userNamed("a"));
  CHECK(*other == Errc{});
}

TEST_CASE_METHOD(AsyncFixture, "calls end when their look-up is cancelled, given up, or cannot begin") {
  const Outcome leader = start();
  const Outcome other = start();
  SECTION("cancelled") {
    complete(liveblocks::Error{Errc::cancelled, "stopped"});
    CHECK(*leader == Errc::cancelled);
    CHECK(*other == Errc::cancelled);
  }
  SECTION("given up") {
    inFlight.clear();
    form.scheduler()->run();
    CHECK(*leader == Errc::internal);
    CHECK(*other == Errc::internal);
  }
  SECTION("blocking transport") {
    transport->setScheduler(nullptr);
    CHECK(*start() == Errc::asyncUnsupported);
    complete(userNamed("a"));
    CHECK(*start() == Errc{});
  }
}

TEST_CASE_METHOD(AsyncFixture, "a call that was cancelled before begins no look-up") {
  const liveblocks::CancellationSource source;
  source.cancel();
  CHECK(*start(farAway, source.token()) == Errc::cancelled);
  CHECK(inFlight.empty());
}
