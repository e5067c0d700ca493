#include "api_reading.hpp"

#include <chrono>
#include <utility>

#include <liveblocks/core/json.hpp>

#include "core/json_members.hpp"
#include "core/logging.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "http/api_failure.hpp"
#include "http/api_repeats.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

std::string detailLines(const std::string& suggestion, const std::string& docs) {
  std::string lines;
  if (!suggestion.empty()) lines += "Suggestion: " + suggestion;
  if (!lines.empty() && !docs.empty()) lines += '\n';
  if (!docs.empty()) lines += "See also: " + docs;
  return lines;
}

/// Reads a body `{"error": "…", "message": "…", "reason": "…", "suggestion": "…", "docs": "…"}`; one that is not JSON
/// becomes the message.
ErrorInfo infoOf(const http::Response& response, const http::detail::ServerText& texts) {
  ErrorInfo info;
  info.requestId = texts.requestId(response);
  std::string text = utf8::decode(response.body);
  if (!json::isStrict(text, Json::maxDepth)) {
    info.message = texts.redact(text);
    return info;
  }
  const auto members = json::members(text);
  info.code = texts.member(members, "error");
  info.message = texts.member(members, "message");
  info.reason = texts.member(members, "reason");
  info.details = detailLines(texts.member(members, "suggestion"), texts.member(members, "docs"));
  return info;
}

}  // namespace

void ApiReading::arrangeRepeats(http::ApiRepeat repeat, Exchange& exchange) {
  mayBeDeleted_ = http::detail::arrangeRepeats(repeat, exchange.once, exchange.policy);
}

Result<void> ApiReading::check(const Result<http::Response>& response) const {
  if (!response) return inCall(response.error());
  if (response->status < 200) return inCall({Errc::upstream, "the response has no final HTTP status"});
  logWarningHeader(*client_, *response, name_);
  if (isSuccess(response->status)) return {};
  Error error = failed(*response);
  if (error.code == Errc::notFound && mayBeDeleted_ && *mayBeDeleted_) return {};
  return error;
}

Error ApiReading::inCall(Error error) const {
  error.message.insert(0, name_ + ": ");
  return error;
}

Error ApiReading::failed(const http::Response& response) const {
  ErrorInfo info = infoOf(response, http::detail::ServerText(client_->secretKey));
  Error error =
      http::detail::apiFailure(name_, "Liveblocks", response, std::move(info), std::chrono::system_clock::now());
  if (error.code == Errc::secretKeyRejected) logging::write(client_->log, LogLevel::error, error.message);
  return error;
}

Error ApiReading::unreadable(int status, Error why) const {
  why.upstreamStatus = status;
  return inCall(std::move(why));
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
