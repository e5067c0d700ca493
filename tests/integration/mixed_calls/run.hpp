/// Begins planned calls from one thread and from callbacks, cancels some, and judges what each ends with.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <liveblocks/core/async_options.hpp>

#include "clients.hpp"
#include "expectation.hpp"
#include "outcome.hpp"
#include "plan.hpp"

namespace liveblocks_tests::mixed {

/// Where callbacks run.
struct Places {
  std::thread::id loop;
  liveblocks::Executor executor;
  std::thread::id executorThread;
};

/// Must outlive the loop.
class Run {
 public:
  /// The outcomes that a call may have.
  using Judge = std::function<Verdicts(const PlannedCall&)>;

  Run(Clients& clients, const std::vector<PlannedCall>& plan, Places places, Judge judge)
      : clients_(clients), places_(std::move(places)), judge_(std::move(judge)) {
    for (const PlannedCall& call : plan) calls_.push_back({call, {}});
  }

  /// Begins all calls, so many at a time at most.
  void beginAll(std::size_t limit) {
    while (const auto index = takeNext(limit)) {
      begin(*index);
      cancelDue();
    }
  }

  /// Begins that many.
  void beginFirst(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (const auto index = takeNext(count)) begin(*index);
    }
  }

  /// Cancels those that are to be cancelled and have not been.
  void cancelRest() {
    for (const Call& call : calls_) {
      if (call.plan.cancelledAfter) call.source.cancel();
    }
  }

  /// Waits until all have ended. Gives up after a while, so that a test that fails ends nevertheless.
  void awaitAll() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(60), [this] { return ended_ >= calls_.size(); });
  }

  /// From now on calls end within the call that begins them, because there is no loop any more.
  void expectEnd() {
    const std::lock_guard lock(mutex_);
    hasLoop_ = false;
  }

  std::size_t countOf(std::optional<liveblocks::Errc> verdict) const {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(verdict);
    return found == counts_.end() ? 0 : found->second;
  }

  /// What is wrong, those calls included that have not ended. Only some of it, if that is much.
  std::vector<std::string> problems() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> result = problems_;
    for (std::size_t i = 0; i < calls_.size() && result.size() < maxProblems; ++i) {
      if (calls_[i].ends == 0) result.push_back(nameOf(i) + " has not ended");
    }
    return result;
  }

 private:
  static constexpr std::size_t maxProblems = 20;

  struct Call {
    PlannedCall plan;
    liveblocks::CancellationSource source;
    int ends = 0;
  };

  std::optional<std::size_t> takeNext(std::size_t limit) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(60), [&] { return inFlight_ < limit || next_ == calls_.size(); });
    if (next_ == calls_.size()) return std::nullopt;
    ++inFlight_;
    return next_++;
  }

  void begin(std::size_t index) {
    const Call& call = calls_[index];
    liveblocks::AsyncOptions options;
    options.deadline = std::chrono::steady_clock::now() + call.plan.time.value_or(ampleTime);
    options.cancellation = call.source.token();
    if (call.plan.hasExecutor) options.executor = places_.executor;
    beginning_.push_back(index);
    clients_.begin(call.plan, index, options, [this, index](const Outcome& outcome) { end(index, outcome); });
    beginning_.pop_back();
    const std::lock_guard lock(mutex_);
    ++begun_;
    if (call.plan.cancelledAfter) due_.emplace(begun_ + *call.plan.cancelledAfter, index);
  }

  void cancelDue() {
    std::vector<liveblocks::CancellationSource> due;
    {
      const std::lock_guard lock(mutex_);
      const auto end = due_.upper_bound(begun_);
      for (auto each = due_.begin(); each != end; ++each) due.push_back(calls_[each->second].source);
      due_.erase(due_.begin(), end);
    }
    for (const auto& source : due) source.cancel();
  }

  void end(std::size_t index, const Outcome& outcome) {
    std::optional<std::size_t> another;
    {
      const std::lock_guard lock(mutex_);
      Call& call = calls_[index];
      judge(index, outcome);
      if (++call.ends > 1) return;
      ++ended_;
      ++counts_[outcome.error];
      if (call.plan.beginsAnother && next_ < calls_.size()) another = next_++;
      if (!another) --inFlight_;
      changed_.notify_all();
    }
    if (another) begin(*another);
  }

  void judge(std::size_t index, const Outcome& outcome) {
    const Call& call = calls_[index];
    const auto thread = std::this_thread::get_id();
    const bool isWithin = std::find(beginning_.begin(), beginning_.end(), index) != beginning_.end();
    require(call.ends == 0, index, "has ended before");
    require(permits(judge_(call.plan), outcome), index, "may not end so: " + describe(outcome));
    require(isOwn(outcome, call.plan.kind, idOf(index)), index, "has got what belongs to another one: " + outcome.text);
    const bool isThere = thread == (call.plan.hasExecutor ? places_.executorThread : places_.loop);
    require(isWithin ? !hasLoop_ : isThere, index, isWithin ? "ends within the call that begins it" : "ends elsewhere");
  }

  void require(bool isRight, std::size_t index, const std::string& otherwise) {
    if (!isRight && problems_.size() < maxProblems) problems_.push_back(nameOf(index) + " " + otherwise);
  }

  static std::string describe(const Outcome& outcome) {
    return outcome.error ? liveblocks::make_error_code(*outcome.error).message() + ", " + outcome.text : "a success";
  }

  std::string nameOf(std::size_t index) const {
    const PlannedCall& plan = calls_[index].plan;
    std::string name =
        idOf(index) + " of kind " + std::to_string(static_cast<int>(plan.kind)) + ", " + mixed::nameOf(plan.fate);
    if (needsKeys(plan.kind)) {
      name.append(", keys ").append(mixed::nameOf(plan.fateOfKeys)).append(" of ").append(std::to_string(plan.tenant));
      name.append(", user ").append(mixed::nameOf(plan.fateOfUser));
    }
    if (plan.time) name += ", " + std::to_string(plan.time->count()) + " ms";
    if (plan.cancelledAfter) name += ", cancelled";
    return name;
  }

  static inline thread_local std::vector<std::size_t> beginning_;

  Clients& clients_;
  const Places places_;
  const Judge judge_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Call> calls_;
  std::size_t next_ = 0;
  std::size_t inFlight_ = 0;
  std::size_t begun_ = 0;
  std::size_t ended_ = 0;
  bool hasLoop_ = true;
  std::multimap<std::size_t, std::size_t> due_;
  std::map<std::optional<liveblocks::Errc>, std::size_t> counts_;
  std::vector<std::string> problems_;
};

}  // namespace liveblocks_tests::mixed
