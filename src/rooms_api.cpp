#include "rooms_api.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

#include "api_exchange.hpp"
#include "core/json_members.hpp"
#include "core/logging.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "http/retry.hpp"

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

/// The error that a status other than 2xx stands for. `call` names the call, such as `GET /v2/rooms`; `key` is blotted
/// out wherever the answer repeats it; `now` is compared with a `Retry-After` that holds a date.
Error answeredError(std::string_view call, const http::Response& answer, const Secret& key,
                    std::chrono::system_clock::time_point now) {
  ErrorInfo info = infoOf(answer, Foreign(key));
  Error error{codeOf(answer.status), messageOf(call, answer.status, info), answer.status,
              http::retryAfter(answer, now)};
  if (!saysNothing(info)) error.info = std::make_shared<const ErrorInfo>(std::move(info));
  return error;
}

/// A query with values is about users, and kept out of messages.
std::string nameOf(std::string_view method, std::string_view path) {
  if (path.find('=') != std::string_view::npos) path = path.substr(0, path.find('?'));
  return std::string(method) + ' ' + std::string(path);
}

http::Request requestOf(const LiveblocksState& client, RoomCall call) {
  if (!call.body) return apiRequest(client, call.method, *call.path);
  return apiRequest(client, call.method, *call.path, **std::move(call.body));
}

Error inCall(const std::string& name, Error error) {
  error.message.insert(0, name + ": ");
  return error;
}

}  // namespace

RoomService::RoomService(std::shared_ptr<const LiveblocksState> client, std::optional<Deadline> deadline)
    : client_(std::move(client)), deadline_(deadline) {
  requireTransport(*client_);
}

std::optional<Error> RoomService::tell(RoomCall call) const {
  const Result<Answer> answer = perform(std::move(call));
  if (!answer) return answer.error();
  return std::nullopt;
}

Result<RoomService::Answer> RoomService::perform(RoomCall call) const {
  if (!call.path) return call.path.error();
  if (call.body && !*call.body) return call.body->error();
  std::string name = nameOf(call.method, *call.path);
  http::Call conditions{deadlineOr(*client_, deadline_), call.maxAnswer};
  conditions.once = call.once || call.repeating;
  http::RetryPolicy retry = call.once ? http::RetryPolicy::once() : http::RetryPolicy();
  retry.repeating = std::move(call.repeating);
  Result<http::Response> response = exchange(*client_, requestOf(*client_, std::move(call)), conditions, retry);
  if (!response) return inCall(name, response.error());
  if (response->status < 200) return inCall(name, {Errc::upstream, "the answer has no final HTTP status"});
  logWarningHeader(*client_, *response, name);
  if (!isSuccess(response->status)) return failed(name, *response);
  return Answer{std::move(name), *std::move(response)};
}

Error RoomService::failed(const std::string& name, const http::Response& response) const {
  Error error = answeredError(name, response, client_->secretKey, std::chrono::system_clock::now());
  if (error.code == Errc::secretKeyRejected) writeLog(client_->log, LogLevel::error, error.message);
  return error;
}

Error RoomService::unreadable(const Answer& answer, Error why) {
  why.upstreamStatus = answer.response.status;
  return inCall(answer.name, std::move(why));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
