/// A scheduler with a thread of its own, for tests in which several threads meet.
#pragma once

#include <liveblocks/http/scheduler.hpp>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace liveblocks_tests {

class SchedulerThread : public liveblocks::http::Scheduler {
 public:
  SchedulerThread() : thread_([this] { runTasks(); }) {}
  /// Runs what is left. Must not be called on its own thread.
  ~SchedulerThread() override {
    {
      const std::lock_guard lock(mutex_);
      isEnding_ = true;
      changed_.notify_all();
    }
    thread_.join();
  }

  void post(Task task) override { runAt((liveblocks::Deadline::min)(), std::move(task)); }

  TimerId runAt(liveblocks::Deadline when, Task task) override {
    const std::lock_guard lock(mutex_);
    tasks_.emplace(std::pair(when, ++lastId_), std::move(task));
    changed_.notify_all();
    return lastId_;
  }

  void cancel(TimerId id) noexcept override {
    Task removed;  // Destroyed after the lock has been released.
    const std::lock_guard lock(mutex_);
    for (auto task = tasks_.begin(); task != tasks_.end(); ++task) {
      if (task->first.second != id) continue;
      removed = std::move(task->second);
      tasks_.erase(task);
      return;
    }
  }

 private:
  void runTasks() {
    std::unique_lock lock(mutex_);
    while (!isEnding_ || !tasks_.empty()) {
      if (tasks_.empty()) {
        changed_.wait(lock);
        continue;
      }
      const auto next = tasks_.begin();
      const liveblocks::Deadline when = next->first.first;
      if (!isEnding_ && when > std::chrono::steady_clock::now()) {
        changed_.wait_until(lock, when);
        continue;
      }
      const Task task = std::move(next->second);
      tasks_.erase(next);
      lock.unlock();
      task();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::pair<liveblocks::Deadline, TimerId>, Task> tasks_;
  TimerId lastId_ = 0;
  bool isEnding_ = false;
  std::thread thread_;
};

}  // namespace liveblocks_tests
