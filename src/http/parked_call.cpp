#include "http/parked_call.hpp"

#include <chrono>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

std::shared_ptr<Scheduler> schedulerOf(const AsyncWait& wait) {
  return wait.transport != nullptr ? wait.transport->scheduler() : nullptr;
}

Deadline nowOf(const AsyncWait& wait) {
  const std::shared_ptr<Scheduler> scheduler = schedulerOf(wait);
  return scheduler != nullptr ? scheduler->now() : std::chrono::steady_clock::now();
}

Error cannotWait() { return {Errc::asyncUnsupported, "the transport can only block"}; }

Error cancelledCall() { return {Errc::cancelled, "the call was cancelled"}; }

ParkedCall::ParkedCall(const AsyncWait& wait, Continuation continuation)
    : transport_(wait.transport),
      scheduler_(schedulerOf(wait)),
      cancellation_(wait.cancellation),
      continuation_(std::move(continuation)) {}

void ParkedCall::begin(std::optional<Deadline> limit) noexcept {
  try {
    if (limit) startTimer(*limit);
    if (cancellation_.canBeCancelled()) listen();
  } catch (...) {
    end(Wake::failed);
  }
}

// The scheduler may run the task at once, and another thread may resume the call meanwhile: so the timer is kept only
// as long as there is something to end.
void ParkedCall::startTimer(Deadline limit) {
  const Scheduler::TimerId timer = scheduler_->runAt(limit, [self = shared_from_this()] { self->timeOut(); });
  {
    const std::lock_guard lock(mutex_);
    if (!reason_) {
      timer_ = timer;
      return;
    }
  }
  scheduler_->cancel(timer);
}

void ParkedCall::listen() {
  CancellationRegistration registration = cancellation_.onCancelled([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->end(Wake::cancelled);
  });
  const std::lock_guard lock(mutex_);
  if (!reason_) std::swap(registration_, registration);
}

void ParkedCall::end(Wake reason) noexcept {
  if (!claim(reason)) return;
  try {
    scheduler_->post([self = shared_from_this()] { self->goOn(); });
  } catch (...) {
    // A call that is lost would leave somebody waiting forever.
    goOn();
  }
}

void ParkedCall::timeOut() noexcept {
  // When the loop ends, it runs its timers before their time.
  if (claim(transport_->isStopped() ? Wake::cancelled : Wake::late)) goOn();
}

bool ParkedCall::claim(Wake reason) noexcept {
  CancellationRegistration registration;  // Destroyed after the lock has been released.
  Scheduler::TimerId timer = 0;
  {
    const std::lock_guard lock(mutex_);
    if (reason_) return false;
    reason_ = reason;
    std::swap(registration, registration_);
    std::swap(timer, timer_);
  }
  if (timer != 0) scheduler_->cancel(timer);
  return true;
}

void ParkedCall::goOn() noexcept {
  const Continuation continuation = std::exchange(continuation_, nullptr);
  continuation(*reason_);
}

bool Rendezvous::waitUntil(Lock& lock, Deadline limit) {
  return ended_.wait_until(lock, limit, [this] { return isOver_; });
}

Rendezvous::ParkedCalls Rendezvous::end() noexcept {
  isOver_ = true;
  ended_.notify_all();
  return std::exchange(parked_, {});
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
