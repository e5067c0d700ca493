/// Keys that are fetched, aged and replaced. See docs/adr/0003-key-cache.md.
#pragma once

#include <chrono>
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

#include "core/event_sink.hpp"
#include "core/logging.hpp"
#include "http/parked_call.hpp"
#include "jwks/aging_keys.hpp"
#include "jwks/key_set.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {

/// The longest that one caller waits where keys are there that can still be used.
constexpr std::chrono::milliseconds maxGraceFetch{2000};
constexpr std::chrono::milliseconds maxSoftFetch{1000};
constexpr std::chrono::milliseconds defaultPatience{4000};

/// Gets the key set anew, by the deadline. The set in use, `previous`, may be null. A passing trouble is only worth
/// another request at once if it is the first: with `repeats`.
struct KeyFetch {
  /// Blocks.
  std::function<Result<FetchedKeys>(Deadline deadline, const KeySet* previous, bool repeats)> wait;
  /// Returns at once. Calls `done` once, within the call only if nothing can be fetched without blocking.
  std::function<void(Deadline deadline, std::shared_ptr<const KeySet> previous, bool repeats, KeySetCallback done)>
      start = {};
};

/// Holds one key set at a time and fetches the next one when a caller needs it, on its thread or asynchronously: never
/// two fetches at once, none after a failure until a back-off has passed. Thread-safe; nothing is locked during a
/// fetch, nor to find a key of a fresh set.
///
/// A blocking and an asynchronous call differ in how they wait; `decide()`, `settle()` and `outcome()` are the rules of
/// both. An asynchronous fetch belongs to all who wait for it: it goes on when the call that began it is cancelled, so
/// that clients who hang up cannot cause one fetch after another.
class KeyCache : public std::enable_shared_from_this<KeyCache> {
 public:
  using Done = std::function<void(Result<KeyPointer>)>;

  /// Does no I/O. `source` tells the log where the keys are fetched from. A server that did not respond within
  /// `patience` has failed, even where only the caller's deadline cut the fetch.
  /// The sink, which may be null, is told of the look-ups.
  KeyCache(KeyFetch fetch, const KeyCacheOptions& options, std::shared_ptr<const Clock> clock, const Log& log,
           std::string source, std::chrono::milliseconds patience = defaultPatience,
           liveblocks::detail::EventSinkPointer events = {});

  /// The key of that id. `Errc::unknownKey` when the set has none and may not be fetched again yet, else an error that
  /// says why there is no set.
  Result<KeyPointer> find(std::string_view keyId, Deadline deadline);

  /// The same if it takes no waiting; else nullopt, and `findAsync()` goes on from there.
  std::optional<Result<KeyPointer>> findNow(std::string_view keyId, Deadline deadline);

  /// The same without blocking, for a cache in a `shared_ptr`. Calls `done`, which must not throw, once: on the thread
  /// of the scheduler, or within this call if it takes no waiting after all.
  void findAsync(std::string_view keyId, const http::detail::AsyncWait& wait, Done done);

  /// The same without I/O: nullopt where `find()` would fetch and depend on the outcome.
  std::optional<Result<KeyPointer>> findLocally(std::string_view keyId);

  /// Fetches the set now, unless the back-off forbids it.
  Result<void> refresh(Deadline deadline);

  /// The same without blocking, as `findAsync()`. There is no key in the result.
  void refreshAsync(const http::detail::AsyncWait& wait, Done done);

 private:
  friend class KeyVisit;
  friend class StartedFetch;
  using Age = AgingKeys::Age;
  using Moment = AgingKeys::Moment;
  using Lock = std::unique_lock<std::mutex>;

  enum class Step { finish, fetch, join };
  /// A fetch that its leader's time ended early, or this program, says nothing about the server. After `cut` whoever
  /// has waited tries again, after `cancelled` nobody does: it would be cancelled, too.
  enum class Outcome { success, failure, cut, cancelled };

  struct Plan {
    Step step;
    std::chrono::milliseconds budget{0};
  };

  /// One caller's way through the cache.
  struct Visit {
    /// nullopt: it refreshes the set.
    std::optional<std::string_view> keyId;
    Deadline deadline;
    /// When it first had to wait.
    std::optional<Deadline> begun = std::nullopt;
    /// It has seen a fetch through, and makes no second one.
    bool settled = false;
    /// It has waited for a fetch that was cut, and may make its own at once.
    bool takesOver = false;
    /// If it takes over: since when the server has been silent.
    Deadline silentSince{};
    std::optional<Error> error = std::nullopt;
    /// The key at the last look, and whether it was not fresh.
    KeyPointer key = nullptr;
    bool isStale = false;
  };

  /// One fetch, for all who wait for it.
  struct Flight {
    Deadline begun;
    /// When the first fetch began of those that took over from one another.
    Deadline silentSince;
    Deadline limit;
    /// Whether the limit is the deadline of the caller who began it.
    bool isLimitedByCaller = false;
    std::shared_ptr<const KeySet> previous;
    /// Whether the fetch before it succeeded, if there was one.
    bool repeats = true;
    Moment attemptedAt;
    /// When the fetch before it was tried.
    std::optional<Moment> attemptBefore;
    Outcome outcome = Outcome::cut;
    /// For the caller who began it. Until it has landed: that of a fetch that came to no end.
    std::optional<Error> error;
    http::detail::Rendezvous rendezvous = {};
  };
  using FlightPointer = std::shared_ptr<Flight>;

  /// At its end a fetch is not under way any more, however it came to it, and all go on who wait for it.
  class TouchDown {
   public:
    TouchDown(KeyCache& cache, Flight& flight) noexcept : cache_(cache), flight_(flight) {}
    TouchDown(const TouchDown&) = delete;
    TouchDown& operator=(const TouchDown&) = delete;
    ~TouchDown();

   private:
    http::detail::Rendezvous::ParkedCalls end() noexcept;

    KeyCache& cache_;
    Flight& flight_;
  };

  /// Without the lock. Tells of a hit.
  KeyPointer findFresh(std::string_view keyId) const;
  /// The outcome of a visit that did not wait. Releases the lock.
  Result<KeyPointer> conclude(Lock& lock, const Visit& visit) const;
  /// Tells of a look-up that did not find a fresh key at once. Without the lock.
  void tell(const Visit& visit, const Result<KeyPointer>& found) const noexcept;

  bool isResting(Moment now) const noexcept;
  bool isCoolingDown(Moment now) const noexcept;
  std::chrono::milliseconds rest(Moment now) const noexcept;

  /// @{
  /// What a visit does next. All of it under the lock.
  Plan decide(Visit& visit) const;
  Plan plan(bool found, Moment now, const Visit& visit) const noexcept;
  Plan planForUnknownKey(Moment now, const Visit& visit) const noexcept;
  Plan planForRefresh(Moment now, const Visit& visit) const noexcept;
  static Deadline limitOf(const Plan& next, Visit& visit, Deadline now) noexcept;
  void giveUp(Visit& visit, Deadline limit) const;
  FlightPointer makeFlight(const Visit& visit, Deadline limit, Deadline now) const;
  void takeOff(const FlightPointer& flight) noexcept;
  /// Returns what the log is told of a failure.
  std::string settle(Flight& flight, const Result<FetchedKeys>& fetched, Deadline now);
  void seeThrough(Visit& visit, const Flight& flight, bool hasLed) const;
  Result<KeyPointer> outcome(const Visit& visit) const;
  /// @}

  /// @{
  /// The blocking driver; `KeyVisit` is the asynchronous one.
  Result<KeyPointer> follow(Visit& visit);
  void join(Lock& lock, Visit& visit, Deadline limit);
  void lead(Lock& lock, Visit& visit, Deadline limit);
  Result<FetchedKeys> callFetch(const Flight& flight) const;
  /// @}

  /// Takes the new set or the failure, and tells the log.
  void take(Flight& flight, const Result<FetchedKeys>& fetched, Deadline now);
  void accept(const FetchedKeys& fetched);
  void reject(const Error& error);
  Error unavailable() const;
  std::string describe(const std::string& reason) const;
  void report(const Result<FetchedKeys>& fetched, const std::string& failure);
  /// Tells the log that an asynchronous call could not wait: nobody would find out why all requests fail.
  void reportUnsupported() noexcept;

  const KeyFetch fetch_;
  const KeyCacheOptions options_;
  const std::chrono::milliseconds patience_;
  const std::shared_ptr<const Clock> clock_;
  const Log log_;
  const std::string source_;
  const liveblocks::detail::EventSinkPointer events_;
  logging::OutageLog outage_;

  /// Replaced under the lock.
  AgingKeys keys_;

  mutable std::mutex mutex_;
  /// Null while nothing is fetched.
  FlightPointer flight_;

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
