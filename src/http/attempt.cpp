#include "http/attempt.hpp"

#include <charconv>
#include <cstdint>
#include <utility>

#include "core/text.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {
namespace {

struct Server {
  std::string_view address;
  std::uint16_t port;
};

/// Of the URL of a request, which has been checked or made by this library.
Server serverOf(std::string_view url) noexcept {
  constexpr std::string_view separator = "://";
  Server server{{}, static_cast<std::uint16_t>(ascii::startsWith(url, "https") ? 443 : 80)};
  const std::size_t scheme = url.find(separator);
  if (scheme == std::string_view::npos) return server;
  std::string_view authority = url.substr(scheme + separator.size());
  authority = authority.substr(0, authority.find_first_of("/?#"));
  authority.remove_prefix(authority.rfind('@') + 1);
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  const bool hasPort = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  if (hasPort) std::from_chars(authority.data() + colon + 1, authority.data() + authority.size(), server.port);
  server.address = hasPort ? authority.substr(0, colon) : authority;
  if (bracket != std::string_view::npos && ascii::startsWith(server.address, "[")) {
    server.address = server.address.substr(1, bracket - 1);
  }
  return server;
}

}  // namespace

Attempt::Attempt(const Watch& watch, const Request& request, int number, const RetryRuntime& runtime) noexcept
    : sink_(*watch.sink), runtime_(runtime) {
  const Server server = serverOf(request.url);
  try {
    method_ = request.method;
    serverAddress_ = server.address;
    begunAt_ = runtime_.now();
  } catch (...) {
    return;
  }
  exchange_.operation = watch.operation;
  exchange_.method = method_;
  exchange_.serverAddress = serverAddress_;
  exchange_.serverPort = server.port;
  exchange_.resendCount = number - 1;
  exchange_.requestBodySize = request.body.size();
  isOpen_ = true;
  span_ = sink_.begin(exchange_);
}

Attempt::~Attempt() {
  if (!isOpen_) return;
  exchange_.error = Errc::internal;
  finish();
}

std::vector<Header> Attempt::traceHeaders() const {
  std::vector<Header> headers;
  if (!isOpen_ || !sink_.propagates()) return headers;
  Events::TraceHeaders values = sink_.propagate(span_, exchange_);
  headers.reserve(3);
  if (!values.traceparent.empty()) headers.push_back({"traceparent", std::move(values.traceparent)});
  if (!values.tracestate.empty()) headers.push_back({"tracestate", std::move(values.tracestate)});
  if (!values.baggage.empty()) headers.push_back({"baggage", std::move(values.baggage), true});
  return headers;
}

void Attempt::end(const Result<Response>& outcome) noexcept {
  if (!isOpen_) return;
  if (outcome) {
    exchange_.status = outcome->status;
    exchange_.responseBodySize = outcome->body.size();
  } else {
    exchange_.error = outcome.error().code;
  }
  finish();
}

void Attempt::finish() noexcept {
  isOpen_ = false;
  try {
    exchange_.duration = runtime_.now() - begunAt_;
  } catch (...) {
    // A clock of a test: the attempt ends all the same.
  }
  sink_.end(std::exchange(span_, std::nullopt), exchange_);
}

void append(std::vector<Header> headers, Request& request) {
  request.headers.reserve(request.headers.size() + headers.size());
  for (Header& header : headers) request.headers.push_back(std::move(header));
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
