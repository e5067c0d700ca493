/// @file
/// A scheduler that runs its tasks when a test says so. Part of the target `liveblocks::testing`.
#pragma once

#include <cstddef>
#include <memory>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/scheduler.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Makes asynchronous calls deterministic: nothing happens until the test runs the tasks, on its own thread and without
/// waiting. Give it to the fakes, which complete their exchanges on it. Thread-safe.
///
///     const auto scheduler = std::make_shared<liveblocks::testing::ManualScheduler>();
///     fake->setScheduler(scheduler);
///     client.getRoomAsync("design", done);
///     scheduler->run();  // calls done
///
/// A call that will never be run leaks: at the end of a test, complete everything with `runUntil((Deadline::max)())`.
class LIVEBLOCKS_EXPORT ManualScheduler : public http::Scheduler {
 public:
  /// No tasks.
  ManualScheduler();
  ~ManualScheduler() override;

  /// Runs the tasks that are due, and those that are due because of them. Returns how many.
  std::size_t run();

  /// The same as if it were already that time: runs the timers until then in the order of their times, without waiting.
  /// `(Deadline::max)()` runs everything.
  std::size_t runUntil(Deadline when);

  /// The number of tasks that have not run, those of timers included.
  std::size_t pending() const;

  void post(Task task) override;
  TimerId runAt(Deadline when, Task task) override;
  void cancel(TimerId id) noexcept override;
  /// The real time, or that of the last timer while `runUntil()` runs it ahead of its time.
  Deadline now() const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
