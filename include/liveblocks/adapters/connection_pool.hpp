/// @file
/// A few connections to a database, each of which serves one call at a time, and waiting with a deadline. Header-only;
/// for stores of webhook ids.
#pragma once

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// The time that is left: from 0 to a minute.
inline std::chrono::milliseconds timeUntil(Deadline deadline) {
  constexpr std::chrono::milliseconds longest = std::chrono::minutes(1);
  const Deadline now = std::chrono::steady_clock::now();
  if (deadline <= now) return std::chrono::milliseconds(0);
  return deadline - now < longest ? std::chrono::ceil<std::chrono::milliseconds>(deadline - now) : longest;
}

/// Waits until a descriptor is ready or has failed, which the next call on it tells. False: the deadline has passed.
inline bool waitFor(int descriptor, short events, Deadline deadline) {
  for (;;) {
    const std::chrono::milliseconds left = timeUntil(deadline);
    pollfd watched{descriptor, events, 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(left.count()));
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
    if (left.count() == 0) return false;
  }
}

inline Error storeTimeout() { return {Errc::timeout, "the store of webhooks did not respond in time"}; }

/// Lends connections. `Connection` can be moved; `isIntact()` says whether it may serve another call, and `isQuiet()`
/// that its server has sent nothing since, such as the end of the connection. Thread-safe.
template <class Connection>
class ConnectionPool {
 public:
  /// Makes a connection until the deadline.
  using Open = std::function<Result<Connection>(Deadline)>;

  ConnectionPool(std::size_t size, Open open) : size_(size), open_(std::move(open)) {
    constexpr std::size_t maxSize = 1000;
    if (size == 0 || size > maxSize) throw std::invalid_argument("connections must lie between 1 and 1000");
    idle_.reserve(size);
  }

  /// Calls `use` with a connection, and again if one that had been used before turns out to be closed: `use` must bear
  /// to be repeated. A connection that is not intact after that is closed, so that nobody reads what comes late.
  template <class Use>
  std::invoke_result_t<Use, Connection&> call(Deadline deadline, const Use& use) {
    for (;;) {
      if (!enter(deadline)) return storeTimeout();
      const Place place(*this);
      std::optional<Connection> connection = takeIdle();
      const bool isNew = !connection;
      if (isNew) {
        Result<Connection> opened = open_(deadline);
        if (!opened) return std::move(opened).error();
        connection.emplace(*std::move(opened));
      }
      auto outcome = use(*connection);
      if (connection->isIntact()) putBack(*std::move(connection));
      if (outcome || isNew || outcome.error().code != Errc::reset) return outcome;
    }
  }

 private:
  /// One of the calls that the pool permits at the same time.
  class Place {
   public:
    explicit Place(ConnectionPool& pool) noexcept : pool_(pool) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { pool_.leave(); }

   private:
    ConnectionPool& pool_;
  };

  bool enter(Deadline deadline) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::unique_lock lock(mutex_);
    if (!left_.wait_until(lock, deadline, [this] { return calls_ < size_; })) return false;
    ++calls_;
    return true;
  }

  void leave() noexcept {
    {
      const std::lock_guard lock(mutex_);
      --calls_;
    }
    left_.notify_one();
  }

  std::optional<Connection> takeIdle() {
    for (;;) {
      std::optional<Connection> connection;
      {
        const std::lock_guard lock(mutex_);
        if (idle_.empty()) return std::nullopt;
        connection.emplace(std::move(idle_.back()));
        idle_.pop_back();
      }
      if (connection->isQuiet()) return connection;
    }
  }

  void putBack(Connection&& connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }

  const std::size_t size_;
  const Open open_;
  std::mutex mutex_;
  std::condition_variable left_;
  std::vector<Connection> idle_;
  std::size_t calls_ = 0;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
