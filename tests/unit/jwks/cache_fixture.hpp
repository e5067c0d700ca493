/// A key cache with a scripted peer and a clock that stands still. Each test runs in both forms.
#pragma once

#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "both_forms.hpp"
#include "jwks/key_cache.hpp"
#include "log_lines.hpp"
#include "test_key.hpp"

namespace liveblocks_tests {

struct CacheFixture {
  using Fetched = liveblocks::Result<liveblocks::jwks::FetchedKeys>;
  using Deadline = liveblocks::Deadline;
  using CachePointer = std::shared_ptr<liveblocks::jwks::KeyCache>;

  /// What the peer answers from now on. Not to be changed while a fetch is under way.
  std::function<Fetched(Deadline)> peer = [](Deadline) { return good("k"); };
  std::atomic<int> fetches{0};
  /// Whether the last fetch was allowed several requests.
  std::atomic<bool> repeats{false};
  LogLines log;
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  BothForms form;
  std::shared_ptr<liveblocks::testing::FakeTransport> transport = transportOn(form.scheduler());
  /// Runs the peer of an asynchronous fetch.
  std::function<void(std::function<void()>)> runPeer = [this](std::function<void()> task) {
    transport->scheduler()->post(std::move(task));
  };
  CachePointer cache = cacheWith({});

  explicit CacheFixture(BothForms given = BothForms()) : form(std::move(given)) {}

  CachePointer cacheWith(const liveblocks::jwks::KeyCacheOptions& options,
                         std::chrono::milliseconds patience = std::chrono::seconds(4)) {
    liveblocks::jwks::KeyFetch fetch;
    fetch.wait = [this](Deadline deadline, const liveblocks::jwks::KeySet*, bool mayRepeat) {
      ++fetches;
      repeats = mayRepeat;
      return peer(deadline);
    };
    fetch.start = [this](Deadline deadline, const std::shared_ptr<const liveblocks::jwks::KeySet>&, bool mayRepeat,
                         liveblocks::jwks::KeySetCallback done) {
      ++fetches;
      repeats = mayRepeat;
      runPeer([this, deadline, done = std::move(done)] { done(answerOf(deadline)); });
    };
    return std::make_shared<liveblocks::jwks::KeyCache>(fetch, options, clock, log.callback(), "https://keys.test/jwks",
                                                        patience);
  }

  static std::shared_ptr<liveblocks::testing::FakeTransport> transportOn(
      std::shared_ptr<liveblocks::http::Scheduler> scheduler) {
    auto transport = std::make_shared<liveblocks::testing::FakeTransport>();
    transport->setScheduler(std::move(scheduler));
    return transport;
  }

  /// A set with the shared key under one id.
  static Fetched good(const std::string& keyId, std::optional<std::chrono::seconds> maxAge = std::nullopt) {
    auto set = liveblocks::jwks::KeySet::parse(keySet({sharedKey().jwk(keyId)})).value();
    return liveblocks::jwks::FetchedKeys{std::make_shared<const liveblocks::jwks::KeySet>(std::move(set)), maxAge};
  }

  static Fetched bad(int status = 503, std::optional<std::chrono::seconds> retryAfter = std::nullopt) {
    return liveblocks::Error{liveblocks::Errc::upstream, "status", status, retryAfter};
  }

  /// A peer that never answers.
  static Fetched silent(Deadline deadline) {
    std::this_thread::sleep_until(deadline);
    return liveblocks::Error{liveblocks::Errc::timeout, "silent"};
  }

  static Deadline in(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

  liveblocks::Result<liveblocks::jwks::KeyPointer> find(const CachePointer& in, const std::string& keyId,
                                                        Deadline deadline) const {
    return form.run<liveblocks::Result<liveblocks::jwks::KeyPointer>>(
        [&] { return in->find(keyId, deadline); },
        [&](auto done) {
          in->findAsync(keyId, {transport, deadline}, done);
        });
  }

  /// The code of what a look-up ends with; zero for a key.
  liveblocks::Errc find(const std::string& keyId, std::chrono::milliseconds time = std::chrono::seconds(20)) const {
    const auto key = find(cache, keyId, in(time));
    return key ? liveblocks::Errc{} : key.error().code;
  }

  liveblocks::Result<void> refresh(Deadline deadline) const {
    using Outcome = liveblocks::Result<liveblocks::jwks::KeyPointer>;
    if (!form.isAsync()) return cache->refresh(deadline);
    const auto refreshed = BothForms::outcomeOf<Outcome>(*form.scheduler(), [&](auto done) {
      cache->refreshAsync({transport, deadline}, done);
    });
    return refreshed ? liveblocks::Result<void>() : refreshed.error();
  }

  liveblocks::Errc findLocally(const std::string& keyId) {
    const auto key = cache->findLocally(keyId);
    if (!key) return liveblocks::Errc::keysUnavailable;
    return *key ? liveblocks::Errc{} : key->error().code;
  }

 private:
  Fetched answerOf(Deadline deadline) const {
    try {
      return peer(deadline);
    } catch (...) {
      return liveblocks::Error{liveblocks::Errc::internal, "an exception was thrown"};
    }
  }
};

}  // namespace liveblocks_tests
