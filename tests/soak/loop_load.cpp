#include "loop_load.hpp"

#include <functional>
#include <utility>

#include <liveblocks/core/async_options.hpp>

#include "options.hpp"

namespace soak {
namespace {

constexpr std::size_t maxInFlight = 24;

}  // namespace

void LoopLoad::act() {
  cancelDue();
  {
    std::unique_lock lock(mutex_);
    if (!ended_.wait_for(lock, milliseconds(20), [this] { return inFlight_ < maxInFlight; })) return;
    ++inFlight_;
  }
  const auto call = std::make_shared<InFlight>();
  call->call = planner_.next();
  call->begin = Clock::now();
  call->deadline = call->begin + callTimeout;
  liveblocks::AsyncOptions options;
  options.cancellation = call->cancellation.token();
  if (dice_.percent(20)) {
    call->deadline = call->begin + milliseconds(dice_.between(0, 200));
    options.deadline = call->deadline;
  }
  if (dice_.percent(20)) {
    options.executor = [this](std::function<void()> task) { elsewhere_.post(std::move(task)); };
  }
  if (dice_.percent(20)) due_.emplace(call->begin + milliseconds(dice_.between(0, 100)), call);
  door_.endpoint().handleAsync(
      call->call.request, [this, call](const liveblocks::http::Response& response) { end(*call, response); }, options);
}

void LoopLoad::cancelDue() {
  const auto end = due_.upper_bound(Clock::now());
  for (auto each = due_.begin(); each != end; ++each) {
    {
      const std::lock_guard lock(mutex_);
      each->second->isCancelled = true;
    }
    each->second->cancellation.cancel();
    ledger_.count("calls that were cancelled");
  }
  due_.erase(due_.begin(), end);
}

void LoopLoad::end(InFlight& call, const liveblocks::http::Response& response) {
  const Moment now = Clock::now();
  bool isCancelled = false;
  int ends = 0;
  {
    const std::lock_guard lock(mutex_);
    isCancelled = call.isCancelled;
    ends = ++call.ends;
  }
  if (ends > 1) return ledger_.problem(describe(call.call), "one response", "another one");
  judge_.judge(call.call, {{call.begin, now}, call.deadline, response.status, response.body, isCancelled},
               door_.door());
  const std::lock_guard lock(mutex_);
  --inFlight_;
  ended_.notify_all();
}

void LoopLoad::finish() {
  due_.clear();
  std::unique_lock lock(mutex_);
  const bool haveEnded = ended_.wait_for(lock, std::chrono::minutes(2), [this] { return inFlight_ == 0; });
  if (!haveEnded)
    ledger_.problem("the calls on the loop", "a response for each", std::to_string(inFlight_) + " without");
}

}  // namespace soak
