#include "core/event_sink.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

std::string Events::Exchange::errorType() const {
  if (error) return std::string(name(*error));
  return status >= 400 ? std::to_string(status) : std::string();
}

namespace detail {
namespace {

bool areHexDigits(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return ascii::isDigit(c) || (c >= 'a' && c <= 'f'); });
}

bool isZero(std::string_view digits) noexcept { return digits.find_first_not_of('0') == std::string_view::npos; }

/// Version 00: https://www.w3.org/TR/trace-context/#version-format
bool isTraceparent(std::string_view value) noexcept {
  constexpr std::size_t size = 55;
  if (value.size() != size || value.substr(0, 3) != "00-" || value[35] != '-' || value[52] != '-') return false;
  const std::string_view trace = value.substr(3, 32);
  const std::string_view parent = value.substr(36, 16);
  return areHexDigits(trace) && areHexDigits(parent) && areHexDigits(value.substr(53)) && !isZero(trace) &&
         !isZero(parent);
}

/// Printable ASCII, which is what both lists consist of.
bool isList(std::string_view value, std::size_t maxSize) noexcept {
  return value.size() <= maxSize &&
         std::all_of(value.begin(), value.end(), [](char c) { return ascii::isVisible(c) || c == ' '; });
}

constexpr std::size_t maxTracestate = 512;
constexpr std::size_t maxBaggage = 8192;

/// Returns whether nothing had to be taken away.
bool takeInvalidAway(Events::TraceHeaders& headers) noexcept {
  const bool hasBadParent = !headers.traceparent.empty() && !isTraceparent(headers.traceparent);
  const bool hasBadState = !isList(headers.tracestate, maxTracestate);
  const bool hasBadBaggage = !isList(headers.baggage, maxBaggage);
  if (hasBadParent) headers.traceparent.clear();
  if (hasBadState || headers.traceparent.empty()) headers.tracestate.clear();
  if (hasBadBaggage) headers.baggage.clear();
  return !(hasBadParent || hasBadState || hasBadBaggage);
}

template <class Callable, class... Arguments>
void call(const Callable& callable, const Arguments&... arguments) noexcept {
  if (!callable) return;
  try {
    callable(arguments...);
  } catch (...) {
    // Nobody to tell: the work itself goes on.
  }
}

}  // namespace

EventSinkPointer EventSink::make(const Events& events, const Log& log) {
  const bool isNeeded = events.exchange || events.begin || events.end || events.propagate || events.verification ||
                        events.cacheLookup || events.webhook;
  return isNeeded ? std::make_shared<const EventSink>(events, log) : nullptr;
}

std::optional<Events::Span> EventSink::begin(const Events::Exchange& exchange) const noexcept {
  if (!events_.begin) return std::nullopt;
  try {
    return events_.begin(exchange);
  } catch (...) {
    return std::nullopt;
  }
}

void EventSink::end(const std::optional<Events::Span>& span, const Events::Exchange& exchange) const noexcept {
  if (span) call(events_.end, *span, exchange);
  call(events_.exchange, exchange);
}

Events::TraceHeaders EventSink::propagate(const std::optional<Events::Span>& span,
                                          const Events::Exchange& exchange) const noexcept {
  Events::TraceHeaders headers;
  if (!events_.propagate) return headers;
  try {
    headers = events_.propagate(span ? *span : nullptr, exchange);
  } catch (...) {
    return headers;
  }
  if (!takeInvalidAway(headers)) {
    badHeader_.write(log_, LogLevel::warning,
                     "a header of trace propagation has an invalid value and is not sent: check Events::propagate");
  }
  return headers;
}

void EventSink::verification(const Events::Verification& verification) const noexcept {
  call(events_.verification, verification);
}

void EventSink::cacheLookup(std::string_view cache, std::string_view outcome) const noexcept {
  call(events_.cacheLookup, Events::CacheLookup{cache, outcome});
}

void EventSink::tell(const Events::Webhook& webhook) const noexcept { call(events_.webhook, webhook); }

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
