/// A key cache with a scripted peer and a clock that stands still.
#pragma once

#include <liveblocks/testing/manual_clock.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "jwks/key_cache.hpp"
#include "log_lines.hpp"
#include "test_key.hpp"

namespace liveblocks_tests {

struct CacheFixture {
  using Fetched = liveblocks::Result<liveblocks::jwks::FetchedKeys>;
  using Deadline = liveblocks::Deadline;

  /// What the peer answers from now on. Not to be changed while a fetch is under way.
  std::function<Fetched(Deadline)> peer = [](Deadline) { return good("k"); };
  std::atomic<int> fetches{0};
  LogLines log;
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  liveblocks::jwks::KeyCache cache = cacheWith({});

  liveblocks::jwks::KeyCache cacheWith(const liveblocks::jwks::KeyCacheOptions& options,
                                       std::chrono::milliseconds patience = std::chrono::seconds(4)) {
    const auto fetch = [this](Deadline deadline, const liveblocks::jwks::KeySet*) {
      ++fetches;
      return peer(deadline);
    };
    return {{fetch}, options, clock, log.callback(), "https://keys.test/jwks", patience};
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

  /// The code of what a look-up ends with; zero for a key.
  liveblocks::Errc find(const std::string& keyId, std::chrono::milliseconds time = std::chrono::seconds(20)) {
    const auto key = cache.find(keyId, in(time));
    return key ? liveblocks::Errc{} : key.error().code;
  }

  liveblocks::Errc findLocally(const std::string& keyId) {
    const auto key = cache.findLocally(keyId);
    if (!key) return liveblocks::Errc::keysUnavailable;
    return *key ? liveblocks::Errc{} : key->error().code;
  }
};

}  // namespace liveblocks_tests
