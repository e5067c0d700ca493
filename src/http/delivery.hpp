/// Handing the outcome of an asynchronous call to whoever made it.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/scheduler.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// Runs a task through the executor, or here if there is none or it throws.
void runThrough(const Executor& executor, std::function<void()> task) noexcept;

/// Runs a task on the scheduler, or here if there is none.
void runOn(Scheduler* scheduler, std::function<void()> task) noexcept;

/// A callback with its executor. Discards what the callback throws. May be copied, and must be called once.
template <class T>
class Delivery {
 public:
  Delivery(Callback<T> callback, Executor executor) : callback_(std::move(callback)), executor_(std::move(executor)) {}

  /// On the thread of the scheduler, or through the executor.
  void operator()(T value) const noexcept {
    if (!executor_) return call(callback_, std::move(value));
    auto shared = std::make_shared<T>(std::move(value));
    runThrough(executor_, [callback = callback_, shared] { call(callback, std::move(*shared)); });
  }

  /// From within the call that the callback was given to: later, if the transport has a scheduler.
  void later(const Transport* transport, T value) const noexcept {
    const std::shared_ptr<Scheduler> scheduler = transport != nullptr ? transport->scheduler() : nullptr;
    auto shared = std::make_shared<T>(std::move(value));
    runOn(scheduler.get(), [self = *this, shared] { self(std::move(*shared)); });
  }

 private:
  static void call(const Callback<T>& callback, T value) noexcept {
    try {
      callback(std::move(value));
    } catch (...) {
      // Not ours to report, and the thread is the host's.
    }
  }

  Callback<T> callback_;
  Executor executor_;
};

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
