#include "room_error.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/members.hpp"
#include "core/printable.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "core/utf8.hpp"
#include "http/retry_after.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

constexpr int maxDepth = 64;
/// Of one text of `ErrorInfo`. A gateway may answer with a whole page.
constexpr std::size_t maxInfoBytes = 4096;
/// Of one text of `ErrorInfo` in a message.
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

/// Makes what a peer said fit to be kept.
class Foreign {
 public:
  explicit Foreign(const Secret& key) noexcept : key_(key.reveal()) {}

  std::string kept(std::string_view text) const {
    std::string result = redactSecrets(text, key_);
    shorten(result);
    return result;
  }

  /// The string that a member of an object holds; empty for any other value.
  std::string member(const std::vector<json::Member>& object, std::string_view name) const {
    return kept(json::toString(json::findMember(object, name)).value_or(""));
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

/// The names are not documented: the first is the usual one, the second that of the network in front of the service.
std::string requestIdOf(const http::Response& answer) {
  for (const std::string_view name : {"X-Request-Id", "CF-Ray"}) {
    if (const auto value = http::findHeader(answer, name); value && !value->empty()) return std::string(*value);
  }
  return {};
}

/// `{"error": "…", "message": "…", "reason": "…", "suggestion": "…", "docs": "…"}`, or a text.
ErrorInfo infoOf(const http::Response& answer, const Foreign& foreign) {
  ErrorInfo info;
  info.requestId = foreign.kept(utf8::replaceMalformed(requestIdOf(answer)));
  std::string text = utf8::decode(answer.body);
  if (!json::isStrict(text, maxDepth)) {
    info.message = foreign.kept(text);
    return info;
  }
  const auto members = json::members(text);
  info.code = foreign.member(members, "error");
  info.message = foreign.member(members, "message");
  info.reason = foreign.member(members, "reason");
  info.details = detailLines(foreign.member(members, "suggestion"), foreign.member(members, "docs"));
  return info;
}

bool saysNothing(const ErrorInfo& info) noexcept {
  return info.code.empty() && info.message.empty() && info.reason.empty() && info.details.empty() &&
         info.requestId.empty();
}

std::string messageOf(std::string_view call, int status, const ErrorInfo& info) {
  std::string message = std::string(call) + ": Liveblocks answered with status " + std::to_string(status);
  const auto add = [&message](const char* label, const std::string& text) {
    if (!text.empty()) message += label + printable(text, maxShownBytes);
  };
  add(", code ", info.code);
  add(", request id ", info.requestId);
  add(": ", info.message);
  add(": ", info.reason);
  return message;
}

}  // namespace

Error answeredError(std::string_view call, const http::Response& answer, const Secret& key,
                    std::chrono::system_clock::time_point now) {
  ErrorInfo info = infoOf(answer, Foreign(key));
  Error error{codeOf(answer.status), messageOf(call, answer.status, info), answer.status,
              http::retryAfter(answer, now)};
  if (!saysNothing(info)) error.info = std::make_shared<const ErrorInfo>(std::move(info));
  return error;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
