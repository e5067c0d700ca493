/// Waiting on this thread for what somebody calls back with.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Takes the first value of a callback. It owns what the callback's caller was lent, which may come back late or never.
template <class T, class Lent>
class Waiting : public std::enable_shared_from_this<Waiting<T, Lent>> {
 public:
  explicit Waiting(Lent lent) : lent_(std::move(lent)) {}

  Lent& lent() noexcept { return lent_; }

  Callback<T> callback() {
    return [self = this->shared_from_this()](T value) {
      const std::lock_guard lock(self->mutex_);
      if (self->value_ || self->isOver_) return;
      self->value_.emplace(std::move(value));
      self->arrived_.notify_one();
    };
  }

  /// nullopt if nothing has come by then.
  std::optional<T> until(Deadline deadline) {
    std::unique_lock lock(mutex_);
    arrived_.wait_until(lock, deadline, [this] { return value_.has_value(); });
    isOver_ = true;
    return std::move(value_);
  }

 private:
  Lent lent_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::optional<T> value_;
  bool isOver_ = false;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
