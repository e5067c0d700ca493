#include "testing/fake_exchange.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

/// How often an exchange looks at `Call::cancelled`.
constexpr std::chrono::milliseconds cancellationInterval{10};

/// Kept alive by the tasks that it has given to the scheduler.
class FakeExchange : public std::enable_shared_from_this<FakeExchange> {
 public:
  FakeExchange(Result<http::Response> outcome, http::Call call, std::shared_ptr<http::Scheduler> scheduler)
      : outcome_(std::move(outcome)), call_(std::move(call)), scheduler_(std::move(scheduler)) {}

  void start(Deadline when, http::Transport::Completion& done) {
    // A fake has no thread of its own: like a real transport it completes on that of the scheduler.
    registration_ = call_.cancellation.onCancelled([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->scheduler_->post([self] { self->complete(); });
    });
    done_ = std::exchange(done, {});
    try {
      schedule(std::min(when, call_.deadline));
    } catch (...) {
      done = takeDone();
      throw;
    }
  }

 private:
  void schedule(Deadline when) {
    const Deadline now = scheduler_->now();
    if (when > now) return waitUntil(when, now);
    scheduler_->post([self = shared_from_this()] { self->complete(); });
  }

  /// Adds up the intervals, so that it also ends if a test runs the timers before their time.
  void waitUntil(Deadline when, Deadline now) {
    const Deadline next = call_.cancelled ? std::min<Deadline>(when, now + cancellationInterval) : when;
    const auto timer = scheduler_->runAt(next, [self = shared_from_this(), when, next] {
      if (next == when || self->isCancelled()) return self->complete();
      self->waitUntil(when, next);
    });
    const std::lock_guard lock(mutex_);
    timer_ = timer;
  }

  bool isCancelled() const { return call_.cancellation.isCancelled() || (call_.cancelled && call_.cancelled()); }

  void complete() {
    const http::Transport::Completion done = takeDone();
    if (!done) return;
    if (isCancelled()) return done(Error{Errc::cancelled, "the call was cancelled"});
    done(std::move(outcome_));
  }

  /// Empty when the exchange has completed.
  http::Transport::Completion takeDone() {
    const std::lock_guard lock(mutex_);
    scheduler_->cancel(timer_);
    return std::exchange(done_, {});
  }

  Result<http::Response> outcome_;
  const http::Call call_;
  std::mutex mutex_;
  http::Transport::Completion done_;
  http::Scheduler::TimerId timer_ = 0;
  const std::shared_ptr<http::Scheduler> scheduler_;
  CancellationRegistration registration_;
};

}  // namespace

void completeAt(Deadline when, Result<http::Response> outcome, const http::Call& call,
                http::Transport::Completion& done, const std::shared_ptr<http::Scheduler>& scheduler) {
  if (when >= call.deadline) outcome = Error{Errc::timeout, "the deadline has passed"};
  std::make_shared<FakeExchange>(std::move(outcome), call, scheduler)->start(when, done);
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
