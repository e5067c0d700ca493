/// Asynchronous calls that wait for something that another call does, and where they wait.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/scheduler.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// How an asynchronous call waits.
struct AsyncWait {
  /// Its scheduler resumes the call. Null, or without a scheduler: the call cannot wait.
  std::shared_ptr<Transport> transport;
  Deadline deadline;
  CancellationToken cancellation = {};
};

/// The scheduler that resumes a call; null if it cannot wait.
std::shared_ptr<Scheduler> schedulerOf(const AsyncWait& wait);

/// The time that its timers go by.
Deadline nowOf(const AsyncWait& wait);

/// @{
/// The errors of a call that would have to wait and cannot, and of one that was cancelled while it waited.
Error cannotWait();
Error cancelledCall();
/// @}

/// Why a call that was parked goes on.
enum class Wake {
  resumed,    ///< What it waited for has happened.
  late,       ///< Its time is over.
  cancelled,  ///< It was cancelled, or its transport was stopped.
  failed,     ///< There is no memory to let it wait.
};

/// A call that waits without a thread. What happens first counts: the call goes on once, on the thread of its
/// scheduler. Thread-safe.
class ParkedCall : public std::enable_shared_from_this<ParkedCall> {
 public:
  /// Must not throw.
  using Continuation = std::function<void(Wake)>;

  /// The wait must have a scheduler.
  ParkedCall(const AsyncWait& wait, Continuation continuation);

  /// Lets the time run, with a limit, and listens for a cancellation. The call may go on before this returns.
  void begin(std::optional<Deadline> limit) noexcept;

  /// From whoever did what the call waits for, on any thread, without a lock.
  void resume() noexcept { end(Wake::resumed); }

 private:
  void end(Wake reason) noexcept;
  void timeOut() noexcept;
  /// Whether the call is to go on now, and for this reason.
  bool claim(Wake reason) noexcept;
  void goOn() noexcept;
  void startTimer(Deadline limit);
  void listen();

  const std::shared_ptr<Transport> transport_;
  const std::shared_ptr<Scheduler> scheduler_;
  const CancellationToken cancellation_;
  Continuation continuation_;

  std::mutex mutex_;
  std::optional<Wake> reason_;
  Scheduler::TimerId timer_ = 0;
  CancellationRegistration registration_;
};

/// Threads and asynchronous calls that wait for the same event. The mutex of its owner protects it.
class Rendezvous {
 public:
  using Lock = std::unique_lock<std::mutex>;
  using ParkedCalls = std::vector<std::shared_ptr<ParkedCall>>;

  /// Blocks until the event, or until the limit: then it returns false.
  bool waitUntil(Lock& lock, Deadline limit);

  /// Adds a call to those that wait. A call that goes on for another reason remains here until the event.
  void park(std::shared_ptr<ParkedCall> call) { parked_.push_back(std::move(call)); }

  /// The event: wakes the threads. The calls are to be resumed once the mutex is released.
  [[nodiscard]] ParkedCalls end() noexcept;

 private:
  std::condition_variable ended_;
  bool isOver_ = false;
  ParkedCalls parked_;
};

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
