#include <liveblocks/testing/manual_scheduler.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

struct ManualScheduler::State {
  /// Timers of one time run in the order in which they were set.
  using Timers = std::map<std::pair<Deadline, TimerId>, Task>;

  /// Removes and returns the next task; an empty one if none is due at that time.
  Task take(Deadline when) {
    const std::lock_guard lock(mutex);
    Task task;
    if (!posted.empty()) {
      task = std::move(posted.front());
      posted.pop_front();
    } else if (!timers.empty() && timers.begin()->first.first <= when) {
      task = std::move(timers.begin()->second);
      now = timers.begin()->first.first;
      timers.erase(timers.begin());
    }
    return task;
  }

  std::mutex mutex;
  std::deque<Task> posted;
  Timers timers;
  TimerId lastTimer = 0;
  /// The time of the last timer, while timers run.
  Deadline now = (Deadline::min)();
};

ManualScheduler::ManualScheduler() : state_(std::make_unique<State>()) {}

ManualScheduler::~ManualScheduler() = default;

std::size_t ManualScheduler::run() { return runUntil(std::chrono::steady_clock::now()); }

std::size_t ManualScheduler::runUntil(Deadline when) {
  std::size_t count = 0;
  for (Task task = state_->take(when); task; task = state_->take(when)) {
    task();
    ++count;
  }
  const std::lock_guard lock(state_->mutex);
  state_->now = (Deadline::min)();
  return count;
}

Deadline ManualScheduler::now() const {
  const std::lock_guard lock(state_->mutex);
  return std::max(state_->now, std::chrono::steady_clock::now());
}

std::size_t ManualScheduler::pending() const {
  const std::lock_guard lock(state_->mutex);
  return state_->posted.size() + state_->timers.size();
}

void ManualScheduler::post(Task task) {
  const std::lock_guard lock(state_->mutex);
  state_->posted.push_back(std::move(task));
}

http::Scheduler::TimerId ManualScheduler::runAt(Deadline when, Task task) {
  const std::lock_guard lock(state_->mutex);
  state_->timers.emplace(std::pair(when, ++state_->lastTimer), std::move(task));
  return state_->lastTimer;
}

void ManualScheduler::cancel(TimerId id) noexcept {
  Task removed;  // Destroyed after the lock has been released.
  const std::lock_guard lock(state_->mutex);
  const auto found = std::find_if(state_->timers.begin(), state_->timers.end(),
                                  [id](const State::Timers::value_type& timer) { return timer.first.second == id; });
  if (found == state_->timers.end()) return;
  removed = std::move(found->second);
  state_->timers.erase(found);
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
