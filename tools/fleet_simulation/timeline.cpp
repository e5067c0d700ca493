#include "timeline.hpp"

#include <algorithm>

namespace fleet {

void Timeline::runUntil(Deadline when) {
  for (;;) {
    Task task;
    if (!posted_.empty()) {
      task = std::move(posted_.front());
      posted_.pop_front();
    } else if (!timers_.empty() && timers_.begin()->first.first <= when) {
      const auto next = timers_.begin();
      now_ = std::max(now_, next->first.first);
      task = std::move(next->second);
      times_.erase(next->first.second);
      timers_.erase(next);
    } else {
      break;
    }
    task();
  }
  now_ = std::max(now_, when);
}

void Timeline::runAll() {
  while (!posted_.empty() || !timers_.empty()) runUntil(timers_.empty() ? now_ : timers_.begin()->first.first);
}

void Timeline::post(Task task) { posted_.push_back(std::move(task)); }

liveblocks::http::Scheduler::TimerId Timeline::runAt(Deadline when, Task task) {
  timers_.emplace(std::pair(when, ++lastTimer_), std::move(task));
  times_.emplace(lastTimer_, when);
  return lastTimer_;
}

void Timeline::cancel(TimerId id) noexcept {
  const auto found = times_.find(id);
  if (found == times_.end()) return;
  timers_.erase({found->second, id});
  times_.erase(found);
}

}  // namespace fleet
