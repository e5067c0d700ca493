#include "room_calls.hpp"

#include <string>
#include <utility>

#include "arguments.hpp"
#include "http/form.hpp"
#include "rooms_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
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
  return {{"GET", roomListPath(filter, page), {}, RoomEffect::repeatable, maxRoomPageResponse}, readRoomPage};
}

RoomCall<Room> createRoomCall(std::string_view roomId, const CreateRoomOptions& options) {
  return {{"POST", std::string("/v2/rooms"), createRoomBody(roomId, options), RoomEffect::once}, readRoom};
}

RoomCall<Room> getOrCreateRoomCall(std::string_view roomId, const CreateRoomOptions& options) {
  return {{"POST", std::string("/v2/rooms?idempotent"), createRoomBody(roomId, options)}, readRoom};
}

RoomCall<Room> getRoomCall(std::string_view roomId) { return {{"GET", roomPath(roomId)}, readRoom}; }

RoomCall<Room> updateRoomCall(std::string_view roomId, const UpdateRoomOptions& update) {
  return {{"POST", roomPath(roomId), updateRoomBody(update)}, readRoom};
}

RoomCall<Room> upsertRoomCall(std::string_view roomId, const UpdateRoomOptions& update,
                              const std::optional<CreateRoomOptions>& create) {
  return {{"POST", pathBelow(roomId, "/upsert"), upsertRoomBody(roomId, update, create)}, readRoom};
}

RoomCall<void> deleteRoomCall(std::string_view roomId) {
  return {{"DELETE", roomPath(roomId), {}, RoomEffect::deletion}};
}

RoomCall<Room> updateRoomIdCall(const RoomIdUpdate& update) {
  return {{"POST", pathBelow(update.currentRoomId, "/update-room-id"), updateRoomIdBody(update.newRoomId),
           RoomEffect::once},
          readRoom};
}

RoomCall<void> prewarmRoomCall(std::string_view roomId) { return {{"GET", pathBelow(roomId, "/prewarm")}}; }

RoomCall<std::vector<ActiveUser>> getActiveUsersCall(std::string_view roomId) {
  return {{"GET", pathBelow(roomId, "/active-users")}, readActiveUsers};
}

RoomCall<void> broadcastEventCall(std::string_view roomId, const Json& event) {
  return {{"POST", pathBelow(roomId, "/broadcast-event"), Result<std::string>(event.text()), RoomEffect::once}};
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
