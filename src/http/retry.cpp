#include "http/retry.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <iomanip>
#include <locale>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "core/redactor.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

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
  return transport.isStopped() || (call.cancelled && call.cancelled());
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

Result<Response> sendWithRetry(Transport& transport, const Request& request, const Call& call,
                               const RetryPolicy& policy, RetryRuntime& runtime) {
  Result<Response> outcome = transport.send(request, call);
  for (int attempt = 1; attempt < policy.maxAttempts && policy.repeats(outcome); ++attempt) {
    const nanoseconds wait = waitAfter(outcome, attempt, policy, runtime);
    const auto now = runtime.now();
    if (now >= call.deadline || wait >= timing::between(now, call.deadline)) break;
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

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
