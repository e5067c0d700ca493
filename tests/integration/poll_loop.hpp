/// An event loop over poll() that a program could have, on the thread that runs it.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/stat.h>

#include <liveblocks/http/event_loop.hpp>

namespace liveblocks_tests {

class PollLoop final : public liveblocks::http::EventLoop {
 public:
  void attach(std::weak_ptr<Listener> listener) override { listener_ = std::move(listener); }

  void post(std::function<void()> function) override {
    const std::lock_guard lock(mutex_);
    functions_.push_back(std::move(function));
    ++postCount_;
  }

  void watch(Socket socket, liveblocks::http::SocketEvents events) override {
    ++watchCount_;
    if (!events.readable && !events.writable) {
      sockets_.erase(socket);
    } else {
      sockets_[socket] = {events, identityOf(socket)};
    }
    if (failures_ > 0 && --failures_ == 0) throw std::bad_alloc();
  }

  /// Lets that call of watch() throw, counted from now, after it has done its work.
  void failWatching(int call) { failures_ = call; }

  void setTimer(std::optional<liveblocks::Deadline> when) override { timer_ = when; }

  bool isLoopThread() const noexcept override { return std::this_thread::get_id() == thread_; }

  /// Serves its listener on this thread until the condition is true.
  void runUntil(const std::function<bool()>& isDone) {
    while (!isDone()) {
      runFunctions();
      fireTimer();
      pollOnce();
    }
  }

  void close() {
    sockets_.clear();
    timer_.reset();
    if (const auto listener = listener_.lock()) listener->onClosed();
    const std::lock_guard lock(mutex_);
    functions_.clear();
  }

  std::size_t watchedCount() const { return sockets_.size(); }
  bool hasTimer() const { return timer_.has_value(); }
  int postCount() const { return postCount_; }
  /// How often a socket was ready.
  int readyCount() const { return readyCount_; }
  /// How often it was told what to watch.
  int watchCount() const { return watchCount_; }

 private:
  void runFunctions() {
    std::vector<std::function<void()>> functions;
    {
      const std::lock_guard lock(mutex_);
      functions.swap(functions_);
    }
    for (const auto& function : functions) function();
  }

  void fireTimer() {
    if (!timer_ || *timer_ > liveblocks::Deadline::clock::now()) return;
    timer_.reset();
    if (const auto listener = listener_.lock()) listener->onTimer();
  }

  /// Wakes every millisecond for functions and for the timer: it is only a test.
  void pollOnce() {
    std::vector<pollfd> polled;
    for (const auto& [socket, watched] : sockets_) {
      if (identityOf(socket) != watched.identity) throw std::logic_error("a socket was closed while it was watched");
      const int flags = (watched.events.readable ? POLLIN : 0) | (watched.events.writable ? POLLOUT : 0);
      polled.push_back({socket, static_cast<short>(flags), 0});
    }
    ::poll(polled.data(), static_cast<nfds_t>(polled.size()), 1);
    for (const pollfd& ready : polled) {
      if (ready.revents == 0 || sockets_.count(ready.fd) == 0) continue;
      ++readyCount_;
      const bool failed = (ready.revents & (POLLERR | POLLHUP)) != 0;
      const liveblocks::http::SocketEvents events{failed || (ready.revents & POLLIN) != 0,
                                                  (ready.revents & POLLOUT) != 0};
      if (const auto listener = listener_.lock()) listener->onReady(ready.fd, events);
    }
  }

  struct Watched {
    liveblocks::http::SocketEvents events;
    ino_t identity;
  };

  /// Differs for sockets that have the same number one after the other.
  static ino_t identityOf(Socket socket) {
    struct stat status {};
    return ::fstat(socket, &status) == 0 ? status.st_ino : 0;
  }

  const std::thread::id thread_ = std::this_thread::get_id();
  std::weak_ptr<Listener> listener_;
  std::mutex mutex_;
  std::vector<std::function<void()>> functions_;
  int postCount_ = 0;
  int watchCount_ = 0;
  int readyCount_ = 0;
  int failures_ = 0;
  std::map<Socket, Watched> sockets_;
  std::optional<liveblocks::Deadline> timer_;
};

}  // namespace liveblocks_tests
