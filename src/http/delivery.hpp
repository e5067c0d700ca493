/// Handing the outcome of an asynchronous call to whoever made it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/scheduler.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// Runs a task through the executor, or here if there is none or it throws.
inline void runThrough(const Executor& executor, const std::function<void()>& task) noexcept {
  try {
    if (executor) return executor(task);
  } catch (...) {
    // A task that is lost would leave somebody waiting forever.
  }
  task();
}

/// Runs a task on the scheduler, or here if there is none.
inline void runOn(Scheduler* scheduler, const std::function<void()>& task) noexcept {
  try {
    if (scheduler != nullptr) return scheduler->post(task);
  } catch (...) {
    // As above.
  }
  task();
}

/// A callback with its executor. Discards what the callback throws. May be copied, and must be called once. If there is
/// no memory for handing a value over, the callback is called where the value is.
template <class T>
class Delivery {
 public:
  /// Throws `std::invalid_argument` for an empty callback.
  Delivery(Callback<T> callback, Executor executor) : callback_(std::move(callback)), executor_(std::move(executor)) {
    if (!callback_) throw std::invalid_argument("the callback of an asynchronous call must not be empty");
  }

  /// On the thread of the scheduler, or through the executor.
  void operator()(T&& value) const noexcept {
    if (!executor_) return call(std::move(value));
    handOver(
        std::move(value), [this] { return Delivery(callback_, nullptr); },
        [this](const std::function<void()>& task) { runThrough(executor_, task); });
  }

  /// The value that `make()` returns; if it throws, that of `instead()`, which must not.
  template <class Make, class Instead>
  void of(const Make& make, const Instead& instead) const noexcept {
    std::optional<T> value;
    try {
      value.emplace(make());
    } catch (...) {
      value.emplace(instead());
    }
    (*this)(*std::move(value));
  }

  /// From within the call that the callback was given to: later, if the transport has a scheduler.
  void later(const Transport* transport, T&& value) const noexcept {
    const std::shared_ptr<Scheduler> scheduler = transport != nullptr ? transport->scheduler() : nullptr;
    if (!scheduler) return (*this)(std::move(value));
    handOver(
        std::move(value), [this] { return *this; },
        [&](const std::function<void()>& task) { runOn(scheduler.get(), task); });
  }

 private:
  /// Gives `run` a task that hands the value to the delivery that `next` makes.
  template <class Next, class Run>
  void handOver(T&& value, const Next& next, const Run& run) const noexcept {
    try {
      auto box = std::make_shared<std::optional<T>>();
      std::function<void()> task = [delivery = next(), box] { delivery(*std::move(*box)); };
      box->emplace(std::move(value));
      run(std::move(task));
    } catch (...) {
      call(std::move(value));
    }
  }

  void call(T&& value) const noexcept {
    try {
      callback_(std::move(value));
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
