#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "cache_fixture.hpp"
#include "catch.hpp"
#include "scheduler_thread.hpp"

using namespace std::chrono_literals;
using liveblocks::Errc;
using liveblocks::Result;
using liveblocks_tests::BothForms;
using liveblocks_tests::CacheFixture;
using liveblocks_tests::Form;
using liveblocks_tests::SchedulerThread;

namespace {

constexpr Errc found{};

/// Holds whoever waits until it is opened.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
  }
  /// Until that many are waiting.
  void awaitVisitors(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int waiting_ = 0;
};

enum class Callers { blocking, asynchronous, mixed };

/// Callers on several threads. Those that are asynchronous are resumed on another one, and a thread for each fetch
/// waits for the peer.
struct ThreadedFixture : CacheFixture {
  ThreadedFixture() : CacheFixture(BothForms(Form::blocking)) {
    // Not owned: its own thread must not be the last one to know it.
    transport->setScheduler({&scheduler, [](liveblocks::http::Scheduler*) {}});
    runPeer = [this](std::function<void()> task) {
      const std::lock_guard lock(mutex);
      peers.emplace_back(std::move(task));
    };
  }

  ~ThreadedFixture() {
    for (auto& thread : peers) thread.join();
  }

  Errc find(const std::string& keyId, std::chrono::milliseconds time = 20s) {
    const bool isAsync = callers == Callers::asynchronous || (callers == Callers::mixed && ++calls % 2 == 0);
    return isAsync ? findAsync(keyId, in(time)) : CacheFixture::find(keyId, time);
  }

  Errc findAsync(const std::string& keyId, Deadline deadline) {
    const auto outcome = std::make_shared<std::promise<Errc>>();
    cache->findAsync(keyId, {transport, deadline}, [outcome](const Result<liveblocks::jwks::KeyPointer>& key) {
      outcome->set_value(key ? found : key.error().code);
    });
    return outcome->get_future().get();
  }

  /// The outcomes of that many threads that look for the key at once.
  std::vector<Errc> findInThreads(int count, const std::string& keyId) {
    std::vector<Errc> outcomes(static_cast<std::size_t>(count), Errc::internal);
    std::vector<std::thread> threads;
    threads.reserve(outcomes.size());
    for (Errc& outcome : outcomes) {
      threads.emplace_back([this, &outcome, keyId] { outcome = find(keyId); });
    }
    for (auto& thread : threads) thread.join();
    return outcomes;
  }

  Callers callers = GENERATE(Callers::blocking, Callers::asynchronous, Callers::mixed);
  std::atomic<int> calls{0};
  SchedulerThread scheduler;
  std::mutex mutex;
  std::vector<std::thread> peers;
};

}  // namespace

TEST_CASE_METHOD(ThreadedFixture, "a hundred threads that find the cache cold make one fetch") {
  CHECK(findInThreads(100, "k") == std::vector<Errc>(100, found));
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(ThreadedFixture, "a hundred threads share the failure of one fetch") {
  peer = [](Deadline) { return bad(); };
  CHECK(findInThreads(100, "k") == std::vector<Errc>(100, Errc::keysUnavailable));
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(ThreadedFixture, "threads that ask for a rotated key share one fetch") {
  find("k");
  peer = [](Deadline) { return good("new"); };
  clock->advance(30s);
  CHECK(findInThreads(20, "new") == std::vector<Errc>(20, found));
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(ThreadedFixture, "a soft refresh keeps nobody else waiting") {
  find("k");
  Gate gate;
  peer = [&](Deadline) {
    gate.wait();
    return good("k");
  };
  clock->advance(300s);
  std::thread leader([&] { find("k"); });
  gate.awaitVisitors(1);
  CHECK(find("k") == found);
  CHECK(fetches == 2);
  gate.open();
  leader.join();
}

TEST_CASE_METHOD(ThreadedFixture, "while a fetch is under way, a fresh key is found without waiting for it") {
  find("k");
  Gate gate;
  peer = [&](Deadline) {
    gate.wait();
    return good("k");
  };
  std::thread leader([&] { static_cast<void>(cache->refresh(in(20s))); });
  gate.awaitVisitors(1);
  CHECK(find("k", 0ms) == found);
  CHECK(findLocally("k") == found);
  gate.open();
  leader.join();
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(ThreadedFixture, "while a fetch is under way, the local look-up refuses no key that it may bring") {
  find("k");
  clock->advance(30s);
  Gate gate;
  peer = [&](Deadline) {
    gate.wait();
    return good("new");
  };
  std::thread leader([&] { find("new"); });
  gate.awaitVisitors(1);
  CHECK(findLocally("new") == Errc::keysUnavailable);
  gate.open();
  leader.join();
  CHECK(findLocally("new") == found);
  CHECK(findLocally("invented") == Errc::unknownKey);
}

namespace {

/// A clock that has something done whenever the thread that made it reads the time.
struct InterruptedClock : liveblocks::testing::ManualClock {
  std::chrono::steady_clock::time_point steady() const override {
    if (interrupt && std::this_thread::get_id() == thread) interrupt();
    return ManualClock::steady();
  }

  std::function<void()> interrupt;
  const std::thread::id thread = std::this_thread::get_id();
};

}  // namespace

TEST_CASE_METHOD(CacheFixture, "fresh keys are found while another thread has locked the cache") {
  const auto interrupted = std::make_shared<InterruptedClock>();
  clock = interrupted;
  cache = cacheWith({});
  find("k");
  std::vector<Errc> outcomes;
  // A look-up of an unknown key reads the time while it plans what to do.
  interrupted->interrupt = [&] {
    std::thread([&] {
      const auto code = [](const auto& key) { return key ? found : key.error().code; };
      outcomes.push_back(code(cache->find("k", in(0ms))));
      outcomes.push_back(code(cache->findNow("k", in(0ms)).value()));
      outcomes.push_back(findLocally("k"));
    }).join();
  };
  CHECK(cache->find("unknown", in(20s)).error().code == Errc::unknownKey);
  CHECK(outcomes.size() >= 3);
  CHECK(outcomes == std::vector<Errc>(outcomes.size(), found));
}

TEST_CASE_METHOD(ThreadedFixture, "who waits for a fetch waits until his own deadline only") {
  Gate gate;
  peer = [&](Deadline) {
    gate.wait();
    return good("k");
  };
  std::thread leader([&] { find("k"); });
  gate.awaitVisitors(1);
  CHECK(find("k", 10ms) == Errc::timeout);
  CHECK(cache->refresh(in(10ms)).error().code == Errc::timeout);
  gate.open();
  leader.join();
  CHECK(find("k") == found);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(ThreadedFixture, "beyond the hard age who waits in vain uses the old keys") {
  find("k");
  Gate gate;
  peer = [&](Deadline) {
    gate.wait();
    return good("k");
  };
  clock->advance(600s);
  std::thread leader([&] { find("k"); });
  gate.awaitVisitors(1);
  CHECK(find("k", 10ms) == found);
  gate.open();
  leader.join();
}

TEST_CASE_METHOD(ThreadedFixture, "a waiter takes over when the leader's deadline cuts the fetch") {
  Gate gate;
  std::atomic<bool> first{true};
  peer = [&](Deadline deadline) -> Fetched {
    if (!first.exchange(false)) return good("k");
    gate.wait();
    return silent(deadline);
  };
  Errc leaders = found;
  std::thread leader([&] { leaders = find("k", 100ms); });
  gate.awaitVisitors(1);
  Errc waiters = Errc::internal;
  std::thread waiter([&] { waiters = find("k"); });
  gate.open();
  leader.join();
  waiter.join();
  // If the waiter has the key before the leader looks once more, the leader has it, too.
  CHECK((leaders == Errc::timeout || leaders == found));
  CHECK(waiters == found);
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(ThreadedFixture,
                 "a fetch that is cancelled ends all who wait for it, and none of them fetches twice") {
  Gate gate;
  peer = [&](Deadline) -> Fetched {
    gate.wait();
    return liveblocks::Error{Errc::cancelled, "stopped"};
  };
  std::thread opener([&] {
    gate.awaitVisitors(1);
    gate.open();
  });
  CHECK(findInThreads(50, "k") == std::vector<Errc>(50, Errc::cancelled));
  CHECK(fetches <= 50);
  opener.join();
}

TEST_CASE_METHOD(ThreadedFixture, "a leader that throws leaves nobody waiting") {
  Gate gate;
  peer = [&](Deadline) -> Fetched {
    gate.wait();
    throw std::runtime_error("thrown");
  };
  Errc leaders = found;
  std::thread leader([&] { leaders = find("k"); });
  gate.awaitVisitors(1);
  std::thread opener([&] { gate.open(); });
  CHECK(find("k") == Errc::keysUnavailable);
  leader.join();
  opener.join();
  CHECK(leaders == Errc::keysUnavailable);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(ThreadedFixture, "look-ups, refreshes and rotations go together") {
  std::atomic<int> generation{0};
  peer = [&](Deadline) -> Fetched {
    const int current = ++generation;
    if (current % 5 == 0) return bad();
    return good("k");
  };
  find("k");
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  threads.reserve(6);
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 30; ++n) {
        if (i == 0) clock->advance(100s);
        if (i == 1) static_cast<void>(cache->refresh(in(1s)));
        if (i == 2) findLocally("k");
        if (i > 2 && find("k") != found) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}
