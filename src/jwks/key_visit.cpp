#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/errors.hpp"
#include "core/logging.hpp"
#include "http/parked_call.hpp"
#include "jwks/key_cache.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {

/// A fetch that is completed later. If it is given up instead, it lands as well.
class StartedFetch {
 public:
  StartedFetch(std::shared_ptr<KeyCache> cache, KeyCache::FlightPointer flight,
               std::shared_ptr<http::Scheduler> scheduler) noexcept;
  StartedFetch(const StartedFetch&) = delete;
  StartedFetch& operator=(const StartedFetch&) = delete;
  ~StartedFetch();

  static void start(const std::shared_ptr<StartedFetch>& self) noexcept;

 private:
  void land(const Result<FetchedKeys>& fetched) noexcept;

  const std::shared_ptr<KeyCache> cache_;
  KeyCache::FlightPointer flight_;
  const std::shared_ptr<http::Scheduler> scheduler_;
};

/// One asynchronous call, which follows the plans of the cache without a thread. It is kept alive by what it waits for,
/// and keeps the cache alive.
class KeyVisit : public std::enable_shared_from_this<KeyVisit> {
 public:
  /// Without a key id it refreshes the set.
  KeyVisit(std::shared_ptr<KeyCache> cache, std::optional<std::string> keyId, http::detail::AsyncWait wait,
           KeyCache::Done done);

  /// Goes on until the call must wait or is at its end.
  void advance() noexcept;

 private:
  using Wake = http::detail::Wake;

  /// What is to be done once the cache is not locked any more.
  struct Next {
    /// The call is at its end.
    std::optional<Result<KeyPointer>> outcome = {};
    /// It waits, with a limit if another caller fetches.
    std::shared_ptr<http::detail::ParkedCall> parked = {};
    std::optional<Deadline> limit = {};
    std::shared_ptr<StartedFetch> fetch = {};
  };

  Next next();
  Next join(Deadline limit);
  Next lead(Deadline limit);
  std::shared_ptr<http::detail::ParkedCall> park();
  /// Why the call cannot wait, if it cannot.
  std::optional<Error> obstacle() const;
  void wake(Wake reason) noexcept;
  void settle(Wake reason);
  /// Logs the exception that is being handled.
  Error unexpected() const noexcept;
  void finish(Result<KeyPointer> outcome) noexcept;

  const std::shared_ptr<KeyCache> cache_;
  const std::optional<std::string> keyId_;
  const http::detail::AsyncWait wait_;
  KeyCache::Done done_;
  KeyCache::Visit visit_;
  /// What it waits for, and whether it began that.
  KeyCache::FlightPointer flight_;
  bool leads_ = false;
  Deadline limit_{};
};

KeyVisit::KeyVisit(std::shared_ptr<KeyCache> cache, std::optional<std::string> keyId, http::detail::AsyncWait wait,
                   KeyCache::Done done)
    : cache_(std::move(cache)), keyId_(std::move(keyId)), wait_(std::move(wait)), done_(std::move(done)) {
  visit_.keyId = keyId_;
  visit_.deadline = wait_.deadline;
}

void KeyVisit::advance() noexcept {
  Next step;
  try {
    step = next();
  } catch (...) {
    step.outcome = unexpected();
  }
  if (step.outcome) return finish(*std::move(step.outcome));
  step.parked->begin(step.limit);
  if (step.fetch != nullptr) StartedFetch::start(step.fetch);
}

KeyVisit::Next KeyVisit::next() {
  const KeyCache::Lock lock(cache_->mutex_);
  for (;;) {
    const KeyCache::Plan plan = cache_->decide(visit_);
    if (plan.step == KeyCache::Step::finish) return {cache_->outcome(visit_)};
    const Deadline now = http::detail::nowOf(wait_);
    const Deadline limit = KeyCache::limitOf(plan, visit_, now);
    if (now >= limit) {
      cache_->giveUp(visit_, limit);
    } else if (auto error = obstacle()) {
      visit_.settled = true;
      visit_.error = std::move(error);
    } else {
      return plan.step == KeyCache::Step::join ? join(limit) : lead(limit);
    }
  }
}

std::optional<Error> KeyVisit::obstacle() const {
  if (wait_.cancellation.isCancelled()) return http::detail::cancelledCall();
  if (http::detail::schedulerOf(wait_) == nullptr) return http::detail::cannotWait();
  return std::nullopt;
}

// Nothing may throw once the call is parked: it would come to its end twice.

KeyVisit::Next KeyVisit::join(Deadline limit) {
  Next result{{}, park(), limit};
  flight_ = cache_->flight_;
  leads_ = false;
  limit_ = limit;
  flight_->rendezvous.park(result.parked);
  return result;
}

KeyVisit::Next KeyVisit::lead(Deadline limit) {
  Next result{{}, park()};
  const KeyCache::FlightPointer flight = cache_->makeFlight(visit_, limit, http::detail::nowOf(wait_));
  flight->rendezvous.park(result.parked);
  result.fetch = std::make_shared<StartedFetch>(cache_, flight, http::detail::schedulerOf(wait_));
  cache_->takeOff(flight);
  flight_ = flight;
  leads_ = true;
  return result;
}

std::shared_ptr<http::detail::ParkedCall> KeyVisit::park() {
  return std::make_shared<http::detail::ParkedCall>(wait_,
                                                    [self = shared_from_this()](Wake reason) { self->wake(reason); });
}

void KeyVisit::wake(Wake reason) noexcept {
  try {
    settle(reason);
  } catch (...) {
    return finish(unexpected());
  }
  advance();
}

void KeyVisit::settle(Wake reason) {
  const KeyCache::FlightPointer flight = std::exchange(flight_, nullptr);
  const KeyCache::Lock lock(cache_->mutex_);
  if (reason == Wake::resumed) return cache_->seeThrough(visit_, *flight, leads_);
  if (reason == Wake::late) return cache_->giveUp(visit_, limit_);
  visit_.settled = true;
  visit_.error = reason == Wake::cancelled ? http::detail::cancelledCall() : errors::internal();
}

Error KeyVisit::unexpected() const noexcept {
  logging::writeException(cache_->log_, "a key could not be looked up");
  return errors::internal();
}

void KeyVisit::finish(Result<KeyPointer> outcome) noexcept {
  if (!outcome && outcome.error().code == Errc::asyncUnsupported) cache_->reportUnsupported();
  cache_->tell(visit_, outcome);
  const KeyCache::Done done = std::exchange(done_, nullptr);
  done(std::move(outcome));
}

StartedFetch::StartedFetch(std::shared_ptr<KeyCache> cache, KeyCache::FlightPointer flight,
                           std::shared_ptr<http::Scheduler> scheduler) noexcept
    : cache_(std::move(cache)), flight_(std::move(flight)), scheduler_(std::move(scheduler)) {}

StartedFetch::~StartedFetch() {
  if (flight_ != nullptr) land(errors::internal());
}

void StartedFetch::start(const std::shared_ptr<StartedFetch>& self) noexcept {
  const KeyFetch& fetch = self->cache_->fetch_;
  try {
    if (!fetch.start) return self->land(http::detail::cannotWait());
    fetch.start(self->flight_->limit, self->flight_->previous, self->flight_->repeats,
                [self](const Result<FetchedKeys>& fetched) { self->land(fetched); });
  } catch (...) {
    // It lands when it is destroyed.
  }
}

void StartedFetch::land(const Result<FetchedKeys>& fetched) noexcept {
  const KeyCache::FlightPointer flight = std::exchange(flight_, nullptr);
  const KeyCache::TouchDown end(*cache_, *flight);
  try {
    cache_->take(*flight, fetched, scheduler_->now());
  } catch (...) {
    // Those who wait for it are told that it came to no end.
  }
}

void KeyCache::findAsync(std::string_view keyId, const http::detail::AsyncWait& wait, Done done) {
  std::make_shared<KeyVisit>(shared_from_this(), std::string(keyId), wait, std::move(done))->advance();
}

void KeyCache::refreshAsync(const http::detail::AsyncWait& wait, Done done) {
  std::make_shared<KeyVisit>(shared_from_this(), std::nullopt, wait, std::move(done))->advance();
}

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
