#include "clerk/user_cache.hpp"

#include <utility>

#include "core/errors.hpp"
#include "core/logging.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

using http::detail::AsyncWait;
using http::detail::ParkedCall;
using http::detail::Wake;

Error lookUpTimedOut() { return {Errc::timeout, "the deadline passed while another caller was looking the user up"}; }

/// Whether a caller who waited for this result looks the user up anew: the time of another caller was over, and its own
/// is not.
bool triesAgain(const Result<User>& result, Deadline deadline, Deadline now) {
  return !result && result.error().code == Errc::timeout && now < deadline;
}

}  // namespace

UserCache::UserCache(std::size_t capacity, std::chrono::seconds ttl, std::shared_ptr<const Clock> clock, Log log,
                     liveblocks::detail::EventSinkPointer events)
    : capacity_(capacity), ttl_(ttl), clock_(std::move(clock)), log_(std::move(log)), events_(std::move(events)) {}

Result<User> UserCache::get(const std::string& id, Deadline deadline, const Load& load) {
  bool isHit = false;
  Result<User> result = obtain(id, deadline, load, isHit);
  tell(isHit);
  return result;
}

void UserCache::tell(bool isHit) const noexcept {
  if (events_ != nullptr) events_->cacheLookup("user", isHit ? "hit" : "miss");
}

Result<User> UserCache::obtain(const std::string& id, Deadline deadline, const Load& load, bool& isHit) {
  Lock lock(mutex_);
  for (bool hasWaited = false;; hasWaited = true) {
    if (auto user = findFresh(id)) {
      isHit = !hasWaited;
      return *std::move(user);
    }
    LookUpPointer lookUp = findInFlight(id);
    if (lookUp == nullptr) {
      lookUp = makeLookUp();
      lookUps_.emplace(id, lookUp);
      lock.unlock();
      end(id, *lookUp, load());
      return *lookUp->result;
    }
    if (!lookUp->rendezvous.waitUntil(lock, deadline)) return lookUpTimedOut();
    if (!triesAgain(*lookUp->result, deadline, std::chrono::steady_clock::now())) return *lookUp->result;
  }
}

UserCache::LookUpPointer UserCache::findInFlight(const std::string& id) const {
  const auto found = lookUps_.find(id);
  return found != lookUps_.end() ? found->second : nullptr;
}

UserCache::LookUpPointer UserCache::makeLookUp() const {
  auto lookUp = std::make_shared<LookUp>();
  lookUp->since = clock_->steady();
  return lookUp;
}

void UserCache::end(const std::string& id, LookUp& lookUp, Result<User>&& loaded) {
  Lock lock(mutex_);
  const Result<User>& result = lookUp.result.emplace(std::move(loaded));
  const auto current = lookUps_.find(id);
  const bool isCurrent = current != lookUps_.end() && current->second.get() == &lookUp;
  if (isCurrent) lookUps_.erase(current);
  const auto parked = lookUp.rendezvous.end();
  try {
    if (result && isCurrent) store(id, *result, lookUp.since);
  } catch (...) {
    // It is looked up again.
  }
  lock.unlock();
  for (const auto& call : parked) call->resume();
}

std::optional<User> UserCache::findFresh(const std::string& id) {
  const auto found = index_.find(id);
  if (found == index_.end()) return std::nullopt;
  const auto entry = found->second;
  // A clock that was set back does not tell the age.
  const auto age = timing::between(entry->storedAt, clock_->steady());
  if (age < age.zero() || age >= ttl_) {
    remove(id);
    return std::nullopt;
  }
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->user;
}

void UserCache::store(const std::string& id, const User& user, std::chrono::steady_clock::time_point since) {
  if (entries_.size() == capacity_) {
    index_.erase(entries_.back().id);
    entries_.pop_back();
  }
  entries_.push_front({id, user, since});
  index_[id] = entries_.begin();
}

void UserCache::forget(const std::string& id) {
  const Lock lock(mutex_);
  // The look-up is the leader's, and ends without a place in the cache.
  lookUps_.erase(id);
  remove(id);
}

void UserCache::remove(const std::string& id) {
  const auto found = index_.find(id);
  if (found == index_.end()) return;
  entries_.erase(found->second);
  index_.erase(found);
}

/// A look-up that is completed later. If it is given up instead, it ends as well.
class UserCache::StartedLookUp {
 public:
  StartedLookUp(std::shared_ptr<UserCache> cache, std::string id) noexcept
      : cache_(std::move(cache)), id_(std::move(id)) {}
  StartedLookUp(const StartedLookUp&) = delete;
  StartedLookUp& operator=(const StartedLookUp&) = delete;
  ~StartedLookUp() {
    if (lookUp_ != nullptr) end(errors::internal());
  }

  /// From now on it is in flight.
  void take(LookUpPointer lookUp) noexcept { lookUp_ = std::move(lookUp); }

  static void start(const std::shared_ptr<StartedLookUp>& self, const StartLoad& load) noexcept {
    try {
      load([self](Result<User> loaded) { self->end(std::move(loaded)); });
    } catch (...) {
      // It ends when it is destroyed.
    }
  }

 private:
  void end(Result<User>&& loaded) noexcept {
    const LookUpPointer lookUp = std::exchange(lookUp_, nullptr);
    cache_->end(id_, *lookUp, std::move(loaded));
  }

  const std::shared_ptr<UserCache> cache_;
  const std::string id_;
  LookUpPointer lookUp_;
};

/// One asynchronous call. It is kept alive by what it waits for, and keeps the cache alive.
class UserCache::Visit : public std::enable_shared_from_this<Visit> {
 public:
  Visit(std::shared_ptr<UserCache> cache, std::string id, AsyncWait wait, StartLoad load, Done done) noexcept
      : cache_(std::move(cache)),
        id_(std::move(id)),
        wait_(std::move(wait)),
        load_(std::move(load)),
        done_(std::move(done)) {}

  /// Goes on until the call must wait or is at its end.
  void advance() noexcept {
    Next step;
    try {
      step = next();
    } catch (...) {
      logging::writeException(cache_->log_, userNotLookedUp);
      step.outcome = errors::internal();
    }
    if (step.outcome) return finish(*std::move(step.outcome));
    step.parked->begin(step.limit);
    if (step.started != nullptr) StartedLookUp::start(step.started, load_);
  }

 private:
  struct Next {
    std::optional<Result<User>> outcome = {};
    /// It waits, with a limit if another caller looks the user up.
    std::shared_ptr<ParkedCall> parked = {};
    std::optional<Deadline> limit = {};
    std::shared_ptr<StartedLookUp> started = {};
  };

  Next next() {
    const Lock lock(cache_->mutex_);
    if (auto user = cache_->findFresh(id_)) {
      isHit_ = !hasWaited_;
      return {*std::move(user)};
    }
    lookUp_ = cache_->findInFlight(id_);
    leads_ = lookUp_ == nullptr;
    if (!leads_ && http::detail::nowOf(wait_) >= wait_.deadline) return {lookUpTimedOut()};
    if (wait_.cancellation.isCancelled()) return {http::detail::cancelledCall()};
    if (http::detail::schedulerOf(wait_) == nullptr) return {http::detail::cannotWait()};
    return waitForLookUp();
  }

  // Nothing may throw once the call is parked: it would come to its end twice.
  Next waitForLookUp() {
    Next result;
    result.parked = std::make_shared<ParkedCall>(wait_, [self = shared_from_this()](Wake why) { self->wake(why); });
    if (!leads_) {
      result.limit = wait_.deadline;
      lookUp_->rendezvous.park(result.parked);
      return result;
    }
    const LookUpPointer lookUp = cache_->makeLookUp();
    lookUp->rendezvous.park(result.parked);
    result.started = std::make_shared<StartedLookUp>(cache_, id_);
    cache_->lookUps_.emplace(id_, lookUp);
    result.started->take(lookUp);
    lookUp_ = lookUp;
    return result;
  }

  void wake(Wake why) noexcept {
    hasWaited_ = true;
    const LookUpPointer lookUp = std::exchange(lookUp_, nullptr);
    try {
      if (why == Wake::late) return finish(lookUpTimedOut());
      if (why == Wake::cancelled) return finish(http::detail::cancelledCall());
      if (why == Wake::failed) return finish(errors::internal());
      if (leads_ || !triesAgain(*lookUp->result, wait_.deadline, http::detail::nowOf(wait_)))
        return finish(Result<User>(*lookUp->result));
    } catch (...) {
      logging::writeException(cache_->log_, userNotLookedUp);
      return finish(errors::internal());
    }
    advance();
  }

  void finish(Result<User> outcome) noexcept {
    cache_->tell(isHit_);
    const Done done = std::exchange(done_, nullptr);
    done(std::move(outcome));
  }

  const std::shared_ptr<UserCache> cache_;
  const std::string id_;
  const AsyncWait wait_;
  const StartLoad load_;
  Done done_;
  /// What it waits for, and whether it began that.
  LookUpPointer lookUp_;
  bool leads_ = false;
  bool hasWaited_ = false;
  bool isHit_ = false;
};

void UserCache::getAsync(std::string id, const http::detail::AsyncWait& wait, StartLoad load, Done done) {
  std::make_shared<Visit>(shared_from_this(), std::move(id), wait, std::move(load), std::move(done))->advance();
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
