#include "http/api_failure.hpp"

#include <cstddef>
#include <memory>
#include <utility>

#include "core/redactor.hpp"
#include "core/text.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {
namespace {

/// The length of one string of `ErrorInfo`, in bytes. A gateway may respond with a whole page.
constexpr std::size_t maxInfoBytes = 4096;
/// The length of one string of `ErrorInfo` in a message, in bytes.
constexpr std::size_t maxMessageBytes = 512;

/// `text` is valid UTF-8.
void cutOff(std::string& text) {
  if (text.size() <= maxInfoBytes) return;
  std::size_t end = maxInfoBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  text += "…";
}

bool isEmpty(const ErrorInfo& info) noexcept {
  return info.code.empty() && info.message.empty() && info.reason.empty() && info.details.empty() &&
         info.requestId.empty();
}

std::string failureMessage(std::string_view call, std::string_view server, int status, const ErrorInfo& info) {
  std::string message(call);
  message.append(": ").append(server).append(" responded with status ").append(std::to_string(status));
  const auto add = [&message](const char* label, const std::string& text) {
    if (!text.empty()) message += label + utf8::printable(text, maxMessageBytes);
  };
  add(", code ", info.code);
  add(", request id ", info.requestId);
  add(": ", info.message);
  add(": ", info.reason);
  return message;
}

}  // namespace

std::string ServerText::redact(std::string_view text) const {
  std::string result = redactor::redact(text, key_);
  cutOff(result);
  return result;
}

std::string ServerText::member(const std::vector<json::Member>& object, std::string_view name) const {
  return redact(json::toString(json::findMember(object, name)).value_or(""));
}

std::string ServerText::requestId(const Response& response) const {
  for (const std::string_view name : {"X-Request-Id", "CF-Ray"}) {
    const auto value = findHeader(response, name);
    if (value && !value->empty()) return redact(utf8::replaceMalformed(*value));
  }
  return {};
}

Errc errorCodeOf(int status) noexcept {
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

Error apiFailure(std::string_view call, std::string_view server, const Response& response, ErrorInfo info,
                 std::chrono::system_clock::time_point now) {
  Error error{errorCodeOf(response.status), failureMessage(call, server, response.status, info), response.status,
              retryAfter(response, now)};
  if (!isEmpty(info)) error.info = std::make_shared<const ErrorInfo>(std::move(info));
  return error;
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
