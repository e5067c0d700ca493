/// @file
/// The event loops of Drogon, for calls that complete on other threads; written for and tested with 1.9.0. Header-only.
#pragma once

#include <trantor/net/EventLoop.h>

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

/// Takes functions to the thread of an event loop, also when the loop may have ended: then they are dropped, and with
/// them the connections that they were for. Thread-safe.
class DrogonLoop {
 public:
  /// The loop of this thread.
  static std::shared_ptr<DrogonLoop> current() {
    thread_local std::shared_ptr<DrogonLoop> known;
    trantor::EventLoop* const loop = trantor::EventLoop::getEventLoopOfCurrentThread();
    if (known == nullptr || known->loop_ != loop) {
      known = std::make_shared<DrogonLoop>(loop);
      if (loop != nullptr) loop->runOnQuit([ending = known] { ending->end(); });
    }
    return known;
  }

  /// Belongs to this thread. Without a loop, functions run on the thread that calls `run()`.
  explicit DrogonLoop(trantor::EventLoop* loop) : loop_(loop), hasLoop_(loop != nullptr) {}

  /// Runs the function now if this is the thread of the loop, else soon.
  void run(std::function<void()> work) {
    if (!hasLoop_ || std::this_thread::get_id() == thread_) return work();
    const std::lock_guard lock(mutex_);
    if (loop_ != nullptr) loop_->queueInLoop(std::move(work));
  }

 private:
  void end() {
    const std::lock_guard lock(mutex_);
    loop_ = nullptr;
  }

  std::mutex mutex_;
  trantor::EventLoop* loop_;
  const bool hasLoop_;
  const std::thread::id thread_ = std::this_thread::get_id();
};

}  // namespace detail
}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
