// What only asynchronous calls can do to the key cache. The rules that both forms share are in key_cache_test.cpp.

#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/http/stoppable_transport.hpp>

#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "cache_fixture.hpp"
#include "catch.hpp"

using namespace std::chrono_literals;
using liveblocks::CancellationSource;
using liveblocks::CancellationToken;
using liveblocks::Deadline;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::Result;
using liveblocks::jwks::KeyPointer;
using liveblocks_tests::BothForms;
using liveblocks_tests::CacheFixture;
using liveblocks_tests::Form;

namespace {

constexpr Errc found{};

struct AsyncFixture : CacheFixture {
  /// The code of each call, once it has come.
  using Outcome = std::shared_ptr<std::optional<Errc>>;

  AsyncFixture() : CacheFixture(BothForms(Form::asynchronous)) {
    // Fetches wait until the test completes them.
    runPeer = [this](std::function<void()> task) { peers.push_back(std::move(task)); };
  }

  Outcome start(const std::string& keyId, Deadline deadline, CancellationToken cancellation = {}) {
    auto outcome = std::make_shared<std::optional<Errc>>();
    cache->findAsync(keyId, {transport, deadline, std::move(cancellation)}, [outcome](const Result<KeyPointer>& key) {
      CHECK_FALSE(outcome->has_value());
      outcome->emplace(key ? found : key.error().code);
    });
    return outcome;
  }

  Outcome start(const std::string& keyId = "k", CancellationToken cancellation = {}) {
    return start(keyId, in(20s), std::move(cancellation));
  }

  /// Completes the fetches that have begun, and runs what is due.
  void completeFetches() {
    for (const auto& peerTask : std::exchange(peers, {})) peerTask();
    form.scheduler()->run();
  }

  /// Fetches the set.
  void warmUp() {
    start();
    completeFetches();
  }

  std::vector<std::function<void()>> peers;
};

}  // namespace

TEST_CASE_METHOD(AsyncFixture, "ten thousand calls join one fetch") {
  std::vector<Outcome> outcomes;
  outcomes.reserve(10000);
  for (int i = 0; i < 10000; ++i) outcomes.push_back(start());
  form.scheduler()->run();
  CHECK(fetches == 1);
  for (const Outcome& outcome : outcomes) REQUIRE_FALSE(*outcome);
  completeFetches();
  for (const Outcome& outcome : outcomes) REQUIRE(*outcome == found);
  CHECK(fetches == 1);
  CHECK(form.scheduler()->pending() == 0);
}

TEST_CASE_METHOD(AsyncFixture, "a key that is there is handed over within the call") {
  warmUp();
  CHECK(*start() == found);
}

TEST_CASE_METHOD(AsyncFixture, "the cancellation of the call that fetches ends that call alone") {
  const CancellationSource source;
  const Outcome leader = start("k", source.token());
  const Outcome other = start();
  source.cancel();
  CHECK_FALSE(*leader);
  form.scheduler()->run();
  CHECK(*leader == Errc::cancelled);
  CHECK_FALSE(*other);
  completeFetches();
  CHECK(*other == found);
  CHECK(fetches == 1);
  CHECK(form.scheduler()->pending() == 0);
}

TEST_CASE_METHOD(AsyncFixture, "the cancellation of a call that waits ends that call alone") {
  const CancellationSource source;
  const Outcome leader = start();
  const Outcome other = start("k", source.token());
  source.cancel();
  form.scheduler()->run();
  CHECK(*other == Errc::cancelled);
  completeFetches();
  CHECK(*leader == found);
  CHECK(*other == Errc::cancelled);
}

TEST_CASE_METHOD(AsyncFixture, "a call that was cancelled before begins no fetch, and still gets a key that is there") {
  const CancellationSource source;
  source.cancel();
  CHECK(*start("k", source.token()) == Errc::cancelled);
  CHECK(fetches == 0);
  warmUp();
  CHECK(*start("k", source.token()) == found);
}

TEST_CASE_METHOD(AsyncFixture, "a call waits until its own deadline only") {
  const Outcome leader = start();
  const Outcome other = start("k", in(10s));
  form.scheduler()->runUntil(in(10s));
  CHECK(*other == Errc::timeout);
  CHECK_FALSE(*leader);
  completeFetches();
  CHECK(*leader == found);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(AsyncFixture, "beyond the hard age a call that waits in vain uses the old keys") {
  warmUp();
  clock->advance(600s);
  const Outcome leader = start();
  const Outcome other = start();
  form.scheduler()->runUntil(in(2s));
  CHECK(*other == found);
  CHECK_FALSE(*leader);
  completeFetches();
  CHECK(*leader == found);
}

TEST_CASE_METHOD(AsyncFixture,
                 "beyond the hard age a call with more time does not take over from one that waited in vain") {
  warmUp();
  clock->advance(600s);
  peer = [](Deadline) -> Fetched { return Error{Errc::timeout, "silent"}; };
  const Deadline end = in(2s);
  const Outcome leader = start();
  Outcome other;
  form.scheduler()->runAt(end - 1s, [this, &other] { other = start(); });
  form.scheduler()->runAt(end, [this] { std::exchange(peers, {}).front()(); });
  form.scheduler()->runUntil(end + 500ms);
  CHECK(*leader == found);
  CHECK(*other == found);
  CHECK(*start() == found);
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(AsyncFixture, "a soft refresh keeps no other call waiting") {
  warmUp();
  clock->advance(300s);
  const Outcome leader = start();
  CHECK_FALSE(*leader);
  CHECK(*start() == found);
  completeFetches();
  CHECK(*leader == found);
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(AsyncFixture, "a call takes over when the deadline of another one cuts the fetch") {
  peer = silent;
  const Outcome leader = start("k", in(10ms));
  const Outcome other = start();
  completeFetches();
  CHECK(*leader == Errc::timeout);
  CHECK_FALSE(*other);
  peer = [](Deadline) { return good("k"); };
  completeFetches();
  CHECK(*other == found);
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(AsyncFixture, "the time of the scheduler decides whether a deadline cut a fetch") {
  // A transport may be late, or a little early.
  const auto lateness = GENERATE(as<std::chrono::milliseconds>(), 1000, -1);
  peer = [](Deadline) -> Fetched { return Error{Errc::timeout, "silent"}; };
  const Deadline deadline = in(1s);
  const Outcome leader = start("k", deadline);
  const Outcome other = start("k", in(60s));
  form.scheduler()->runAt(deadline + lateness, [this] { std::exchange(peers, {}).front()(); });
  form.scheduler()->runUntil(in(3s));
  CHECK(*leader == Errc::timeout);
  CHECK_FALSE(*other);
  peer = [](Deadline) { return good("k"); };
  completeFetches();
  CHECK(*other == found);
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(AsyncFixture, "a transport that is stopped ends all calls, and none of them fetches again") {
  peer = [](Deadline) -> Fetched { return Error{Errc::cancelled, "stopped"}; };
  const std::vector<Outcome> outcomes{start(), start(), start()};
  completeFetches();
  for (const Outcome& outcome : outcomes) CHECK(*outcome == Errc::cancelled);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(AsyncFixture, "a loop that ends runs its timers early, and the calls end as cancelled") {
  const auto stoppable = std::make_shared<liveblocks::http::StoppableTransport>(transport);
  const Outcome leader = start();
  std::optional<Errc> code;
  cache->findAsync("k", {stoppable, in(20s)}, [&](const Result<KeyPointer>& key) { code = key.error().code; });
  stoppable->stop();
  form.scheduler()->runUntil((Deadline::max)());
  CHECK(code == Errc::cancelled);
  completeFetches();
}

TEST_CASE_METHOD(AsyncFixture, "clients who hang up cause no more fetches than others") {
  warmUp();
  clock->advance(30s);
  for (int i = 0; i < 100; ++i) {
    const CancellationSource source;
    const Outcome outcome = start("invented" + std::to_string(i), source.token());
    source.cancel();
    form.scheduler()->run();
    if (i % 10 == 9) completeFetches();
    CHECK((*outcome == Errc::cancelled || *outcome == Errc::unknownKey));
  }
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(AsyncFixture,
                 "a transport that can only block is an error where keys must be fetched, and no attempt") {
  transport->setScheduler(nullptr);
  CHECK(*start() == Errc::asyncUnsupported);
  CHECK(fetches == 0);
  CHECK(cache->find("k", in(1s)));
  clock->advance(300s);
  CHECK(*start() == found);
  clock->advance(300s);
  CHECK(*start() == found);
  CHECK(*start("new") == Errc::asyncUnsupported);
  CHECK(fetches == 1);
  REQUIRE(log.lines->size() == 3);
  const std::string remedy = "the transport can only block: asynchronous calls need one with a loop";
  CHECK_THAT((*log.lines)[0].second, ContainsSubstring(remedy));
  CHECK_THAT((*log.lines)[1].second, ContainsSubstring("there again"));
  CHECK_THAT((*log.lines)[2].second, ContainsSubstring(remedy));
}

TEST_CASE_METHOD(AsyncFixture, "a source that can only be fetched by blocking counts no attempt") {
  liveblocks::jwks::KeyFetch fetch;
  fetch.wait = [](Deadline, const liveblocks::jwks::KeySet*, bool) { return good("k"); };
  cache = std::make_shared<liveblocks::jwks::KeyCache>(fetch, liveblocks::jwks::KeyCacheOptions{}, clock,
                                                       log.callback(), "x");
  const Outcome outcome = start();
  form.scheduler()->run();
  CHECK(*outcome == Errc::asyncUnsupported);
  CHECK(cache->find("k", in(1s)));
}

TEST_CASE_METHOD(AsyncFixture, "a fetch that is given up without an end is a failure, and leaves no call waiting") {
  const Outcome leader = start();
  const Outcome other = start();
  peers.clear();
  form.scheduler()->run();
  CHECK(*leader == Errc::keysUnavailable);
  CHECK(*other == Errc::keysUnavailable);
  clock->advance(1s);
  warmUp();
  CHECK(*start() == found);
}

TEST_CASE_METHOD(AsyncFixture, "a fetch that cannot be begun is a failure") {
  runPeer = [](const std::function<void()>&) { throw std::runtime_error("no loop"); };
  const Outcome outcome = start();
  form.scheduler()->run();
  CHECK(*outcome == Errc::keysUnavailable);
}

TEST_CASE_METHOD(AsyncFixture, "the calls keep the cache alive") {
  const Outcome outcome = start();
  cache.reset();
  completeFetches();
  CHECK(*outcome == found);
}

TEST_CASE_METHOD(AsyncFixture, "a blocking caller and a call wait for each other's fetches") {
  const Outcome leader = start();
  Errc blocking = Errc::internal;
  std::thread caller([&] {
    const auto key = cache->find("k", in(20s));
    blocking = key ? found : key.error().code;
  });
  completeFetches();
  caller.join();
  CHECK(*leader == found);
  CHECK(blocking == found);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(AsyncFixture, "callers with short deadlines do not follow each other while the server hangs") {
  const bool hasKeys = GENERATE(true, false);
  bool hangs = false;
  int count = 0;
  liveblocks::jwks::KeyFetch fetch;
  fetch.start = [&](Deadline deadline, const std::shared_ptr<const liveblocks::jwks::KeySet>&, bool,
                    const liveblocks::jwks::KeySetCallback& done) {
    ++count;
    if (!hangs) return done(good("k"));
    form.scheduler()->runAt(deadline, [done] { done(Error{Errc::timeout, "silent"}); });
  };
  cache = std::make_shared<liveblocks::jwks::KeyCache>(fetch, liveblocks::jwks::KeyCacheOptions{}, clock, nullptr, "x");
  if (hasKeys) warmUp();
  clock->advance(30s);
  hangs = true;
  count = 0;
  const Deadline begin = in(0s);
  std::vector<Outcome> outcomes;
  for (auto time = 0s; time < 29s; time += 1s) {
    form.scheduler()->runUntil(begin + time);
    outcomes.push_back(start("invented", begin + time + 3s));
    clock->advance(1s);
  }
  form.scheduler()->runUntil(begin + 60s);
  for (const Outcome& outcome : outcomes) CHECK(*outcome);
  // Within the patience of 4 s: the first one, and those that take over. Without keys again after each back-off.
  CHECK(count <= (hasKeys ? 4 : 14));
  CHECK(count > 1);
}
