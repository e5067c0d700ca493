#include <memory>
#include <string>
#include <utility>

#include <liveblocks/liveblocks.hpp>

#include "client_state.hpp"
#include "http/retry.hpp"
#include "room_call.hpp"
#include "room_list.hpp"
#include "room_request.hpp"
#include "rooms_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

RoomCall once(RoomCall call) {
  call.once = true;
  return call;
}

/// What hangs below a room.
Result<std::string> pathBelow(std::string_view roomId, std::string_view what) {
  Result<std::string> path = roomPath(roomId);
  if (path) path->append(what);
  return path;
}

}  // namespace

Result<RoomPage> Liveblocks::getRooms(const RoomFilter& filter, const RoomPageOptions& page,
                                      std::optional<Deadline> deadline) const {
  return askForPage(RoomService(state_, deadline), filter, page);
}

RoomRange Liveblocks::iterRooms(const RoomFilter& filter, std::size_t pageSize,
                                std::optional<Deadline> deadline) const {
  requireTransport(*state_);
  return RoomRange(std::make_unique<RoomWalk>(state_, filter, pageSize, deadline));
}

Result<Room> Liveblocks::createRoom(std::string_view roomId, const CreateRoomOptions& options,
                                    std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .ask(once({"POST", std::string("/v2/rooms"), createRoomBody(roomId, options)}), readRoom);
}

Result<Room> Liveblocks::getOrCreateRoom(std::string_view roomId, const CreateRoomOptions& options,
                                         std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .ask({"POST", std::string("/v2/rooms?idempotent"), createRoomBody(roomId, options)}, readRoom);
}

Result<Room> Liveblocks::getRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline).ask({"GET", roomPath(roomId)}, readRoom);
}

Result<Room> Liveblocks::updateRoom(std::string_view roomId, const UpdateRoomOptions& update,
                                    std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline).ask({"POST", roomPath(roomId), updateRoomBody(update)}, readRoom);
}

Result<Room> Liveblocks::upsertRoom(std::string_view roomId, const UpdateRoomOptions& update,
                                    const std::optional<CreateRoomOptions>& create,
                                    std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .ask({"POST", pathBelow(roomId, "/upsert"), upsertRoomBody(roomId, update, create)}, readRoom);
}

std::optional<Error> Liveblocks::deleteRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  bool mayBeGone = false;
  RoomCall call{"DELETE", roomPath(roomId)};
  call.repeating = [&mayBeGone, safe = http::RetryPolicy::once()](const Result<http::Response>& outcome) {
    if (!safe.repeats(outcome)) mayBeGone = true;
  };
  std::optional<Error> error = RoomService(state_, deadline).tell(std::move(call));
  if (mayBeGone && error && error->code == Errc::notFound) return std::nullopt;
  return error;
}

Result<Room> Liveblocks::updateRoomId(const RoomIdUpdate& update, std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .ask(once({"POST", pathBelow(update.currentRoomId, "/update-room-id"), updateRoomIdBody(update.newRoomId)}),
           readRoom);
}

std::optional<Error> Liveblocks::prewarmRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline).tell({"GET", pathBelow(roomId, "/prewarm")});
}

Result<std::vector<ActiveUser>> Liveblocks::getActiveUsers(std::string_view roomId,
                                                           std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline).ask({"GET", pathBelow(roomId, "/active-users")}, readActiveUsers);
}

std::optional<Error> Liveblocks::broadcastEvent(std::string_view roomId, const Json& event,
                                                std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .tell(once({"POST", pathBelow(roomId, "/broadcast-event"), Result<std::string>(event.text())}));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
