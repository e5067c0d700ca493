// The code that docs/async.md shows for libuv.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <uv.h>

#include <liveblocks/http/event_loop.hpp>

// async.md libuv: begin
/// A loop of libuv, for one transport. Make it on the thread of the loop, and call close() there before the loop ends.
class UvLoop : public liveblocks::http::EventLoop, public std::enable_shared_from_this<UvLoop> {
 public:
  explicit UvLoop(uv_loop_t* loop) : loop_(loop), timer_(make<uv_timer_t>()), wake_(make<uv_async_t>()) {
    uv_timer_init(loop_, timer_);
    uv_async_init(loop_, wake_, [](uv_async_t* handle) { of(handle)->runPosted(); });
    uv_unref(reinterpret_cast<uv_handle_t*>(wake_));  // It keeps the loop running while something is posted there.
  }
  ~UvLoop() override { close(); }

  void close() {
    if (!std::exchange(isOpen_, false)) return;
    for (const auto& [socket, poll] : std::exchange(polls_, {})) destroy(poll);
    destroy(timer_);
    {
      const std::lock_guard lock(mutex_);
      destroy(std::exchange(wake_, nullptr));
    }
    if (const auto listener = listener_.lock()) listener->onClosed();
  }

  void attach(std::weak_ptr<Listener> listener) override { listener_ = std::move(listener); }

  void post(std::function<void()> function) override {
    const std::lock_guard lock(mutex_);
    if (wake_ == nullptr) return;
    posted_.push_back(std::move(function));
    if (isLoopThread()) uv_ref(reinterpret_cast<uv_handle_t*>(wake_));
    uv_async_send(wake_);
  }

  void watch(Socket socket, liveblocks::http::SocketEvents events) override {
    const int wanted = (events.readable ? UV_READABLE : 0) | (events.writable ? UV_WRITABLE : 0);
    if (!isOpen_ || (wanted == 0 && polls_.count(socket) == 0)) return;
    uv_poll_t*& poll = polls_[socket];
    if (wanted == 0) {
      destroy(poll);
      polls_.erase(socket);
      return;
    }
    if (poll == nullptr) uv_poll_init(loop_, poll = make<uv_poll_t>(), socket);
    uv_poll_start(poll, wanted, [](uv_poll_t* handle, int status, int ready) {
      uv_os_fd_t readySocket = 0;
      uv_fileno(reinterpret_cast<uv_handle_t*>(handle), &readySocket);
      if (status < 0) ready = UV_READABLE | UV_WRITABLE;
      const auto listener = of(handle)->listener_.lock();
      if (listener) listener->onReady(readySocket, {(ready & UV_READABLE) != 0, (ready & UV_WRITABLE) != 0});
    });
  }

  void setTimer(std::optional<liveblocks::Deadline> when) override {
    if (!isOpen_) return;
    uv_timer_stop(timer_);
    if (!when) return;
    uv_update_time(loop_);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*when - std::chrono::steady_clock::now()).count();
    const auto onTimer = [](uv_timer_t* handle) {
      if (const auto listener = of(handle)->listener_.lock()) listener->onTimer();
    };
    uv_timer_start(timer_, onTimer, left > 0 ? static_cast<std::uint64_t>(left) : 0, 0);
  }

  bool isLoopThread() const noexcept override { return thread_ == std::this_thread::get_id(); }

 private:
  template <class Handle>
  Handle* make() {
    auto* const handle = new Handle{};
    handle->data = this;
    return handle;
  }

  /// libuv uses the memory until the loop has run once more.
  template <class Handle>
  static void destroy(Handle* handle) {
    uv_close(reinterpret_cast<uv_handle_t*>(handle),
             [](uv_handle_t* closed) { delete reinterpret_cast<Handle*>(closed); });
  }

  template <class Handle>
  static UvLoop* of(Handle* handle) {
    return static_cast<UvLoop*>(handle->data);
  }

  void runPosted() {
    const auto self = shared_from_this();  // A function may drop the last reference.
    std::vector<std::function<void()>> functions;
    {
      const std::lock_guard lock(mutex_);
      if (wake_ != nullptr) uv_unref(reinterpret_cast<uv_handle_t*>(wake_));
      functions.swap(posted_);
    }
    for (const auto& function : functions) {
      if (isOpen_) function();
    }
  }

  uv_loop_t* loop_;
  bool isOpen_ = true;
  std::thread::id thread_ = std::this_thread::get_id();
  std::weak_ptr<Listener> listener_;
  uv_timer_t* timer_;
  std::map<Socket, uv_poll_t*> polls_;
  std::mutex mutex_;
  uv_async_t* wake_;
  std::vector<std::function<void()>> posted_;
};
// async.md libuv: end
