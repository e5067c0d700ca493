/// The tasks of a scheduler, apart from the loop that runs them.
#pragma once

#include <map>
#include <mutex>
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
  bool post(Task& task);
  /// Takes the task; 0 when the queue is closed.
  TimerId runAt(Deadline when, Task& task);
  void cancel(TimerId id) noexcept;

  /// Takes out what is to be run by now.
  std::vector<Task> takeDue(Deadline now);
  /// When the next task is to be run, or something that has passed; nullopt when there is none.
  std::optional<Deadline> next() const;

  using Timers = std::map<std::pair<Deadline, TimerId>, Task>;
  struct Left {
    std::vector<Task> tasks = {};
    Timers timers = {};
  };
  /// Takes no more, and returns what is left.
  Left close() noexcept;

 private:
  void takeFirstTimer();

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
