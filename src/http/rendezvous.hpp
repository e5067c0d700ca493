/// Where callers wait for what one of them does.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/version.hpp>

#include "http/parked_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

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
