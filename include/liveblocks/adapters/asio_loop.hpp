/// @file
/// An event loop for transports on an `io_context` of Asio. Header-only, POSIX.
#pragma once

#include <liveblocks/adapters/asio_library.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/event_loop.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {
inline namespace LIVEBLOCKS_ASIO_NAMESPACE {

using Socket = http::EventLoop::Socket;
using Listener = http::EventLoop::Listener;

/// What a loop does, and what the handlers of its operations share. Each call of the listener is made without the lock.
class LoopState : public std::enable_shared_from_this<LoopState> {
 public:
  explicit LoopState(net::io_context& context) { parts_.emplace(context); }

  void attach(std::weak_ptr<Listener> listener) {
    const std::lock_guard lock(mutex_);
    listener_ = std::move(listener);
  }

  void post(std::function<void()> function) {
    const std::lock_guard lock(mutex_);
    if (parts_) net::post(parts_->strand, std::move(function));
  }

  void watch(Socket socket, http::SocketEvents events) {
    const std::lock_guard lock(mutex_);
    if (!parts_) return;
    if (!events.readable && !events.writable) {
      forget(socket);
      disarmIfIdle();
    } else if (const auto watch = watchOf(socket)) {
      watch->wanted = events;
      wait(watch);
    }
  }

  /// Transports set the time often, mostly to now or to a later time than the last one. Neither costs a system call: a
  /// timer that is armed for an earlier time stays so, and is armed again when that has come.
  void setTimer(std::optional<Deadline> when) {
    const std::lock_guard lock(mutex_);
    if (!parts_) return;
    due_ = when;
    if (isDue()) {
      postTimer();
    } else if (due_ && (!armed_ || *due_ < *armed_)) {
      arm();
    }
    disarmIfIdle();
  }

  bool isLoopThread() const noexcept {
    const std::lock_guard lock(mutex_);
    return parts_ && parts_->strand.running_in_this_thread();
  }

  /// The context ends.
  void close() {
    std::shared_ptr<Listener> listener;
    {
      const std::lock_guard lock(mutex_);
      listener = listener_.lock();
    }
    dispose();
    if (listener) listener->onClosed();
  }

  /// Nothing of the context is used from now on.
  void dispose() noexcept {
    const std::lock_guard lock(mutex_);
    if (!parts_) return;
    while (!parts_->watches.empty()) forget(parts_->watches.begin()->first);
    parts_.reset();
  }

 private:
  /// A strand, so that any number of threads may run the context.
  using Strand = net::strand<net::io_context::executor_type>;
  using Descriptor = net::posix::basic_stream_descriptor<Strand>;
  using ErrorCode = decltype(make_error_code(net::error::operation_aborted));
  using Timer =
      net::basic_waitable_timer<std::chrono::steady_clock, net::wait_traits<std::chrono::steady_clock>, Strand>;

  /// A watched socket, which belongs to the transport.
  struct Watch {
    Watch(const Strand& strand, Socket number) : socket(number), descriptor(strand) {}

    Socket socket;
    /// A duplicate: libcurl before 8.1 may close a socket before it is forgotten. The number can then be that of a
    /// socket of another thread, which to forget would take from the context.
    Descriptor descriptor;
    http::SocketEvents wanted = {};
    /// What is being waited for.
    http::SocketEvents awaited = {};
  };

  struct Parts {
    explicit Parts(net::io_context& context) : strand(context.get_executor()), timer(strand) {}

    Strand strand;
    Timer timer;
    std::unordered_map<Socket, std::shared_ptr<Watch>> watches;
  };

  /// The watch of a socket, a new one if it has none. Null if the system cannot watch it: the deadline then ends the
  /// exchange.
  std::shared_ptr<Watch> watchOf(Socket socket) {
    std::shared_ptr<Watch>& watch = parts_->watches[socket];
    if (watch) return watch;
    auto made = std::make_shared<Watch>(parts_->strand, socket);
    if (!open(*made)) {
      parts_->watches.erase(socket);
      return nullptr;
    }
    watch = std::move(made);
    return watch;
  }

  static bool open(Watch& watch) {
    const int duplicate = ::fcntl(watch.socket, F_DUPFD_CLOEXEC, 0);
    if (duplicate < 0) return false;
    try {
      watch.descriptor.assign(duplicate);
      return true;
    } catch (const std::exception&) {
      ::close(duplicate);
      return false;
    }
  }

  /// Cancels its operations. The socket stays open.
  void forget(Socket socket) noexcept {
    const auto found = parts_->watches.find(socket);
    if (found == parts_->watches.end()) return;
    found->second->wanted = {};
    ErrorCode ignored;
    found->second->descriptor.close(ignored);
    parts_->watches.erase(found);
  }

  /// Waits for all that is wanted and not awaited yet.
  void wait(const std::shared_ptr<Watch>& watch) {
    if (watch->wanted.readable && !watch->awaited.readable) {
      await(watch, &http::SocketEvents::readable, Descriptor::wait_read);
      watch->awaited.readable = true;
    }
    if (watch->wanted.writable && !watch->awaited.writable) {
      await(watch, &http::SocketEvents::writable, Descriptor::wait_write);
      watch->awaited.writable = true;
    }
  }

  void await(const std::shared_ptr<Watch>& watch, bool http::SocketEvents::*event, Descriptor::wait_type type) {
    watch->descriptor.async_wait(type, [self = shared_from_this(), watch, event](const auto& error) {
      if (error != net::error::operation_aborted) self->onReady(watch, event);
    });
  }

  void onReady(const std::shared_ptr<Watch>& watch, bool http::SocketEvents::*event) {
    std::shared_ptr<Listener> listener;  // Released without the lock: it may be the last owner of the loop.
    std::unique_lock lock(mutex_);
    watch->awaited.*event = false;
    if (!(watch->wanted.*event)) return;
    listener = listener_.lock();
    if (listener) {
      lock.unlock();
      http::SocketEvents events;
      events.*event = true;
      listener->onReady(watch->socket, events);
      lock.lock();
    }
    if (parts_) wait(watch);
  }

  bool isDue() const { return due_ && *due_ <= std::chrono::steady_clock::now(); }

  void postTimer() {
    if (std::exchange(isTimerPosted_, true)) return;
    net::post(parts_->strand, [self = shared_from_this()] {
      std::unique_lock lock(self->mutex_);
      self->isTimerPosted_ = false;
      self->onTimer(std::move(lock));
    });
  }

  /// Replaces a wait, if there is one.
  void arm() {
    armed_ = due_;
    parts_->timer.expires_at(*due_);
    parts_->timer.async_wait([self = shared_from_this()](const auto& error) {
      if (error == net::error::operation_aborted) return;
      std::unique_lock lock(self->mutex_);
      self->armed_.reset();
      self->onTimer(std::move(lock));
    });
  }

  /// Otherwise the wait would keep `io_context::run()` from returning.
  void disarmIfIdle() {
    if (due_ || !armed_ || !parts_->watches.empty()) return;
    armed_.reset();
    parts_->timer.cancel();
  }

  void onTimer(std::unique_lock<std::mutex> lock) {
    if (!parts_ || !due_) return;
    if (!isDue()) {
      if (!armed_ || *due_ < *armed_) arm();
      return;
    }
    due_.reset();
    const auto listener = listener_.lock();
    lock.unlock();
    if (listener) listener->onTimer();
  }

  mutable std::mutex mutex_;
  std::weak_ptr<Listener> listener_;
  /// Empty once the context has ended.
  std::optional<Parts> parts_;
  /// When the listener is told next, and the time for which the timer is armed.
  std::optional<Deadline> due_;
  std::optional<Deadline> armed_;
  bool isTimerPosted_ = false;
};

/// Closes the loops of a context that is destroyed.
class LoopService : public net::execution_context::service {
 public:
  using key_type = LoopService;
  // NOLINTBEGIN(cert-err58-cpp,cppcoreguidelines-avoid-non-const-global-variables)
  /// Asio knows services by its address.
  static inline net::execution_context::id id;
  // NOLINTEND(cert-err58-cpp,cppcoreguidelines-avoid-non-const-global-variables)

  explicit LoopService(net::execution_context& context) : net::execution_context::service(context) {}

  void add(const std::shared_ptr<LoopState>& loop) {
    const std::lock_guard lock(mutex_);
    const auto isGone = [](const std::weak_ptr<LoopState>& other) { return other.expired(); };
    loops_.erase(std::remove_if(loops_.begin(), loops_.end(), isGone), loops_.end());
    loops_.push_back(loop);
  }

 private:
  void shutdown() override {
    for (const std::weak_ptr<LoopState>& loop : std::exchange(loops_, {})) {
      if (const auto state = loop.lock()) state->close();
    }
  }

  std::mutex mutex_;
  std::vector<std::weak_ptr<LoopState>> loops_;
};

class Loop : public http::EventLoop {
 public:
  explicit Loop(net::io_context& context) : state_(std::make_shared<LoopState>(context)) {
    net::use_service<LoopService>(context).add(state_);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop() override { state_->dispose(); }

  void attach(std::weak_ptr<Listener> listener) override { state_->attach(std::move(listener)); }
  void post(std::function<void()> function) override { state_->post(std::move(function)); }
  void watch(Socket socket, http::SocketEvents events) override { state_->watch(socket, events); }
  void setTimer(std::optional<Deadline> when) override { state_->setTimer(when); }
  bool isLoopThread() const noexcept override { return state_->isLoopThread(); }

 private:
  std::shared_ptr<LoopState> state_;
};

}  // namespace LIVEBLOCKS_ASIO_NAMESPACE
}  // namespace detail

/// A loop on the context, for one transport:
///
///     boost::asio::io_context io;
///     const auto transport = liveblocks::http::makeCurlTransport({}, liveblocks::adapters::makeLoop(io));
///
/// Calls complete on a thread that runs the context, one at a time even if several threads do. While calls are in
/// flight, `io.run()` does not return; without any, the loop does not keep it from returning. When the context is
/// destroyed, the calls in flight complete with `Errc::cancelled`, on the thread that destroys it; the transport may
/// outlive the context.
inline std::shared_ptr<http::EventLoop> makeLoop(detail::net::io_context& context) {
  return std::make_shared<detail::Loop>(context);
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
