/// The tasks of a scheduler, apart from the loop that runs them.
#pragma once

#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/scheduler.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Tasks to be run soon, in their order, and tasks to be run at a time. Thread-safe.
class TaskQueue {
 public:
  using Task = Scheduler::Task;
  using TimerId = Scheduler::TimerId;

  /// Takes the task; false when the queue is closed.
  bool post(Task& task) {
    const std::lock_guard lock(mutex_);
    if (isClosed_) return false;
    tasks_.push_back(std::move(task));
    return true;
  }

  /// Takes the task; 0 when the queue is closed.
  TimerId runAt(Deadline when, Task& task) {
    const std::lock_guard lock(mutex_);
    if (isClosed_) return 0;
    const TimerId id = ++lastId_;
    const auto entry = times_.emplace(id, when).first;
    try {
      timers_.emplace(std::pair(when, id), std::move(task));
    } catch (...) {
      times_.erase(entry);
      throw;
    }
    return id;
  }

  void cancel(TimerId id) noexcept {
    Timers::node_type forgotten;  // Destroyed after the lock has been released.
    const std::lock_guard lock(mutex_);
    const auto time = times_.find(id);
    if (time == times_.end()) return;
    forgotten = timers_.extract({time->second, id});
    times_.erase(time);
  }

  /// Takes out what is to be run by now.
  std::vector<Task> takeDue(Deadline now) {
    std::vector<Task> due;
    const std::lock_guard lock(mutex_);
    try {
      while (!timers_.empty() && timers_.begin()->first.first <= now) takeFirstTimer();
    } catch (const std::bad_alloc&) {
      // What is left stays for the next time.
    }
    due.swap(tasks_);
    return due;
  }

  /// When the next task is to be run, or something that has passed; nullopt when there is none.
  std::optional<Deadline> next() const {
    const std::lock_guard lock(mutex_);
    if (!tasks_.empty()) return Deadline();
    if (timers_.empty()) return std::nullopt;
    return timers_.begin()->first.first;
  }

  using Timers = std::map<std::pair<Deadline, TimerId>, Task>;
  struct Left {
    std::vector<Task> tasks = {};
    Timers timers = {};
  };
  /// Takes no more, and returns what is left.
  Left close() noexcept {
    Left left;
    const std::lock_guard lock(mutex_);
    isClosed_ = true;
    left.tasks.swap(tasks_);
    left.timers.swap(timers_);
    times_.clear();
    return left;
  }

 private:
  void takeFirstTimer() {
    const auto first = timers_.begin();
    tasks_.push_back(std::move(first->second));
    times_.erase(first->first.second);
    timers_.erase(first);
  }

  mutable std::mutex mutex_;
  bool isClosed_ = false;
  TimerId lastId_ = 0;
  std::vector<Task> tasks_;
  Timers timers_;
  std::unordered_map<TimerId, Deadline> times_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
