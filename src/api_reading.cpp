#include "api_reading.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/secret.hpp>

#include "core/json_members.hpp"
#include "core/logging.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

/// The length of one string of `ErrorInfo`, in bytes. A gateway may respond with a whole page.
constexpr std::size_t maxInfoBytes = 4096;
/// The length of one string of `ErrorInfo` in a message, in bytes.
constexpr std::size_t maxShownBytes = 512;

Errc codeOf(int status) noexcept {
  switch (status) {
    case 400:
    case 413:
    case 422:
      return Errc::invalidRequest;
    case 401:
    case 403:
      return Errc::secretKeyRejected;
    case 404:
      return Errc::notFound;
    case 409:
      return Errc::conflict;
    default:
      return Errc::upstream;
  }
}

/// `text` is valid UTF-8.
void shorten(std::string& text) {
  if (text.size() <= maxInfoBytes) return;
  std::size_t end = maxInfoBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  text += "…";
}

/// Redacts and shortens what a server sent.
class Redactor {
 public:
  explicit Redactor(const Secret& key) noexcept : key_(key.reveal()) {}

  std::string redact(std::string_view text) const {
    std::string result = redactor::redact(text, key_);
    shorten(result);
    return result;
  }

  /// Redacts the string that a member of an object holds; empty for any other value.
  std::string member(const std::vector<json::Member>& object, std::string_view name) const {
    return redact(json::toString(json::findMember(object, name)).value_or(""));
  }

 private:
  std::string_view key_;
};

std::string detailLines(const std::string& suggestion, const std::string& docs) {
  std::string lines;
  if (!suggestion.empty()) lines += "Suggestion: " + suggestion;
  if (!lines.empty() && !docs.empty()) lines += '\n';
  if (!docs.empty()) lines += "See also: " + docs;
  return lines;
}

/// Liveblocks documents neither header. The first is the usual one, the second is added by the network in front of the
/// service.
std::string requestIdOf(const http::Response& response) {
  for (const std::string_view name : {"X-Request-Id", "CF-Ray"}) {
    if (const auto value = http::findHeader(response, name); value && !value->empty()) return std::string(*value);
  }
  return {};
}

/// Reads a body `{"error": "…", "message": "…", "reason": "…", "suggestion": "…", "docs": "…"}`; one that is not JSON
/// becomes the message.
ErrorInfo infoOf(const http::Response& response, const Redactor& redactor) {
  ErrorInfo info;
  info.requestId = redactor.redact(utf8::replaceMalformed(requestIdOf(response)));
  std::string text = utf8::decode(response.body);
  if (!json::isStrict(text, Json::maxDepth)) {
    info.message = redactor.redact(text);
    return info;
  }
  const auto members = json::members(text);
  info.code = redactor.member(members, "error");
  info.message = redactor.member(members, "message");
  info.reason = redactor.member(members, "reason");
  info.details = detailLines(redactor.member(members, "suggestion"), redactor.member(members, "docs"));
  return info;
}

bool isEmpty(const ErrorInfo& info) noexcept {
  return info.code.empty() && info.message.empty() && info.reason.empty() && info.details.empty() &&
         info.requestId.empty();
}

std::string messageOf(std::string_view call, int status, const ErrorInfo& info) {
  std::string message = std::string(call) + ": Liveblocks responded with status " + std::to_string(status);
  const auto add = [&message](const char* label, const std::string& text) {
    if (!text.empty()) message += label + utf8::printable(text, maxShownBytes);
  };
  add(", code ", info.code);
  add(", request id ", info.requestId);
  add(": ", info.message);
  add(": ", info.reason);
  return message;
}

/// Makes the error for a status other than 2xx. `call` names the call, such as `GET /v2/rooms`; occurrences of `key` in
/// the response are redacted; `now` is compared with a `Retry-After` that holds a date.
Error responseError(std::string_view call, const http::Response& response, const Secret& key,
                    std::chrono::system_clock::time_point now) {
  ErrorInfo info = infoOf(response, Redactor(key));
  Error error{codeOf(response.status), messageOf(call, response.status, info), response.status,
              http::detail::retryAfter(response, now)};
  if (!isEmpty(info)) error.info = std::make_shared<const ErrorInfo>(std::move(info));
  return error;
}

}  // namespace

void ApiReading::arrangeRepeats(http::ApiRepeat repeat, Exchange& exchange) {
  exchange.once = repeat != http::ApiRepeat::always;
  if (repeat == http::ApiRepeat::onlyIfUnprocessed) exchange.policy = http::detail::RetryPolicy::once();
  if (repeat == http::ApiRepeat::deletion) exchange.policy.repeating = watchDeletion();
}

std::function<void(const Result<http::Response>&)> ApiReading::watchDeletion() {
  mayBeDeleted_ = std::make_shared<bool>(false);
  return [flag = mayBeDeleted_, safe = http::detail::RetryPolicy::once()](const Result<http::Response>& outcome) {
    if (!safe.repeats(outcome)) *flag = true;
  };
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
  Error error = responseError(name_, response, client_->secretKey, std::chrono::system_clock::now());
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
