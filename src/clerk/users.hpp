/// The private part of `Users`: the cache, and the user object of Clerk's Backend API.
/// https://clerk.com/docs/reference/backend-api/tag/Users
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include <liveblocks/clerk/users.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// Caches the most recently used users, each for a fixed time since its look-up began. Concurrent look-ups of one user
/// share one request. Errors are not cached. Thread-safe.
class UserCache {
 public:
  /// Looks up a user until the caller's deadline. Must not throw.
  using Load = std::function<Result<User>()>;

  /// `capacity` must be at least 1.
  UserCache(std::size_t capacity, std::chrono::seconds ttl, std::shared_ptr<const Clock> clock);

  /// The cached user; else the result of a look-up in flight, or of a new one on this thread. If a look-up in flight
  /// times out, a caller with a later deadline starts a new one.
  Result<User> get(const std::string& id, Deadline deadline, const Load& load);

 private:
  using Lock = std::unique_lock<std::mutex>;

  struct Entry {
    std::string id;
    User user;
    std::chrono::steady_clock::time_point storedAt;
  };
  struct InFlightLookUp {
    std::condition_variable completed;
    std::optional<Result<User>> result;
  };

  std::optional<User> findFresh(const std::string& id);
  void store(const std::string& id, const User& user, std::chrono::steady_clock::time_point since);
  Result<User> lookUpAsLeader(const std::string& id, const Load& load, Lock& lock);

  const std::size_t capacity_;
  const std::chrono::seconds ttl_;
  const std::shared_ptr<const Clock> clock_;

  std::mutex mutex_;
  /// The most recently used entry is the first.
  std::list<Entry> entries_;
  std::unordered_map<std::string, std::list<Entry>::iterator> index_;
  std::unordered_map<std::string, std::shared_ptr<InFlightLookUp>> lookUps_;
};

/// `Errc::upstream` if `text` is not a strict JSON object that describes a user.
Result<User> readUser(std::string text);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
