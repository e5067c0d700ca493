/// Keys that are fetched, aged and replaced. See docs/adr/0003-key-cache.md.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/jwks/key_cache_options.hpp>

#include "core/outage_log.hpp"
#include "jwks/key_set.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {

/// The longest that one caller waits where keys are there that can still be used.
constexpr std::chrono::milliseconds maxGraceFetch{2000};
constexpr std::chrono::milliseconds maxSoftFetch{1000};

/// Gets the key set anew, by the deadline; `previous`, the set in use, may be null.
using Fetch = std::function<Result<FetchedKeys>(Deadline deadline, const KeySet* previous)>;

/// Holds one key set at a time and fetches the next one on a caller's thread: never two fetches at once, none after a
/// failure until a back-off has passed. Thread-safe; nothing is locked during a fetch.
class KeyCache {
 public:
  /// Does no I/O. `source` tells the log where the keys are fetched from. A server that did not respond within
  /// `patience` has failed, even where only the caller's deadline cut the fetch.
  KeyCache(Fetch fetch, const KeyCacheOptions& options, std::shared_ptr<const Clock> clock, const Log& log,
           std::string source, std::chrono::milliseconds patience = std::chrono::seconds(4));

  /// The key of that id. `Errc::unknownKey` when the set has none and may not be fetched again yet, else an error that
  /// says why there is no set.
  Result<KeyPointer> find(std::string_view keyId, Deadline deadline);

  /// The same without I/O: `Errc::keysUnavailable` where `find()` would fetch and depend on the outcome.
  Result<KeyPointer> findLocally(std::string_view keyId);

  /// Fetches the set now, unless the back-off forbids it.
  Result<void> refresh(Deadline deadline);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  using Lock = std::unique_lock<std::mutex>;

  /// `grace`: too old, but usable while no newer set can be had.
  enum class Age { fresh, soft, grace, dead };
  enum class Step { finish, fetch, join };
  /// A fetch that its leader's time ended early, or this program, says nothing about the server. After `cut` whoever
  /// has waited tries again, after `cancelled` nobody does: it would be cancelled, too.
  enum class Outcome { success, failure, cut, cancelled };

  struct Plan {
    Step step;
    std::chrono::milliseconds budget{0};
  };

  class Flight;

  /// One caller's way through the cache.
  struct Visit {
    Deadline deadline;
    /// When it first had to wait.
    std::optional<Deadline> begun = std::nullopt;
    /// It has seen a fetch through, and makes no second one.
    bool settled = false;
    /// It has waited for a fetch that was cut, and may make its own at once.
    bool takesOver = false;
    std::optional<Error> error = std::nullopt;
  };

  Age ageAt(Moment now) const noexcept;
  bool isResting(Moment now) const noexcept;
  bool isCoolingDown(Moment now) const noexcept;
  std::chrono::milliseconds rest(Moment now) const noexcept;

  Plan plan(bool found, Moment now, const Visit& visit) const noexcept;
  Plan planForUnknownKey(Moment now, const Visit& visit) const noexcept;
  Result<KeyPointer> outcome(KeyPointer key, const Visit& visit) const;
  void follow(Plan next, Lock& lock, Visit& visit);
  void giveUp(Visit& visit) const;
  void join(Lock& lock, Visit& visit, Deadline limit);
  void lead(Lock& lock, Visit& visit, Deadline limit);
  Result<FetchedKeys> callFetch(Deadline limit, const KeySet* previous) const;
  void accept(const FetchedKeys& fetched);
  void reject(const Error& error);
  Error unavailable() const;
  /// What the log is told of a failed fetch.
  std::string describe(const std::string& reason) const;
  void report(const Result<FetchedKeys>& fetched, const std::string& failure);

  const Fetch fetch_;
  const KeyCacheOptions options_;
  const std::chrono::milliseconds patience_;
  const std::shared_ptr<const Clock> clock_;
  const Log log_;
  const std::string source_;
  logging::OutageLog outage_;

  std::mutex mutex_;
  std::condition_variable landed_;
  bool fetching_ = false;
  std::uint64_t landings_ = 0;
  Outcome lastOutcome_ = Outcome::success;

  std::shared_ptr<const KeySet> keys_;
  Moment fetchedAt_{};
  std::chrono::seconds softAge_;

  std::optional<Moment> attemptedAt_;
  /// Since the last set came.
  std::uint64_t attempts_ = 0;
  int failures_ = 0;
  Moment failedAt_{};
  std::chrono::milliseconds backOff_{};
  std::chrono::seconds retryAfter_{};
  std::optional<Error> lastError_;
  std::minstd_rand random_;
};

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
