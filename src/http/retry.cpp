#include "http/retry.hpp"

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "core/redactor.hpp"
#include "core/saturating_time.hpp"
#include "http/retry_after.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

using std::chrono::nanoseconds;

/// How often a wait looks whether it is still wanted.
constexpr nanoseconds pollInterval = std::chrono::milliseconds(20);

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
  return asked ? std::max(wait, saturatedCast<nanoseconds>(*asked)) : wait;
}

bool isCancelled(const Transport& transport, const Call& call) {
  return transport.isStopped() || (call.cancelled && call.cancelled());
}

/// False when the call was cancelled meanwhile.
bool waitUntil(std::chrono::steady_clock::time_point end, const Transport& transport, const Call& call,
               RetryRuntime& runtime) {
  for (auto now = runtime.now(); now < end; now = runtime.now()) {
    if (isCancelled(transport, call)) return false;
    runtime.sleepFor(std::min(between(now, end), pollInterval));
  }
  return true;
}

/// What a transport says may hold what it was to send.
Result<Response> withoutSecrets(Result<Response> outcome) {
  constexpr std::size_t maxMessageBytes = 2048;
  if (outcome) return outcome;
  Error error = outcome.error();
  error.message = shownText(error.message, maxMessageBytes);
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

Result<Response> sendWithRetry(Transport& transport, const Request& request, const Call& call,
                               const RetryPolicy& policy, RetryRuntime& runtime) {
  Result<Response> outcome = transport.send(request, call);
  for (int attempt = 1; attempt < policy.maxAttempts && policy.repeats(outcome); ++attempt) {
    const nanoseconds wait = waitAfter(outcome, attempt, policy, runtime);
    const auto now = runtime.now();
    if (now >= call.deadline || wait >= between(now, call.deadline)) break;
    if (!waitUntil(now + wait, transport, call, runtime)) {
      return Error{Errc::cancelled, "cancelled while waiting to try again"};
    }
    if (policy.repeating) policy.repeating(outcome);
    outcome = transport.send(request, call);
  }
  return withoutSecrets(std::move(outcome));
}

Result<Response> sendWithRetry(Transport& transport, const Request& request, const Call& call,
                               const RetryPolicy& policy) {
  RetryRuntime runtime;
  return sendWithRetry(transport, request, call, policy, runtime);
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
