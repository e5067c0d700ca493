/// A cache of users.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>

#include "core/event_sink.hpp"
#include "http/parked_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// For the log.
constexpr std::string_view userNotLookedUp = "a user could not be looked up";

/// Caches the most recently used users, each for a fixed time since its look-up began. Concurrent look-ups of one user
/// share one request. Errors are not cached. Thread-safe.
///
/// An asynchronous look-up belongs to all who wait for it: it goes on when the call that began it is cancelled.
class UserCache : public std::enable_shared_from_this<UserCache> {
 public:
  /// Looks up a user until the caller's deadline. Must not throw.
  using Load = std::function<Result<User>()>;
  using Done = std::function<void(Result<User>)>;
  /// The same without blocking. Calls `done` once, or destroys it.
  using StartLoad = std::function<void(Done done)>;

  /// `capacity` must be at least 1. The log is told of unexpected exceptions in asynchronous calls, the sink, which may
  /// be null, of each look-up in the cache.
  UserCache(std::size_t capacity, std::chrono::seconds ttl, std::shared_ptr<const Clock> clock, Log log = {},
            liveblocks::detail::EventSinkPointer events = {});

  /// The cached user; else the result of a look-up in flight, or of a new one on this thread. If a look-up in flight
  /// times out, a caller with a later deadline starts a new one.
  Result<User> get(const std::string& id, Deadline deadline, const Load& load);

  /// The same without blocking, for a cache in a `shared_ptr`. Calls `done`, which must not throw, once: on the thread
  /// of the scheduler, or within this call if it takes no waiting.
  void getAsync(std::string id, const http::detail::AsyncWait& wait, StartLoad load, Done done);

  /// Removes the user. What is in flight goes to those who wait for it already, and is not cached: later calls look the
  /// user up anew.
  void forget(const std::string& id);

 private:
  using Lock = std::unique_lock<std::mutex>;
  class Visit;
  class StartedLookUp;

  struct Entry {
    std::string id;
    User user;
    std::chrono::steady_clock::time_point storedAt;
  };
  struct LookUp {
    std::chrono::steady_clock::time_point since;
    std::optional<Result<User>> result = {};
    http::detail::Rendezvous rendezvous = {};
  };
  using LookUpPointer = std::shared_ptr<LookUp>;

  /// As `get()`, which tells of a hit if no look-up was needed.
  Result<User> obtain(const std::string& id, Deadline deadline, const Load& load, bool& isHit);
  void tell(bool isHit) const noexcept;
  std::optional<User> findFresh(const std::string& id);
  /// Null if there is none.
  LookUpPointer findInFlight(const std::string& id) const;
  LookUpPointer makeLookUp() const;
  /// Gives the result to all who wait for it, and caches it unless it was to be forgotten meanwhile. Takes the lock.
  void end(const std::string& id, LookUp& lookUp, Result<User>&& loaded);
  void store(const std::string& id, const User& user, std::chrono::steady_clock::time_point since);
  void remove(const std::string& id);

  const std::size_t capacity_;
  const std::chrono::seconds ttl_;
  const std::shared_ptr<const Clock> clock_;
  const Log log_;
  const liveblocks::detail::EventSinkPointer events_;

  std::mutex mutex_;
  /// The most recently used entry is the first.
  std::list<Entry> entries_;
  std::unordered_map<std::string, std::list<Entry>::iterator> index_;
  std::unordered_map<std::string, LookUpPointer> lookUps_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
