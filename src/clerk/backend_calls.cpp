#include "clerk/backend_calls.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include <liveblocks/core/events.hpp>
#include <liveblocks/core/json.hpp>

#include "clerk/backend_api.hpp"
#include "core/errors.hpp"
#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "http/api_failure.hpp"
#include "http/api_repeats.hpp"
#include "http/api_target.hpp"
#include "http/delivery.hpp"
#include "http/retry.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

using http::detail::ServerText;

constexpr std::string_view callFailed = "a call of Clerk's API failed";
/// The number of errors in one response that are told.
constexpr std::size_t maxErrors = 10;

void addLine(std::string& lines, const std::string& line) {
  if (!lines.empty()) lines += '\n';
  lines += line;
}

/// The parameter that an error is about; empty if there is none.
std::string parameterOf(const std::vector<json::Member>& error, const ServerText& texts) {
  return texts.member(json::members(json::findMember(error, "meta")), "param_name");
}

/// `code: message (parameter)`
std::string furtherError(const std::vector<json::Member>& error, const ServerText& texts) {
  std::string line = texts.member(error, "code") + ": " + texts.member(error, "message");
  const std::string parameter = parameterOf(error, texts);
  return parameter.empty() ? line : line + " (" + parameter + ")";
}

/// Reads `{"errors": [{"code", "message", "long_message", "meta": {"param_name"}}, …], "clerk_trace_id"}`.
void readErrors(const std::vector<json::Member>& body, const ServerText& texts, ErrorInfo& info) {
  if (std::string traceId = texts.member(body, "clerk_trace_id"); !traceId.empty()) info.requestId = std::move(traceId);
  const std::vector<std::string_view> errors = json::items(json::findMember(body, "errors"));
  for (std::size_t i = 0; i < errors.size() && i < maxErrors; ++i) {
    const auto error = json::members(errors[i]);
    if (i > 0) {
      addLine(info.details, "Also: " + furtherError(error, texts));
      continue;
    }
    info.code = texts.member(error, "code");
    info.message = texts.member(error, "message");
    if (std::string more = texts.member(error, "long_message"); more != info.message) info.reason = std::move(more);
    if (const std::string parameter = parameterOf(error, texts); !parameter.empty()) {
      info.details = "Parameter: " + parameter;
    }
  }
  info.details = texts.redact(info.details);
}

/// A body that is not JSON becomes the message.
ErrorInfo infoOf(const http::Response& response, const ServerText& texts) {
  ErrorInfo info;
  info.requestId = texts.requestId(response);
  const std::string text = utf8::decode(response.body);
  if (json::isStrict(text, Json::maxDepth)) {
    readErrors(json::members(text), texts, info);
  } else {
    info.message = texts.redact(text);
  }
  return info;
}

bool isSuccess(int status) noexcept { return status >= 200 && status < 300; }

Error inCall(const std::string& name, Error error) {
  error.message.insert(0, name + ": ");
  return error;
}

}  // namespace

/// Maps the responses to a call.
struct BackendCalls::Reading {
  std::shared_ptr<const BackendCalls> calls;
  std::string name;
  /// As `http::detail::arrangeRepeats()` returns it.
  std::shared_ptr<const bool> mayBeDeleted;

  Result<http::ApiResponse> operator()(Result<http::Response> response) const {
    if (!response) return inCall(name, std::move(response).error());
    if (response->status < 200) return inCall(name, {Errc::upstream, "the response has no final HTTP status"});
    const bool isDeleted = response->status == 404 && mayBeDeleted != nullptr && *mayBeDeleted;
    if (!isDeleted && !isSuccess(response->status)) return calls->failed(name, *response);
    calls->outage_->succeeded();
    return http::ApiResponse{response->status, std::move(response->headers), std::move(response->body)};
  }
};

/// A request that can be sent, and how.
struct BackendCalls::Exchange {
  http::Request request;
  http::Call call;
  http::detail::RetryPolicy policy;
  http::detail::Watch watch;
  Reading reading;
};

BackendCalls::BackendCalls(const ClientOptions& options, std::shared_ptr<http::Transport> transport)
    : secretKey_(checkedSecretKey(options.secretKey)),
      apiUrl_(checkedApiUrl(options.apiUrl)),
      timeout_(options.callTimeout),
      retry_(options.retryCalls),
      clock_(options.clock),
      log_(options.log),
      events_(liveblocks::detail::EventSink::make(options.events, options.log)),
      transport_(std::move(transport)),
      outage_(std::make_unique<logging::OutageLog>(options.log, "calling Clerk's API works again", options.clock)) {
  timing::checkTimeout(timeout_);
}

Result<http::ApiResponse> BackendCalls::perform(const std::shared_ptr<const BackendCalls>& self,
                                                const http::ApiCall& call, std::optional<Deadline> deadline) {
  Result<Exchange> exchange = prepare(self, call, deadline);
  if (!exchange) return std::move(exchange).error();
  const Reading reading = std::move(exchange->reading);
  const http::detail::WipedRequest wiped(std::move(exchange->request));
  try {
    return reading(http::detail::sendWithRetry(*reading.calls->transport_, wiped.get(), exchange->call,
                                               exchange->policy, exchange->watch));
  } catch (...) {
    logging::writeException(reading.calls->log_, callFailed);
    return errors::internal();
  }
}

void BackendCalls::start(const std::shared_ptr<const BackendCalls>& self, const http::ApiCall& call,
                         Callback<Result<http::ApiResponse>> done, const AsyncOptions& options) {
  using Outcome = Result<http::ApiResponse>;
  http::detail::Delivery<Outcome> delivery(std::move(done), options.executor);
  Result<Exchange> exchange = prepare(self, call, options.deadline);
  if (!exchange) return delivery.later(self->transport_.get(), std::move(exchange).error());
  exchange->call.cancellation = options.cancellation;
  auto completion = [reading = std::move(exchange->reading),
                     delivery = std::move(delivery)](Result<http::Response> response) {
    const auto read = [&] {
      try {
        return reading(std::move(response));
      } catch (...) {
        logging::writeException(reading.calls->log_, callFailed);
        return Outcome(errors::internal());
      }
    };
    delivery.of(read, [] { return Outcome(errors::internal()); });
  };
  http::detail::startWithRetry(self->transport_, std::move(exchange->request), exchange->call,
                               std::move(exchange->policy), std::move(completion), exchange->watch);
}

http::Request BackendCalls::requestFor(const http::ApiCall& call, const std::string& target) const {
  http::Request request = backendRequest(apiUrl_ + target, secretKey_);
  request.method = call.method;
  http::detail::setBody(call, request);
  return request;
}

Result<BackendCalls::Exchange> BackendCalls::prepare(const std::shared_ptr<const BackendCalls>& self,
                                                     const http::ApiCall& call, std::optional<Deadline> deadline) {
  std::string name = http::detail::nameOf(call);
  const Result<std::string> target = http::detail::targetOf(call);
  if (!target) return inCall(name, target.error());
  const Deadline end = deadline.value_or(timing::later(std::chrono::steady_clock::now(), self->timeout_));
  Exchange exchange{self->requestFor(call, *target),
                    http::Call{end, call.maxResponse},
                    {},
                    {self->events_, call.operation.empty() ? operations::clerkCall : call.operation},
                    {self, std::move(name), nullptr}};
  exchange.reading.mayBeDeleted =
      http::detail::arrangeRepeats(http::detail::repeatOf(call), exchange.call.once, exchange.policy);
  if (!self->retry_) exchange.policy = http::detail::RetryPolicy::off();
  return exchange;
}

Error BackendCalls::failed(const std::string& name, const http::Response& response) const {
  ErrorInfo info = infoOf(response, ServerText(secretKey_));
  Error error = http::detail::apiFailure(name, "Clerk", response, std::move(info), clock_->wall());
  if (response.status == 401) outage_->failed(LogLevel::error, name + ": " + refusedSecretKey(401));
  if (response.status == 429) outage_->failed(LogLevel::warning, error.message);
  return error;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
