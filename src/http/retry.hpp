/// Retries: which failures are tried again, and when.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>

#include "http/attempt.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// How long to wait, counted from `now`: delta-seconds, or an HTTP-date in any of the three forms of RFC 9110 §5.6.7.
/// A date that has passed is zero; waits of more than a year count as a year. nullopt for anything else.
std::optional<std::chrono::seconds> parseRetryAfter(std::string_view value, std::chrono::system_clock::time_point now);

/// The same for the header of a response; nullopt when it is absent or unreadable.
std::optional<std::chrono::seconds> retryAfter(const Response& response, std::chrono::system_clock::time_point now);

/// The header of a response, within the same limits.
Header retryAfterHeader(std::chrono::seconds wait);

struct RetryPolicy {
  /// Attempts in all; 1 or less switches repeating off.
  int maxAttempts = 3;
  /// The wait before the first repeat. It doubles each time, and is drawn from between half of that and the whole.
  std::chrono::milliseconds firstWait{100};
  /// Bounds the doubling. A `Retry-After` may ask for more.
  std::chrono::milliseconds maxWait{2000};
  /// The statuses that are worth another try.
  std::vector<int> statuses{429, 500, 502, 503, 504};
  /// The errors that are worth another try.
  std::vector<Errc> failures{Errc::resolve, Errc::connect, Errc::reset, Errc::timeout};
  /// Told of each outcome that is not the last. Must not throw.
  std::function<void(const Result<Response>&)> repeating = {};

  static RetryPolicy off() { return {1, {}, {}, {}, {}}; }

  /// For requests that must not happen twice: repeated only when the server cannot have acted on the attempt that
  /// failed.
  static RetryPolicy once() {
    RetryPolicy policy;
    policy.statuses = {429};
    policy.failures = {Errc::resolve, Errc::connect};
    return policy;
  }

  bool repeats(const Result<Response>& outcome) const;
};

/// Time and chance as the back-off sees them. Tests put their own in place.
class RetryRuntime {
 public:
  RetryRuntime() = default;
  RetryRuntime(const RetryRuntime&) = delete;
  RetryRuntime& operator=(const RetryRuntime&) = delete;
  virtual ~RetryRuntime();

  virtual std::chrono::steady_clock::time_point now() const;
  /// Compared with a `Retry-After` that holds a date.
  virtual std::chrono::system_clock::time_point wall() const;
  /// At least 0, less than 1.
  virtual double random();
  virtual void sleepFor(std::chrono::nanoseconds time);
};

/// Sends `request`, again after a jittered exponential back-off while the outcome is one of `policy.failures` or a
/// response with one of `policy.statuses`; never sooner than `Retry-After` asks. Other errors are final.
///
/// The default policy is only for requests whose repetition does no harm: the server may have acted on the attempt that
/// failed.
/// All attempts and waits end by `call.deadline`: where the next wait would reach it, the last outcome is returned at
/// once. `call.cancelled` and `Transport::isStopped()` end a wait with `Errc::cancelled`. The text of an error is one
/// line without credentials. The watch is told of each attempt.
Result<Response> sendWithRetry(Transport& transport, const Request& request, const Call& call,
                               const RetryPolicy& policy = {}, const Watch& watch = {});
Result<Response> sendWithRetry(Transport& transport, const Request& request, const Call& call,
                               const RetryPolicy& policy, RetryRuntime& runtime, const Watch& watch = {});

/// The asynchronous twin: the same rules, and nothing blocks. `done`, which must not throw, is called once, on the
/// thread of the transport's scheduler and never from within this call; only with a transport that cannot start
/// exchanges it is called at once, with `Errc::asyncUnsupported`. `call.cancellation` ends exchanges and waits with
/// `Errc::cancelled`. An exception of the transport becomes `Errc::internal`. The request is wiped at the end.
///
/// Throws only `std::bad_alloc`, and does not call `done` then. `runtime` must outlive the exchange; null for the real
/// one.
void startWithRetry(std::shared_ptr<Transport> transport, Request request, const Call& call, RetryPolicy policy,
                    Transport::Completion done, const Watch& watch = {}, RetryRuntime* runtime = nullptr);

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
