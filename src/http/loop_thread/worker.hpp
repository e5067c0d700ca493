/// Runs event loops on one thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/event_loop.hpp>

#include "http/loop_thread/poller.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::loop_thread {

class WorkerLoop;

/// Shared by the thread and its loops.
class Worker : public std::enable_shared_from_this<Worker> {
 public:
  /// Runs the loops on this thread until `end()` is called, and then closes them.
  void run() noexcept;
  /// Thread-safe.
  void end() noexcept;

  /// Thread-safe.
  std::shared_ptr<EventLoop> makeLoop();
  bool isThisThread() const noexcept { return thread_ == std::this_thread::get_id(); }

 private:
  friend class WorkerLoop;

  void post(std::function<void()> function);
  /// False when the thread has ended.
  bool add(const std::shared_ptr<WorkerLoop>& loop);

  void runFunctions();
  /// Under the lock.
  void takeNewLoops();
  void fireTimers();
  /// False when the thread is to end.
  bool wait();
  void close();

  /// Of `run()`, while it runs.
  std::atomic<std::thread::id> thread_{};

  std::mutex mutex_;
  bool isWaiting_ = false;
  bool isEnding_ = false;
  bool hasEnded_ = false;
  std::vector<std::function<void()>> functions_;
  std::vector<std::weak_ptr<WorkerLoop>> newLoops_;

  // Of the thread alone.
  Poller poller_;
  std::vector<std::weak_ptr<WorkerLoop>> loops_;
};

}  // namespace http::loop_thread
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
