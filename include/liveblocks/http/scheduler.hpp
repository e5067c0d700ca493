/// @file
/// Where asynchronous calls wait and complete.
#pragma once

#include <cstdint>
#include <functional>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// Runs tasks on the thread on which the exchanges of a transport complete. Thread-safe.
///
/// When its loop ends, the tasks that are left run at once, and later ones within the call that they are given to. So a
/// task has to look whether that which it waited for has happened; `Transport::isStopped()` is true by then.
class LIVEBLOCKS_EXPORT Scheduler {
 public:
  /// Must not throw.
  using Task = std::function<void()>;
  /// Names a task that was given to `runAt()`. 0 names none.
  using TimerId = std::uint64_t;

  Scheduler() = default;
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;
  virtual ~Scheduler();

  /// Runs the task soon.
  virtual void post(Task task) = 0;

  /// Runs the task at that time or shortly after it.
  virtual TimerId runAt(Deadline when, Task task) = 0;

  /// Forgets the task, unless it has run or is about to.
  virtual void cancel(TimerId id) noexcept = 0;

  /// The time that timers go by. Default: that of the steady clock.
  virtual Deadline now() const;
};

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
