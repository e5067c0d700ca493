#include "rooms_api.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

#include "arguments.hpp"
#include "core/json_members.hpp"
#include "core/logging.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "http/form.hpp"
#include "http/retry.hpp"
#include "rooms_json.hpp"

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

/// Leaves out a query with values, which are about users and do not belong in messages.
std::string nameOf(std::string_view method, std::string_view path) {
  if (path.find('=') != std::string_view::npos) path = path.substr(0, path.find('?'));
  return std::string(method) + ' ' + std::string(path);
}

http::Request requestOf(const ClientState& client, RoomRequest request) {
  if (!request.body) return apiRequest(client, request.method, *request.path);
  return apiRequest(client, request.method, *request.path, **std::move(request.body));
}

Error inCall(const std::string& name, Error error) {
  error.message.insert(0, name + ": ");
  return error;
}

}  // namespace

Result<PreparedRoomCall> prepare(const std::shared_ptr<const ClientState>& client, RoomRequest request) {
  if (!request.path) return request.path.error();
  if (request.body && !*request.body) return request.body->error();
  RoomReading reading(client, nameOf(request.method, *request.path));
  Exchange exchange;
  exchange.maxResponse = request.maxResponse;
  exchange.operation = request.operation;
  exchange.once = request.effect != RoomEffect::repeatable;
  if (request.effect == RoomEffect::once) exchange.policy = http::detail::RetryPolicy::once();
  if (request.effect == RoomEffect::deletion) exchange.policy.repeating = reading.watchDeletion();
  exchange.request = requestOf(*client, std::move(request));
  return PreparedRoomCall{std::move(exchange), std::move(reading)};
}

std::function<void(const Result<http::Response>&)> RoomReading::watchDeletion() {
  mayBeDeleted_ = std::make_shared<bool>(false);
  return [flag = mayBeDeleted_, safe = http::detail::RetryPolicy::once()](const Result<http::Response>& outcome) {
    if (!safe.repeats(outcome)) *flag = true;
  };
}

Result<std::string_view> RoomReading::body(const Result<http::Response>& response) const {
  if (!response) return inCall(name_, response.error());
  if (response->status < 200) return inCall(name_, {Errc::upstream, "the response has no final HTTP status"});
  logWarningHeader(*client_, *response, name_);
  if (isSuccess(response->status)) return std::string_view(response->body);
  Error error = failed(*response);
  if (error.code == Errc::notFound && mayBeDeleted_ && *mayBeDeleted_) return std::string_view();
  return error;
}

Error RoomReading::failed(const http::Response& response) const {
  Error error = responseError(name_, response, client_->secretKey, std::chrono::system_clock::now());
  if (error.code == Errc::secretKeyRejected) logging::write(client_->log, LogLevel::error, error.message);
  return error;
}

Error RoomReading::unreadable(int status, Error why) const {
  why.upstreamStatus = status;
  return inCall(name_, std::move(why));
}

namespace {

std::optional<Error> findProblem(const RoomFilter& filter, const RoomPageOptions& page) {
  RoomArguments arguments;
  constexpr std::size_t most = RoomPageOptions::maxLimit;
  arguments.require(page.limit >= 1 && page.limit <= most, "limit", "is not between 1 and " + std::to_string(most));
  arguments.text("startingAfter", page.startingAfter);
  if (filter.userId) arguments.accessId("userId", *filter.userId);
  if (filter.groupIds) {
    arguments.require(filter.userId || !filter.groupIds->empty(), "groupIds", "is empty, and there is no userId");
    for (const std::string& id : *filter.groupIds) {
      arguments.accessId("an id in groupIds", id);
      arguments.require(id.find(',') == std::string::npos, "an id in groupIds", "holds a comma");
    }
  }
  arguments.text("organizationId", filter.organizationId);
  return arguments.error();
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text.append(text.empty() ? "" : ",").append(id);
  return text;
}

/// In the order of the vendor's SDK.
http::detail::FormParameters parametersOf(const RoomFilter& filter, const RoomPageOptions& page) {
  http::detail::FormParameters parameters;
  if (page.limit != RoomPageOptions().limit) parameters.emplace_back("limit", std::to_string(page.limit));
  if (page.startingAfter) parameters.emplace_back("startingAfter", *page.startingAfter);
  if (filter.userId) parameters.emplace_back("userId", *filter.userId);
  if (filter.groupIds && !filter.groupIds->empty()) parameters.emplace_back("groupIds", joined(*filter.groupIds));
  if (!filter.query.text().empty()) parameters.emplace_back("query", filter.query.text());
  if (filter.organizationId) parameters.emplace_back("organizationId", *filter.organizationId);
  return parameters;
}

/// The path of a resource that belongs to a room.
Result<std::string> pathBelow(std::string_view roomId, std::string_view resource) {
  Result<std::string> path = roomPath(roomId);
  if (path) path->append(resource);
  return path;
}

}  // namespace

Result<std::string> roomPath(std::string_view roomId) {
  RoomArguments arguments;
  arguments.roomId("the room id", roomId);
  if (arguments.error()) return *arguments.error();
  return "/v2/rooms/" + http::detail::percentEncode(roomId, http::detail::componentEscapes);
}

Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page) {
  if (const auto error = findProblem(filter, page)) return *error;
  const std::string query = http::detail::writeForm(parametersOf(filter, page));
  return query.empty() ? "/v2/rooms" : "/v2/rooms?" + query;
}

RoomCall<RoomPage> getRoomsCall(const RoomFilter& filter, const RoomPageOptions& page) {
  return {{operations::listRooms, "GET", roomListPath(filter, page), {}, RoomEffect::repeatable, maxRoomPageResponse},
          readRoomPage};
}

RoomCall<Room> createRoomCall(std::string_view roomId, const CreateRoomOptions& options) {
  return {{operations::createRoom, "POST", std::string("/v2/rooms"), createRoomBody(roomId, options), RoomEffect::once},
          readRoom};
}

RoomCall<Room> getOrCreateRoomCall(std::string_view roomId, const CreateRoomOptions& options) {
  return {{operations::getOrCreateRoom, "POST", std::string("/v2/rooms?idempotent"), createRoomBody(roomId, options)},
          readRoom};
}

RoomCall<Room> getRoomCall(std::string_view roomId) {
  return {{operations::getRoom, "GET", roomPath(roomId)}, readRoom};
}

RoomCall<Room> updateRoomCall(std::string_view roomId, const UpdateRoomOptions& update) {
  return {{operations::updateRoom, "POST", roomPath(roomId), updateRoomBody(update)}, readRoom};
}

RoomCall<Room> upsertRoomCall(std::string_view roomId, const UpdateRoomOptions& update,
                              const std::optional<CreateRoomOptions>& create) {
  return {{operations::upsertRoom, "POST", pathBelow(roomId, "/upsert"), upsertRoomBody(roomId, update, create)},
          readRoom};
}

RoomCall<void> deleteRoomCall(std::string_view roomId) {
  return {{operations::deleteRoom, "DELETE", roomPath(roomId), {}, RoomEffect::deletion}};
}

RoomCall<Room> updateRoomIdCall(const RoomIdUpdate& update) {
  return {{operations::updateRoomId, "POST", pathBelow(update.currentRoomId, "/update-room-id"),
           updateRoomIdBody(update.newRoomId), RoomEffect::once},
          readRoom};
}

RoomCall<void> prewarmRoomCall(std::string_view roomId) {
  return {{operations::prewarmRoom, "GET", pathBelow(roomId, "/prewarm")}};
}

RoomCall<std::vector<ActiveUser>> getActiveUsersCall(std::string_view roomId) {
  return {{operations::activeUsers, "GET", pathBelow(roomId, "/active-users")}, readActiveUsers};
}

RoomCall<void> broadcastEventCall(std::string_view roomId, const Json& event) {
  return {{operations::broadcastEvent, "POST", pathBelow(roomId, "/broadcast-event"), Result<std::string>(event.text()),
           RoomEffect::once}};
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
