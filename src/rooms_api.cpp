#include "rooms_api.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/error.hpp>
#include <liveblocks/http/message.hpp>

#include "arguments.hpp"
#include "core/text.hpp"
#include "http/form.hpp"
#include "rooms_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

/// Leaves out a query with values, which are about users and do not belong in messages.
std::string nameOf(std::string_view method, std::string_view path) {
  if (path.find('=') != std::string_view::npos) path = path.substr(0, path.find('?'));
  return std::string(method) + ' ' + std::string(path);
}

http::Request requestOf(const ClientState& client, RoomRequest request) {
  if (!request.body) return apiRequest(client, request.method, *request.path);
  return apiRequest(client, request.method, *request.path, **std::move(request.body));
}

}  // namespace

Result<PreparedApiCall> prepare(const std::shared_ptr<const ClientState>& client, RoomRequest request) {
  if (!request.path) return request.path.error();
  if (request.body && !*request.body) return request.body->error();
  ApiReading reading(client, nameOf(request.method, *request.path));
  Exchange exchange{{}, request.operation, request.maxResponse};
  reading.arrangeRepeats(request.repeat, exchange);
  exchange.request = requestOf(*client, std::move(request));
  return PreparedApiCall{std::move(exchange), std::move(reading)};
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
  return {{operations::listRooms, "GET", roomListPath(filter, page), {}, http::ApiRepeat::always, maxRoomPageResponse},
          readRoomPage};
}

RoomCall<Room> createRoomCall(std::string_view roomId, const CreateRoomOptions& options) {
  return {{operations::createRoom, "POST", std::string("/v2/rooms"), createRoomBody(roomId, options),
           http::ApiRepeat::onlyIfUnprocessed},
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
  return {{operations::deleteRoom, "DELETE", roomPath(roomId), {}, http::ApiRepeat::deletion}};
}

RoomCall<Room> updateRoomIdCall(const RoomIdUpdate& update) {
  return {{operations::updateRoomId, "POST", pathBelow(update.currentRoomId, "/update-room-id"),
           updateRoomIdBody(update.newRoomId), http::ApiRepeat::onlyIfUnprocessed},
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
           http::ApiRepeat::onlyIfUnprocessed}};
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
