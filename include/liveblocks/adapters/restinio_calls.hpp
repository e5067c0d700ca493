/// @file
/// The requests of RESTinio servers that have no response yet: waiting for calls, and stopping. Header-only.
#pragma once

#include <restinio/asio_include.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

/// The requests on one context that have no response yet. They own connections, which must not outlive their context:
/// so those that wait for a call are kept here, and callbacks only know their numbers. Thread-safe.
class RestinioCalls : public std::enable_shared_from_this<RestinioCalls> {
 public:
  explicit RestinioCalls(restinio::asio_ns::io_context& context) : context_(&context) {}

  /// Counts a request until the ticket and its copies are destroyed. Null when the server stops.
  std::shared_ptr<void> enter() {
    {
      const std::lock_guard lock(mutex_);
      if (isStopping_) return nullptr;
      ++entered_;
    }
    return std::shared_ptr<void>(this, [self = shared_from_this()](void*) { self->leave(); });
  }

  /// Calls it on a thread of the context, after RESTinio has returned.
  void post(std::function<void()> function) {
    const std::lock_guard lock(mutex_);
    if (context_ != nullptr) restinio::asio_ns::post(*context_, std::move(function));
  }

  /// Calls `start` with a callback, and `then` with its outcome, on a thread of the context. Neither if the context is
  /// destroyed before.
  template <class T, class Start, class Then>
  void call(const Start& start, Then then) {
    const auto outcome = std::make_shared<std::optional<T>>();
    const std::uint64_t number = keep([outcome, then = std::move(then)] { then(std::move(**outcome)); });
    try {
      start([calls = weak_from_this(), outcome, number](T value) {
        const auto self = calls.lock();
        if (!self) return;
        *outcome = std::move(value);
        self->resume(number);
      });
    } catch (...) {
      take(number);
      throw;
    }
  }

  /// Stops the context as soon as no request is counted.
  void stop() {
    const std::lock_guard lock(mutex_);
    isStopping_ = true;
    stopIfDone();
  }

  /// The context ends.
  void close() {
    std::unordered_map<std::uint64_t, Waiting> dropped;
    const std::lock_guard lock(mutex_);
    context_ = nullptr;
    dropped.swap(waiting_);
  }

 private:
  using Work = restinio::asio_ns::executor_work_guard<restinio::asio_ns::io_context::executor_type>;

  struct Waiting {
    std::function<void()> then;
    /// Meanwhile `io_context::run()` does not return.
    Work work;
  };

  std::uint64_t keep(std::function<void()> then) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(++last_, Waiting{std::move(then), Work(context_->get_executor())});
    return last_;
  }

  std::optional<Waiting> take(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(number);
    if (found == waiting_.end()) return std::nullopt;
    std::optional<Waiting> waiting(std::move(found->second));
    waiting_.erase(found);
    return waiting;
  }

  void resume(std::uint64_t number) {
    post([self = shared_from_this(), number] {
      if (const auto waiting = self->take(number)) waiting->then();
    });
  }

  void leave() {
    const std::lock_guard lock(mutex_);
    --entered_;
    stopIfDone();
  }

  void stopIfDone() {
    if (isStopping_ && entered_ == 0 && context_ != nullptr) context_->stop();
  }

  std::mutex mutex_;
  /// Null once it has ended.
  restinio::asio_ns::io_context* context_;
  std::unordered_map<std::uint64_t, Waiting> waiting_;
  std::uint64_t last_ = 0;
  std::uint64_t entered_ = 0;
  bool isStopping_ = false;
};

/// Drops the requests of a context that is destroyed.
class RestinioService : public restinio::asio_ns::execution_context::service {
 public:
  using key_type = RestinioService;
  // NOLINTBEGIN(cert-err58-cpp,cppcoreguidelines-avoid-non-const-global-variables)
  /// Asio knows services by its address.
  static inline restinio::asio_ns::execution_context::id id;
  // NOLINTEND(cert-err58-cpp,cppcoreguidelines-avoid-non-const-global-variables)

  explicit RestinioService(restinio::asio_ns::io_context& context)
      : restinio::asio_ns::execution_context::service(context), calls_(std::make_shared<RestinioCalls>(context)) {}

  static std::shared_ptr<RestinioCalls> callsOf(restinio::asio_ns::io_context& context) {
    return restinio::asio_ns::use_service<RestinioService>(context).calls_;
  }

 private:
  void shutdown() override { calls_->close(); }

  std::shared_ptr<RestinioCalls> calls_;
};

}  // namespace detail

/// Stops the context as soon as the requests that have reached a `strictHandler()` or a `guardedHandler()` have their
/// responses; later ones get a 503. RESTinio itself cannot wait for them, and leaves idle connections open.
/// Thread-safe. Close the servers of the context first, and destroy them and the context after `run()` has returned:
/// that closes the connections.
///
/// A response of your own that does not go through `respond()` counts as sent when its request is destroyed; what the
/// system has not taken over by then is cut off.
inline void stopWhenDone(restinio::asio_ns::io_context& context) { detail::RestinioService::callsOf(context)->stop(); }

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
