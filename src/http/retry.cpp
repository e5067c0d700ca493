#include "http/retry.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <iomanip>
#include <locale>
#include <new>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "core/errors.hpp"
#include "core/redactor.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "http/delivery.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {
namespace {

using std::chrono::seconds;

constexpr std::int64_t longestWait = std::int64_t{365} * 86400;

/// The preferred form, and the two obsolete ones a recipient must accept.
constexpr std::array<const char*, 3> dateFormats{"%a, %d %b %Y %H:%M:%S GMT", "%a, %d-%b-%y %H:%M:%S GMT",
                                                 "%a %b %d %H:%M:%S %Y"};

/// Seconds since 1970-01-01.
std::optional<std::int64_t> parseDate(const std::string& text) {
  for (const char* format : dateFormats) {
    std::tm date{};
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    in >> std::get_time(&date, format);
    if (in.fail() || in.get() != std::istringstream::traits_type::eof()) continue;
    const std::int64_t days = timing::daysSince1970({date.tm_year + 1900, date.tm_mon + 1, date.tm_mday});
    return ((days * 24 + date.tm_hour) * 60 + date.tm_min) * 60 + date.tm_sec;
  }
  return std::nullopt;
}

seconds bounded(std::int64_t wait) noexcept { return seconds(std::clamp<std::int64_t>(wait, 0, longestWait)); }

seconds parseDelta(std::string_view digits) noexcept {
  std::int64_t value = 0;
  for (const char digit : digits) value = std::min(value * 10 + (digit - '0'), longestWait);
  return bounded(value);
}

}  // namespace

std::optional<seconds> parseRetryAfter(std::string_view value, std::chrono::system_clock::time_point now) {
  value = ascii::trim(value);
  if (value.empty()) return std::nullopt;
  if (std::all_of(value.begin(), value.end(), ascii::isDigit)) return parseDelta(value);
  const std::optional<std::int64_t> date = parseDate(std::string(value));
  if (!date) return std::nullopt;
  return bounded(*date - std::chrono::floor<seconds>(now.time_since_epoch()).count());
}

std::optional<seconds> retryAfter(const Response& response, std::chrono::system_clock::time_point now) {
  const std::optional<std::string_view> value = findHeader(response, "Retry-After");
  return value ? parseRetryAfter(*value, now) : std::nullopt;
}

Header retryAfterHeader(seconds wait) { return {"Retry-After", std::to_string(bounded(wait.count()).count())}; }

namespace {

using std::chrono::nanoseconds;

/// How often a wait looks whether it is still wanted.
constexpr nanoseconds pollInterval = std::chrono::milliseconds(20);
/// The same for waits on a loop, of which there may be thousands. docs/transport.md promises no more than this.
constexpr nanoseconds loopPollInterval = std::chrono::milliseconds(50);

template <class T>
bool holds(const std::vector<T>& list, T value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// The wait after `attempt`, which counts from 1.
nanoseconds backOff(int attempt, const RetryPolicy& policy, RetryRuntime& runtime) {
  nanoseconds wait = policy.firstWait;
  for (int i = 1; i < attempt && wait < policy.maxWait; ++i) wait *= 2;
  wait = std::min<nanoseconds>(wait, policy.maxWait);
  return wait / 2 + std::chrono::duration_cast<nanoseconds>(wait / 2 * runtime.random());
}

nanoseconds waitAfter(const Result<Response>& outcome, int attempt, const RetryPolicy& policy, RetryRuntime& runtime) {
  const nanoseconds wait = backOff(attempt, policy, runtime);
  const auto asked = outcome ? retryAfter(*outcome, runtime.wall()) : outcome.error().retryAfter;
  return asked ? std::max(wait, timing::saturatedCast<nanoseconds>(*asked)) : wait;
}

bool isCancelled(const Transport& transport, const Call& call) {
  return transport.isStopped() || call.cancellation.isCancelled() || (call.cancelled && call.cancelled());
}

/// False when the call was cancelled meanwhile.
bool waitUntil(std::chrono::steady_clock::time_point end, const Transport& transport, const Call& call,
               RetryRuntime& runtime) {
  for (auto now = runtime.now(); now < end; now = runtime.now()) {
    if (isCancelled(transport, call)) return false;
    runtime.sleepFor(std::min(timing::between(now, end), pollInterval));
  }
  return true;
}

/// What a transport says may hold what it was to send.
Result<Response> withoutSecrets(Result<Response> outcome) {
  constexpr std::size_t maxMessageBytes = 2048;
  if (outcome) return outcome;
  Error error = outcome.error();
  error.message = redactor::shown(error.message, maxMessageBytes);
  return error;
}

}  // namespace

bool RetryPolicy::repeats(const Result<Response>& outcome) const {
  return outcome ? holds(statuses, outcome->status) : holds(failures, outcome.error().code);
}

RetryRuntime::~RetryRuntime() = default;

std::chrono::steady_clock::time_point RetryRuntime::now() const { return std::chrono::steady_clock::now(); }

std::chrono::system_clock::time_point RetryRuntime::wall() const { return std::chrono::system_clock::now(); }

double RetryRuntime::random() {
  std::minstd_rand engine(static_cast<std::minstd_rand::result_type>(now().time_since_epoch().count()));
  engine.discard(2);
  return std::uniform_real_distribution<>()(engine);
}

void RetryRuntime::sleepFor(nanoseconds time) { std::this_thread::sleep_for(time); }

namespace {

Error cancelledWait() { return {Errc::cancelled, "cancelled while waiting to try again"}; }

/// When to try again after `attempt`, which counts from 1; nullopt if the outcome is the last.
std::optional<Deadline> nextAttempt(const Result<Response>& outcome, int attempt, Deadline deadline,
                                    const RetryPolicy& policy, RetryRuntime& runtime) {
  if (attempt >= policy.maxAttempts || !policy.repeats(outcome)) return std::nullopt;
  const nanoseconds wait = waitAfter(outcome, attempt, policy, runtime);
  const auto now = runtime.now();
  if (now >= deadline || wait >= timing::between(now, deadline)) return std::nullopt;
  return now + wait;
}

}  // namespace

namespace {

Result<Response> sendOnce(Transport& transport, const Request& request, const Call& call, int number,
                          const RetryRuntime& runtime, const Watch& watch) {
  if (watch.sink == nullptr) return transport.send(request, call);
  Attempt attempt(watch, request, number, runtime);
  std::vector<Header> headers = attempt.traceHeaders();
  std::optional<WipedRequest> copy;
  if (!headers.empty()) append(std::move(headers), copy.emplace(request).get());
  Result<Response> outcome = transport.send(copy ? copy->get() : request, call);
  attempt.end(outcome);
  return outcome;
}

}  // namespace

Result<Response> sendWithRetry(Transport& transport, const Request& request, const Call& call,
                               const RetryPolicy& policy, RetryRuntime& runtime, const Watch& watch) {
  Result<Response> outcome = sendOnce(transport, request, call, 1, runtime, watch);
  for (int attempt = 1;; ++attempt) {
    const auto next = nextAttempt(outcome, attempt, call.deadline, policy, runtime);
    if (!next) return withoutSecrets(std::move(outcome));
    if (!waitUntil(*next, transport, call, runtime)) return cancelledWait();
    if (policy.repeating) policy.repeating(outcome);
    outcome = sendOnce(transport, request, call, attempt + 1, runtime, watch);
  }
}

Result<Response> sendWithRetry(Transport& transport, const Request& request, const Call& call,
                               const RetryPolicy& policy, const Watch& watch) {
  RetryRuntime runtime;
  return sendWithRetry(transport, request, call, policy, runtime, watch);
}

namespace {

/// Goes by the time of a scheduler.
class ScheduledRuntime : public RetryRuntime {
 public:
  explicit ScheduledRuntime(const Scheduler* scheduler) : scheduler_(scheduler) {}

  std::chrono::steady_clock::time_point now() const override { return scheduler_->now(); }

 private:
  const Scheduler* scheduler_;
};

/// A request with its attempts. It is kept alive by whatever it waits for, and after `start()` only runs on the thread
/// of the scheduler.
class RepeatedExchange : public std::enable_shared_from_this<RepeatedExchange> {
 public:
  RepeatedExchange(std::shared_ptr<Transport> transport, Request request, Call call, RetryPolicy policy,
                   Transport::Completion done, Watch watch, RetryRuntime* runtime)
      : transport_(std::move(transport)),
        scheduler_(transport_->scheduler()),
        request_(std::move(request)),
        call_(std::move(call)),
        policy_(std::move(policy)),
        done_(std::move(done)),
        watch_(std::move(watch)),
        ownRuntime_(scheduler_.get()),
        runtime_(runtime != nullptr ? *runtime : ownRuntime_) {}
  RepeatedExchange(const RepeatedExchange&) = delete;
  RepeatedExchange& operator=(const RepeatedExchange&) = delete;
  ~RepeatedExchange() { wipe(request_); }

  void start() {
    try {
      if (call_.cancellation.isCancelled()) return finishLater({Errc::cancelled, "cancelled before it began"});
      if (!attempt()) finishLater(cannotStart());
    } catch (const std::bad_alloc&) {
      done_ = nullptr;
      throw;
    } catch (...) {
      finishLater({Errc::internal, "the transport threw an exception"});
    }
  }

 private:
  static Error cannotStart() { return {Errc::asyncUnsupported, "the transport can only block"}; }

  /// Runs a step of this object, which ends the exchange if it throws: there is nobody else to tell.
  template <class Step>
  void run(const Step& step) noexcept {
    try {
      step();
    } catch (...) {
      finish(errors::internal());
    }
  }

  /// False if the transport can only block.
  bool attempt() {
    if (scheduler_ == nullptr) return false;
    ++attempts_;
    Transport::Completion next = [self = shared_from_this()](Result<Response> outcome) {
      self->run([&] { self->attempted(std::move(outcome)); });
    };
    // The transport takes what it is given: a request that may be sent again is copied.
    WipedRequest given(attempts_ < policy_.maxAttempts ? request_ : std::move(request_));
    if (watch_.sink != nullptr) observe(given.get());
    return transport_->start(given.get(), call_, next);
  }

  void observe(Request& request) {
    attempt_.emplace(watch_, request, attempts_, runtime_);
    append(attempt_->traceHeaders(), request);
  }

  void attempted(Result<Response> outcome) {
    if (attempt_) attempt_->end(outcome);
    const auto next = nextAttempt(outcome, attempts_, call_.deadline, policy_, runtime_);
    if (!next) return finish(withoutSecrets(std::move(outcome)));
    last_.emplace(std::move(outcome));
    waitUntil(*next);
  }

  void waitUntil(Deadline end) {
    isWaiting_ = true;
    if (attempts_ == 1) {
      cancellation_ = call_.cancellation.onCancelled([weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->postLook();
      });
    }
    lookAgain(runtime_.now(), end);
  }

  /// Called on any thread.
  void postLook() noexcept {
    try {
      scheduler_->post([self = shared_from_this()] { self->look(); });
    } catch (...) {
      // The next of the regular looks will see it.
    }
  }

  void look() {
    if (isWaiting_ && isCancelled(*transport_, call_)) finish(cancelledWait());
  }

  /// Looks now and then whether the exchange is still wanted, as the blocking wait does. The times are those of the
  /// timers, whenever these may run.
  void lookAgain(Deadline now, Deadline end) {
    look();
    if (!isWaiting_) return;
    if (now >= end) return repeat();
    const Deadline next = std::min<Deadline>(end, now + loopPollInterval);
    timer_ = scheduler_->runAt(
        next, [self = shared_from_this(), next, end] { self->run([&] { self->lookAgain(next, end); }); });
  }

  void repeat() {
    isWaiting_ = false;
    if (policy_.repeating) policy_.repeating(*last_);
    if (!attempt()) finish(cannotStart());
  }

  /// From within the call that begins the exchange.
  void finishLater(Error error) {
    runOn(scheduler_.get(), [self = shared_from_this(), error = std::move(error)] { self->finish(error); });
  }

  void finish(Result<Response> outcome) {
    isWaiting_ = false;
    // That of a transport that did not take the request.
    if (attempt_) attempt_->end(outcome);
    if (timer_ != 0) scheduler_->cancel(timer_);
    const Transport::Completion done = std::exchange(done_, {});
    if (done) done(std::move(outcome));
  }

  const std::shared_ptr<Transport> transport_;
  const std::shared_ptr<Scheduler> scheduler_;
  Request request_;
  const Call call_;
  const RetryPolicy policy_;
  Transport::Completion done_;
  const Watch watch_;
  ScheduledRuntime ownRuntime_;
  RetryRuntime& runtime_;
  int attempts_ = 0;
  /// The current attempt, or the last one, which has ended. nullopt without a watch.
  std::optional<Attempt> attempt_;
  /// The outcome of the last attempt, while waiting for another one.
  std::optional<Result<Response>> last_;
  bool isWaiting_ = false;
  Scheduler::TimerId timer_ = 0;
  CancellationRegistration cancellation_;
};

}  // namespace

void startWithRetry(std::shared_ptr<Transport> transport, Request request, const Call& call, RetryPolicy policy,
                    Transport::Completion done, const Watch& watch, RetryRuntime* runtime) {
  std::make_shared<RepeatedExchange>(std::move(transport), std::move(request), call, std::move(policy), std::move(done),
                                     watch, runtime)
      ->start();
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
