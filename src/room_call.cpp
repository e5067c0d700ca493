#include "room_call.hpp"

#include <chrono>
#include <utility>

#include "core/logging.hpp"
#include "exchange.hpp"
#include "http/retry.hpp"
#include "room_error.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

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
