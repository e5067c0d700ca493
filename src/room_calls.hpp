/// What the calls about rooms send and how their responses are read, for both of their forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>

#include "rooms_api.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Returns `/v2/rooms/<the percent-encoded id>`. `Errc::invalidRequest` for an id that is not UTF-8, beyond
/// `RoomLimits`, or could be resolved to another resource by a proxy.
Result<std::string> roomPath(std::string_view roomId);

/// Returns `/v2/rooms`, with a query unless all options have their defaults. The default limit is not sent, because
/// Liveblocks has the same. `Errc::invalidRequest` for invalid arguments; the message names them.
Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page);

/// @{
/// Describes the call of the method with that name in `Liveblocks`.
RoomCall<RoomPage> getRoomsCall(const RoomFilter& filter, const RoomPageOptions& page);
RoomCall<Room> createRoomCall(std::string_view roomId, const CreateRoomOptions& options);
RoomCall<Room> getOrCreateRoomCall(std::string_view roomId, const CreateRoomOptions& options);
RoomCall<Room> getRoomCall(std::string_view roomId);
RoomCall<Room> updateRoomCall(std::string_view roomId, const UpdateRoomOptions& update);
RoomCall<Room> upsertRoomCall(std::string_view roomId, const UpdateRoomOptions& update,
                              const std::optional<CreateRoomOptions>& create);
RoomCall<void> deleteRoomCall(std::string_view roomId);
RoomCall<Room> updateRoomIdCall(const RoomIdUpdate& update);
RoomCall<void> prewarmRoomCall(std::string_view roomId);
RoomCall<std::vector<ActiveUser>> getActiveUsersCall(std::string_view roomId);
RoomCall<void> broadcastEventCall(std::string_view roomId, const Json& event);
/// @}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
