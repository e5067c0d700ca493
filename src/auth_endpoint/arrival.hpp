/// A value that is asked for, and comes on any thread.
#pragma once

#include <atomic>
#include <optional>
#include <utility>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Hands the first value that comes to whoever asked for it, without a lock. Who asks calls `leave()` afterwards: if
/// the value has come meanwhile, it goes on itself; otherwise the one who brings the value makes it go on.
template <class T>
class Arrival {
 public:
  /// Nothing stands for a cancellation.
  using Value = std::optional<T>;

  /// Brings a value. True if who asked has left, and is to be told.
  bool bring(Value value) noexcept {
    if (isClaimed_.exchange(true)) return false;
    value_ = std::move(value);
    return state_.exchange(State::there) == State::left;
  }

  bool isThere() const noexcept { return state_ == State::there; }

  /// False if something has come.
  bool leave() noexcept {
    State expected = State::asking;
    return state_.compare_exchange_strong(expected, State::left);
  }

  /// Ignores what comes from now on. By the one who asked, and has not left.
  void close() noexcept { isClaimed_ = true; }

  /// What has come. By the one who goes on, once.
  Value take() noexcept { return std::move(value_); }

 private:
  enum class State { asking, left, there };

  std::atomic<bool> isClaimed_{false};
  std::atomic<State> state_{State::asking};
  Value value_;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
