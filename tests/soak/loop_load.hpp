/// Calls of the endpoint on a `LoopThread`, with deadlines of their own, cancelled or not.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/http/message.hpp>

#include "call.hpp"
#include "dice.hpp"
#include "doors.hpp"
#include "judge.hpp"
#include "ledger.hpp"
#include "scheduler_thread.hpp"

namespace soak {

/// For one thread that begins the calls.
class LoopLoad {
 public:
  LoopLoad(LoopDoor& door, const KeyRing& keys, CallIds& ids, const Judge& judge, Ledger& ledger, const Dice& dice)
      : door_(door), judge_(judge), ledger_(ledger), dice_(dice), planner_(keys, ids, dice_) {}
  LoopLoad(const LoopLoad&) = delete;
  LoopLoad& operator=(const LoopLoad&) = delete;

  /// Begins a call, once there are not too many in flight, and cancels those that are due.
  void act();
  /// Waits until all have ended.
  void finish();

 private:
  struct InFlight {
    Call call;
    Moment begin;
    Moment deadline;
    liveblocks::CancellationSource cancellation;
    bool isCancelled = false;
    int ends = 0;
  };

  void cancelDue();
  void end(InFlight& call, const liveblocks::http::Response& response);

  LoopDoor& door_;
  const Judge& judge_;
  Ledger& ledger_;
  Dice dice_;
  CallPlanner planner_;
  liveblocks_tests::SchedulerThread elsewhere_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t inFlight_ = 0;
  std::multimap<Moment, std::shared_ptr<InFlight>> due_;
};

}  // namespace soak
