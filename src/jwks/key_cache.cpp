#include "jwks/key_cache.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/errors.hpp"
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
/// A set is refreshed after no less than this part of its time.
constexpr double minFreshPart = 0.8;
/// A server cannot lock us out for longer.
constexpr seconds maxRetryAfter{300};
constexpr std::size_t maxShownBytes = 500;

bool isTimeout(const Error& error) noexcept { return error.code == Errc::timeout; }

bool isCancelled(const Error& error) noexcept { return error.code == Errc::cancelled; }

/// Whether nothing was tried.
bool isUnsupported(const Error& error) noexcept { return error.code == Errc::asyncUnsupported; }

Error fetchCancelled() { return {Errc::cancelled, "fetching the verification keys was cancelled"}; }

/// For people: rounded up, in seconds where that is shorter.
std::string inWords(milliseconds time) {
  if (time < seconds(1)) return std::to_string(time.count()) + " ms";
  return std::to_string((time.count() + 999) / 1000) + " s";
}

/// False before, too: a clock that was set back must not prolong a wait.
bool isWithin(SteadyClock::time_point begin, milliseconds time, SteadyClock::time_point now) noexcept {
  return begin <= now && now < timing::later(begin, time);
}

Error deadlinePassed() { return {Errc::timeout, "the deadline passed before the verification keys were there"}; }

}  // namespace

KeyCache::TouchDown::~TouchDown() {
  for (const auto& call : end()) call->resume();
}

http::detail::Rendezvous::ParkedCalls KeyCache::TouchDown::end() noexcept {
  const Lock lock(cache_.mutex_);
  cache_.flight_.reset();
  return flight_.rendezvous.end();
}

KeyCache::KeyCache(KeyFetch fetch, const KeyCacheOptions& options, std::shared_ptr<const Clock> clock, const Log& log,
                   std::string source, std::chrono::milliseconds patience, liveblocks::detail::EventSinkPointer events)
    : fetch_(std::move(fetch)),
      options_(options),
      patience_(patience),
      clock_(std::move(clock)),
      log_(log),
      source_(std::move(source)),
      events_(std::move(events)),
      outage_(log, "the verification keys are there again", clock_),
      keys_(options),
      random_(static_cast<std::minstd_rand::result_type>(clock_->steady().time_since_epoch().count())) {}

Result<KeyPointer> KeyCache::find(std::string_view keyId, Deadline deadline) {
  if (KeyPointer key = findFresh(keyId)) return key;
  Visit visit{keyId, deadline};
  Result<KeyPointer> found = follow(visit);
  tell(visit, found);
  return found;
}

Result<void> KeyCache::refresh(Deadline deadline) {
  Visit visit{std::nullopt, deadline};
  const Result<KeyPointer> refreshed = follow(visit);
  if (!refreshed) return refreshed.error();
  return {};
}

std::optional<Result<KeyPointer>> KeyCache::findNow(std::string_view keyId, Deadline deadline) {
  if (KeyPointer key = findFresh(keyId)) return key;
  Visit visit{keyId, deadline};
  Lock lock(mutex_);
  for (Plan next = decide(visit); next.step != Step::finish; next = decide(visit)) {
    const Deadline time = SteadyClock::now();
    const Deadline limit = limitOf(next, visit, time);
    if (time < limit) return std::nullopt;
    giveUp(visit, limit);
  }
  return conclude(lock, visit);
}

std::optional<Result<KeyPointer>> KeyCache::findLocally(std::string_view keyId) {
  if (KeyPointer key = findFresh(keyId)) return key;
  Visit visit{keyId, {}};
  Lock lock(mutex_);
  const Moment now = clock_->steady();
  const Age age = keys_.ageAt(now);
  visit.key = keys_.find(keyId, Age::grace, now);
  visit.isStale = age != Age::fresh;
  const bool mayBeUsed = age < Age::grace || (age == Age::grace && failures_ > 0);
  // A fetch that is under way may bring the key, and find() waits for it.
  const bool mayBeFetched = age == Age::dead || flight_ != nullptr || !(isResting(now) || isCoolingDown(now));
  if (visit.key != nullptr ? mayBeUsed : !mayBeFetched) return conclude(lock, visit);
  return std::nullopt;
}

KeyPointer KeyCache::findFresh(std::string_view keyId) const {
  KeyPointer key = keys_.find(keyId, Age::fresh, clock_->steady());
  if (key != nullptr && events_ != nullptr) events_->cacheLookup("jwks", "hit");
  return key;
}

Result<KeyPointer> KeyCache::conclude(Lock& lock, const Visit& visit) const {
  Result<KeyPointer> found = outcome(visit);
  lock.unlock();
  tell(visit, found);
  return found;
}

void KeyCache::tell(const Visit& visit, const Result<KeyPointer>& found) const noexcept {
  if (events_ == nullptr || !visit.keyId) return;
  const bool isStale = found && visit.isStale;
  const bool isHit = found && !visit.begun;
  events_->cacheLookup("jwks", isStale ? "stale" : isHit ? "hit" : "miss");
}

milliseconds KeyCache::rest(Moment now) const noexcept {
  const milliseconds cap = keys_.ageAt(now) == Age::dead ? maxBackOffWithoutKeys : maxBackOff;
  return std::max<milliseconds>(std::min(backOff_, cap), retryAfter_);
}

bool KeyCache::isResting(Moment now) const noexcept { return failures_ > 0 && isWithin(failedAt_, rest(now), now); }

bool KeyCache::isCoolingDown(Moment now) const noexcept {
  return attemptedAt_ && isWithin(*attemptedAt_, options_.cooldown, now);
}

KeyCache::Plan KeyCache::decide(Visit& visit) const {
  const Moment now = clock_->steady();
  if (!visit.keyId) return planForRefresh(now, visit);
  visit.key = keys_.find(*visit.keyId, Age::grace, now);
  visit.isStale = keys_.ageAt(now) != Age::fresh;
  return plan(visit.key != nullptr, now, visit);
}

KeyCache::Plan KeyCache::plan(bool found, Moment now, const Visit& visit) const noexcept {
  const Age age = keys_.ageAt(now);
  if (visit.settled || (found && age == Age::fresh)) return {Step::finish};
  if (!found && age != Age::dead) return planForUnknownKey(now, visit);
  const bool isUnderWay = flight_ != nullptr;
  // Who has a usable key takes nothing over in the back-off: else callers of a server that hangs would follow each
  // other without an end, and all of them would wait.
  const bool mustRest = isResting(now) && !(visit.takesOver && !found);
  if (age == Age::soft) {
    return isUnderWay || mustRest ? Plan{Step::finish}
                                  : Plan{Step::fetch, std::min(maxSoftFetch, options_.fetchTimeout)};
  }
  const milliseconds budget =
      age == Age::grace ? std::min(maxGraceFetch, options_.fetchTimeout) : options_.fetchTimeout;
  if (isUnderWay) return {Step::join, budget};
  return mustRest ? Plan{Step::finish} : Plan{Step::fetch, budget};
}

KeyCache::Plan KeyCache::planForUnknownKey(Moment now, const Visit& visit) const noexcept {
  if (flight_ != nullptr) return {Step::join, options_.fetchTimeout};
  const bool mayFetch = visit.takesOver || !(isResting(now) || isCoolingDown(now));
  return {mayFetch ? Step::fetch : Step::finish, options_.fetchTimeout};
}

KeyCache::Plan KeyCache::planForRefresh(Moment now, const Visit& visit) const noexcept {
  if (visit.settled) return {Step::finish};
  if (flight_ != nullptr) return {Step::join, options_.fetchTimeout};
  const bool mayFetch = visit.takesOver || !isResting(now);
  return {mayFetch ? Step::fetch : Step::finish, options_.fetchTimeout};
}

Result<KeyPointer> KeyCache::outcome(const Visit& visit) const {
  if (visit.key != nullptr) return visit.key;
  if (visit.error) return *visit.error;
  if (!visit.keyId) return visit.settled ? Result<KeyPointer>(nullptr) : unavailable();
  if (keys_.ageAt(clock_->steady()) == Age::dead) return unavailable();
  return Error{Errc::unknownKey, "no trusted key has the token's key id"};
}

Deadline KeyCache::limitOf(const Plan& next, Visit& visit, Deadline now) noexcept {
  if (!visit.begun) visit.begun = now;
  return std::min(visit.deadline, *visit.begun + next.budget);
}

void KeyCache::giveUp(Visit& visit, Deadline limit) const {
  visit.settled = true;
  visit.error = limit == visit.deadline ? deadlinePassed() : unavailable();
}

Result<KeyPointer> KeyCache::follow(Visit& visit) {
  Lock lock(mutex_);
  for (Plan next = decide(visit); next.step != Step::finish; next = decide(visit)) {
    const Deadline time = SteadyClock::now();
    const Deadline limit = limitOf(next, visit, time);
    if (time >= limit) {
      giveUp(visit, limit);
    } else if (next.step == Step::join) {
      join(lock, visit, limit);
    } else {
      lead(lock, visit, limit);
    }
  }
  return outcome(visit);
}

void KeyCache::join(Lock& lock, Visit& visit, Deadline limit) {
  const FlightPointer flight = flight_;
  if (!flight->rendezvous.waitUntil(lock, limit)) return giveUp(visit, limit);
  seeThrough(visit, *flight, false);
}

void KeyCache::lead(Lock& lock, Visit& visit, Deadline limit) {
  const FlightPointer flight = makeFlight(visit, limit, SteadyClock::now());
  takeOff(flight);
  {
    const TouchDown end(*this, *flight);
    lock.unlock();
    const Result<FetchedKeys> fetched = callFetch(*flight);
    take(*flight, fetched, SteadyClock::now());
  }
  lock.lock();
  seeThrough(visit, *flight, true);
}

void KeyCache::seeThrough(Visit& visit, const Flight& flight, bool hasLed) const {
  visit.takesOver = !hasLed && flight.outcome == Outcome::cut;
  visit.silentSince = flight.silentSince;
  visit.settled = !visit.takesOver;
  if (hasLed) visit.error = flight.error;
  if (!hasLed && flight.outcome == Outcome::failure) visit.error = unavailable();
  if (!hasLed && flight.outcome == Outcome::cancelled) visit.error = fetchCancelled();
}

KeyCache::FlightPointer KeyCache::makeFlight(const Visit& visit, Deadline limit, Deadline now) const {
  auto flight = std::make_shared<Flight>();
  flight->begun = now;
  flight->silentSince = visit.takesOver ? visit.silentSince : now;
  flight->limit = limit;
  flight->isLimitedByCaller = limit == visit.deadline;
  flight->previous = keys_.set();
  flight->repeats = failures_ == 0;
  flight->attemptedAt = clock_->steady();
  flight->attemptBefore = attemptedAt_;
  flight->error = errors::internal();
  return flight;
}

void KeyCache::takeOff(const FlightPointer& flight) noexcept {
  attemptedAt_ = flight->attemptedAt;
  ++attempts_;
  flight_ = flight;
}

Result<FetchedKeys> KeyCache::callFetch(const Flight& flight) const {
  try {
    return fetch_.wait(flight.limit, flight.previous.get(), flight.repeats);
  } catch (...) {
    return Error{Errc::internal, "an exception was thrown"};
  }
}

namespace {

bool saysNothing(const Result<FetchedKeys>& fetched) noexcept {
  return !fetched && (isCancelled(fetched.error()) || isUnsupported(fetched.error()));
}

}  // namespace

void KeyCache::take(Flight& flight, const Result<FetchedKeys>& fetched, Deadline now) {
  Lock lock(mutex_);
  const std::string failure = settle(flight, fetched, now);
  lock.unlock();
  if (!saysNothing(fetched)) report(fetched, failure);
}

std::string KeyCache::settle(Flight& flight, const Result<FetchedKeys>& fetched, Deadline now) {
  if (fetched) {
    flight.outcome = Outcome::success;
    flight.error.reset();
    accept(*fetched);
    return {};
  }
  const Error& error = fetched.error();
  if (saysNothing(fetched)) {
    // As if it had not been tried.
    attemptedAt_ = flight.attemptBefore;
    --attempts_;
    flight.outcome = isCancelled(error) ? Outcome::cancelled : Outcome::cut;
    flight.error = isCancelled(error) ? fetchCancelled() : error;
    return {};
  }
  const bool isCut = isTimeout(error) && flight.limit - now <= timing::timerSlack;
  // Else callers with short deadlines would follow each other for as long as the server hangs.
  const bool isCutEarly = isCut && flight.limit - flight.silentSince < patience_;
  const bool isCutByCaller = isCut && flight.isLimitedByCaller;
  flight.outcome = isCutEarly ? Outcome::cut : Outcome::failure;
  if (!(isCutEarly && isCutByCaller)) reject(error);
  flight.error = isCutByCaller ? deadlinePassed() : unavailable();
  const auto waited = std::chrono::duration_cast<milliseconds>(flight.limit - flight.begun);
  return describe(isCut ? "no response within " + inWords(waited) : error.message);
}

void KeyCache::accept(const FetchedKeys& fetched) {
  // Many programs that have fetched at the same time, as after an outage, must not go on doing so.
  keys_.replace(fetched, clock_->steady(), std::uniform_real_distribution<>(minFreshPart, 1)(random_));
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

void KeyCache::reportUnsupported() noexcept {
  try {
    outage_.failed(
        LogLevel::error,
        "the verification keys must be fetched, but the transport can only block: asynchronous calls need one "
        "with a loop");
  } catch (...) {
    // There was no memory for the line.
  }
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
