#include "jwks/key_cache.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/logging.hpp"
#include "core/redactor.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using SteadyClock = std::chrono::steady_clock;

constexpr milliseconds firstBackOff{1000};
constexpr milliseconds maxBackOff{60000};
/// While there is no usable set, and every request fails.
constexpr milliseconds maxBackOffWithoutKeys{5000};
/// A server cannot lock us out for longer.
constexpr seconds maxRetryAfter{300};
/// A server cannot make us fetch more often.
constexpr seconds minSoftAge{60};
constexpr std::size_t maxShownBytes = 500;

bool isTimeout(const Error& error) noexcept { return error.code == Errc::timeout; }

bool isCancelled(const Error& error) noexcept { return error.code == Errc::cancelled; }

Error fetchCancelled() { return {Errc::cancelled, "fetching the verification keys was cancelled"}; }

/// For people: rounded up, in seconds where that is shorter.
std::string inWords(milliseconds time) {
  if (time < seconds(1)) return std::to_string(time.count()) + " ms";
  return std::to_string((time.count() + 999) / 1000) + " s";
}

Error deadlinePassed() { return {Errc::timeout, "the deadline passed before the verification keys were there"}; }

}  // namespace

/// Takes note that a fetch is under way; at the end, however it comes, that it is not any more.
class KeyCache::Flight {
 public:
  Flight(KeyCache& cache, Lock& lock) : cache_(cache), lock_(lock), attemptBefore_(cache.attemptedAt_) {
    cache_.attemptedAt_ = cache_.clock_->steady();
    cache_.lastOutcome_ = Outcome::cut;
    cache_.fetching_ = true;
    ++cache_.attempts_;
  }
  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;
  ~Flight() {
    if (!lock_.owns_lock()) lock_.lock();
    cache_.fetching_ = false;
    ++cache_.landings_;
    cache_.landed_.notify_all();
  }

  /// As if it had not been tried.
  void forget() {
    cache_.attemptedAt_ = attemptBefore_;
    --cache_.attempts_;
  }

 private:
  KeyCache& cache_;
  Lock& lock_;
  const std::optional<Moment> attemptBefore_;
};

KeyCache::KeyCache(Fetch fetch, const KeyCacheOptions& options, std::shared_ptr<const Clock> clock, const Log& log,
                   std::string source, std::chrono::milliseconds patience)
    : fetch_(std::move(fetch)),
      options_(options),
      patience_(patience),
      clock_(std::move(clock)),
      log_(log),
      source_(std::move(source)),
      outage_(log, "the verification keys are there again", clock_),
      softAge_(options.softAge),
      random_(static_cast<std::minstd_rand::result_type>(SteadyClock::now().time_since_epoch().count())) {}

Result<KeyPointer> KeyCache::find(std::string_view keyId, Deadline deadline) {
  Visit visit{deadline};
  Lock lock(mutex_);
  for (;;) {
    const Moment now = clock_->steady();
    KeyPointer key = ageAt(now) == Age::dead ? nullptr : keys_->find(keyId);
    const Plan next = plan(key != nullptr, now, visit);
    if (next.step == Step::finish) return outcome(std::move(key), visit);
    follow(next, lock, visit);
  }
}

Result<KeyPointer> KeyCache::findLocally(std::string_view keyId) {
  const Lock lock(mutex_);
  const Moment now = clock_->steady();
  const Age age = ageAt(now);
  KeyPointer key = age == Age::dead ? nullptr : keys_->find(keyId);
  const bool mayBeUsed = age < Age::grace || (age == Age::grace && failures_ > 0);
  const bool mayBeFetched = age == Age::dead || !(isResting(now) || isCoolingDown(now));
  if (key != nullptr ? mayBeUsed : !mayBeFetched) return outcome(std::move(key), {});
  return Error{Errc::keysUnavailable, "the verification keys have to be fetched first"};
}

Result<void> KeyCache::refresh(Deadline deadline) {
  Visit visit{deadline};
  Lock lock(mutex_);
  while (!visit.settled) {
    if (!fetching_ && !visit.takesOver && isResting(clock_->steady())) return unavailable();
    follow({fetching_ ? Step::join : Step::fetch, options_.fetchTimeout}, lock, visit);
  }
  if (visit.error) return *visit.error;
  return {};
}

KeyCache::Age KeyCache::ageAt(Moment now) const noexcept {
  if (keys_ == nullptr) return Age::dead;
  const auto age = timing::between(fetchedAt_, now);
  if (age < softAge_) return Age::fresh;
  if (age < options_.hardAge) return Age::soft;
  return age < options_.staleIfError ? Age::grace : Age::dead;
}

milliseconds KeyCache::rest(Moment now) const noexcept {
  const milliseconds cap = ageAt(now) == Age::dead ? maxBackOffWithoutKeys : maxBackOff;
  return std::max<milliseconds>(std::min(backOff_, cap), retryAfter_);
}

bool KeyCache::isResting(Moment now) const noexcept {
  return failures_ > 0 && now < timing::later(failedAt_, rest(now));
}

bool KeyCache::isCoolingDown(Moment now) const noexcept {
  return attemptedAt_ && now < timing::later(*attemptedAt_, options_.cooldown);
}

KeyCache::Plan KeyCache::plan(bool found, Moment now, const Visit& visit) const noexcept {
  const Age age = ageAt(now);
  if (visit.settled || (found && age == Age::fresh)) return {Step::finish};
  if (!found && age != Age::dead) return planForUnknownKey(now, visit);
  const bool mustRest = isResting(now) && !visit.takesOver;
  if (age == Age::soft) {
    return fetching_ || mustRest ? Plan{Step::finish}
                                 : Plan{Step::fetch, std::min(maxSoftFetch, options_.fetchTimeout)};
  }
  const milliseconds budget =
      age == Age::grace ? std::min(maxGraceFetch, options_.fetchTimeout) : options_.fetchTimeout;
  if (fetching_) return {Step::join, budget};
  return mustRest ? Plan{Step::finish} : Plan{Step::fetch, budget};
}

KeyCache::Plan KeyCache::planForUnknownKey(Moment now, const Visit& visit) const noexcept {
  if (fetching_) return {Step::join, options_.fetchTimeout};
  const bool mayFetch = visit.takesOver || !(isResting(now) || isCoolingDown(now));
  return {mayFetch ? Step::fetch : Step::finish, options_.fetchTimeout};
}

Result<KeyPointer> KeyCache::outcome(KeyPointer key, const Visit& visit) const {
  if (key != nullptr) return key;
  if (visit.error) return *visit.error;
  if (ageAt(clock_->steady()) == Age::dead) return unavailable();
  return Error{Errc::unknownKey, "no trusted key has the token's key id"};
}

void KeyCache::follow(Plan next, Lock& lock, Visit& visit) {
  const auto now = SteadyClock::now();
  if (!visit.begun) visit.begun = now;
  const Deadline limit = std::min(visit.deadline, *visit.begun + next.budget);
  if (now >= limit) {
    giveUp(visit);
  } else if (next.step == Step::join) {
    join(lock, visit, limit);
  } else {
    lead(lock, visit, limit);
  }
}

void KeyCache::giveUp(Visit& visit) const {
  visit.settled = true;
  visit.error = SteadyClock::now() >= visit.deadline ? deadlinePassed() : unavailable();
}

void KeyCache::join(Lock& lock, Visit& visit, Deadline limit) {
  const std::uint64_t before = landings_;
  if (!landed_.wait_until(lock, limit, [&] { return landings_ != before; })) return giveUp(visit);
  visit.takesOver = lastOutcome_ == Outcome::cut;
  visit.settled = !visit.takesOver;
  if (lastOutcome_ == Outcome::failure) visit.error = unavailable();
  if (lastOutcome_ == Outcome::cancelled) visit.error = fetchCancelled();
}

void KeyCache::lead(Lock& lock, Visit& visit, Deadline limit) {
  Flight flight(*this, lock);
  const std::shared_ptr<const KeySet> previous = keys_;
  lock.unlock();
  const auto begun = SteadyClock::now();
  const Result<FetchedKeys> fetched = callFetch(limit, previous.get());
  const bool cut = !fetched && isTimeout(fetched.error()) && SteadyClock::now() >= limit;
  const bool cancelled = !fetched && isCancelled(fetched.error());
  const bool cutEarly = cut && limit - begun < patience_;
  const bool cutByDeadline = cut && limit == visit.deadline;
  lock.lock();
  lastOutcome_ = fetched     ? Outcome::success
                 : cancelled ? Outcome::cancelled
                 : cutEarly  ? Outcome::cut
                             : Outcome::failure;
  visit.settled = true;
  if (cancelled) {
    flight.forget();
    visit.error = fetchCancelled();
    return;
  }
  std::string failure;
  if (fetched) {
    accept(*fetched);
  } else {
    if (!(cutEarly && cutByDeadline)) reject(fetched.error());
    visit.error = cutByDeadline ? deadlinePassed() : unavailable();
    const auto waited = std::chrono::duration_cast<milliseconds>(limit - begun);
    failure = describe(cut ? "no response within " + inWords(waited) : fetched.error().message);
  }
  lock.unlock();
  report(fetched, failure);
}

Result<FetchedKeys> KeyCache::callFetch(Deadline limit, const KeySet* previous) const {
  try {
    return fetch_(limit, previous);
  } catch (...) {
    return Error{Errc::internal, "an exception was thrown"};
  }
}

void KeyCache::accept(const FetchedKeys& fetched) {
  keys_ = fetched.keys;
  fetchedAt_ = clock_->steady();
  softAge_ = options_.softAge;
  if (fetched.maxAge) softAge_ = std::min(softAge_, std::max(*fetched.maxAge, minSoftAge));
  attempts_ = 0;
  failures_ = 0;
  lastError_.reset();
}

void KeyCache::reject(const Error& error) {
  ++failures_;
  failedAt_ = clock_->steady();
  const milliseconds backOff = std::min(firstBackOff * (1 << std::min(failures_ - 1, 6)), maxBackOff);
  backOff_ =
      backOff / 2 + milliseconds(std::uniform_int_distribution<int>(0, static_cast<int>(backOff.count() / 2))(random_));
  retryAfter_ = std::clamp(error.retryAfter.value_or(seconds(0)), seconds(0), maxRetryAfter);
  lastError_ = error;
}

Error KeyCache::unavailable() const {
  if (!lastError_) return {Errc::keysUnavailable, "there are no usable verification keys"};
  const Errc code = lastError_->code == Errc::secretKeyRejected ? Errc::secretKeyRejected : Errc::keysUnavailable;
  return {code, "fetching the verification keys failed: " + lastError_->message, lastError_->upstreamStatus,
          lastError_->retryAfter};
}

std::string KeyCache::describe(const std::string& reason) const {
  const Moment now = clock_->steady();
  std::string text = "fetching the verification keys from " + source_ + " failed, attempt " +
                     std::to_string(attempts_) + ": " + redactor::shown(reason, maxShownBytes);
  if (!isResting(now)) return text += "; the next call that needs keys tries again";
  const auto wait = std::chrono::duration_cast<milliseconds>(timing::between(now, timing::later(failedAt_, rest(now))));
  return text += "; no further attempt within " + inWords(wait);
}

void KeyCache::report(const Result<FetchedKeys>& fetched, const std::string& failure) {
  if (!fetched) {
    const bool ours = fetched.error().code == Errc::secretKeyRejected;
    return outage_.failed(ours ? LogLevel::error : LogLevel::warning, failure);
  }
  outage_.succeeded();
  if (fetched->keys->skipped() > 0) {
    logging::write(log_, LogLevel::info,
                   std::to_string(fetched->keys->skipped()) + " keys of the JWK Set are not usable");
  }
}

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
