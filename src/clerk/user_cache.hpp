/// Users kept for a while, and one look-up for all who want the same one.
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
namespace clerk {

/// Keeps the most recently used users, each for a fixed time from the beginning of its look-up. Errors are not kept.
/// Thread-safe.
class UserCache {
 public:
  /// Looks a user up until the caller's deadline. Must not throw.
  using Load = std::function<Result<User>()>;

  /// `capacity` is at least 1.
  UserCache(std::size_t capacity, std::chrono::seconds ttl, std::shared_ptr<const Clock> clock);

  /// The kept user; else the outcome of a look-up that is under way, or of a new one on this thread. A caller whose
  /// deadline lets it wait longer than the one who looks up begins anew when that one timed out.
  Result<User> get(const std::string& id, Deadline deadline, const Load& load);

 private:
  using Lock = std::unique_lock<std::mutex>;

  struct Entry {
    std::string id;
    User user;
    std::chrono::steady_clock::time_point storedAt;
  };
  struct Flight {
    std::condition_variable landed;
    std::optional<Result<User>> outcome;
  };

  std::optional<User> findFresh(const std::string& id);
  void store(const std::string& id, const User& user, std::chrono::steady_clock::time_point since);
  Result<User> lead(const std::string& id, const Load& load, Lock& lock);

  const std::size_t capacity_;
  const std::chrono::seconds ttl_;
  const std::shared_ptr<const Clock> clock_;

  std::mutex mutex_;
  /// The most recently used one first.
  std::list<Entry> entries_;
  std::unordered_map<std::string, std::list<Entry>::iterator> index_;
  std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
