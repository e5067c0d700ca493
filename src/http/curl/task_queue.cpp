#include "http/curl/task_queue.hpp"

#include <new>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

bool TaskQueue::post(Task& task) {
  const std::lock_guard lock(mutex_);
  if (isClosed_) return false;
  tasks_.push_back(std::move(task));
  return true;
}

TaskQueue::TimerId TaskQueue::runAt(Deadline when, Task& task) {
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

void TaskQueue::cancel(TimerId id) noexcept {
  Timers::node_type forgotten;  // Destroyed after the lock has been released.
  const std::lock_guard lock(mutex_);
  const auto time = times_.find(id);
  if (time == times_.end()) return;
  forgotten = timers_.extract({time->second, id});
  times_.erase(time);
}

std::vector<TaskQueue::Task> TaskQueue::takeDue(Deadline now) {
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

void TaskQueue::takeFirstTimer() {
  const auto first = timers_.begin();
  tasks_.push_back(std::move(first->second));
  times_.erase(first->first.second);
  timers_.erase(first);
}

std::optional<Deadline> TaskQueue::next() const {
  const std::lock_guard lock(mutex_);
  if (!tasks_.empty()) return Deadline();
  if (timers_.empty()) return std::nullopt;
  return timers_.begin()->first.first;
}

TaskQueue::Left TaskQueue::close() noexcept {
  Left left;
  const std::lock_guard lock(mutex_);
  isClosed_ = true;
  left.tasks.swap(tasks_);
  left.timers.swap(timers_);
  times_.clear();
  return left;
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
