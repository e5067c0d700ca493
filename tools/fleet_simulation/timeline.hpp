// Time in the simulation: a scheduler that goes from one task to the next without waiting, and clocks that follow it.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <unordered_map>
#include <utility>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/scheduler.hpp>

namespace fleet {

using liveblocks::Deadline;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

using Random = std::minstd_rand;

/// A time between nothing and `limit`.
inline nanoseconds upTo(nanoseconds limit, Random& random) {
  return nanoseconds(std::uniform_int_distribution<std::int64_t>(0, limit.count())(random));
}

/// Unlike `liveblocks::testing::ManualScheduler` it knows nothing of the real time, so that every run is the same. For
/// one thread.
class Timeline : public liveblocks::http::Scheduler {
 public:
  /// What has passed since the beginning.
  nanoseconds elapsed() const { return now_ - beginning(); }

  /// Runs the tasks until then, in the order of their times.
  void runUntil(Deadline when);
  /// Runs all tasks that there are and that come of them.
  void runAll();

  void post(Task task) override;
  TimerId runAt(Deadline when, Task task) override;
  void cancel(TimerId id) noexcept override;
  Deadline now() const override { return now_; }

 private:
  /// Always the same, and later than the real time of any machine: where the library compares a deadline with that, it
  /// has not passed.
  static constexpr Deadline beginning() { return Deadline(std::chrono::hours(24 * 365 * 100)); }

  Deadline now_ = beginning();
  std::deque<Task> posted_;
  /// Timers of one time run in the order in which they were set.
  std::map<std::pair<Deadline, TimerId>, Task> timers_;
  std::unordered_map<TimerId, Deadline> times_;
  TimerId lastTimer_ = 0;
};

/// The clock of one machine. Its steady clock began at some other time than those of the others.
class MachineClock : public liveblocks::Clock {
 public:
  MachineClock(std::shared_ptr<const Timeline> timeline, nanoseconds upFor)
      : timeline_(std::move(timeline)), upFor_(upFor) {}

  std::chrono::system_clock::time_point wall() const override { return wallOf(*timeline_); }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point(upFor_ + timeline_->elapsed());
  }

  /// The time of day, on which all machines agree.
  static std::chrono::system_clock::time_point wallOf(const Timeline& timeline) {
    return std::chrono::system_clock::time_point(seconds(1800000000)) + timeline.elapsed();
  }

 private:
  const std::shared_ptr<const Timeline> timeline_;
  const nanoseconds upFor_;
};

}  // namespace fleet
