/// The JSON of the room endpoints of Liveblocks: bodies of requests and responses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/result.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

// Each returns `Errc::invalidRequest` for arguments that are not UTF-8, beyond `RoomLimits` or otherwise invalid; the
// message names the argument and the limit.

/// @{
/// Writes the body of a request. The ids of rooms that may be created must not contain `*`.
Result<std::string> createRoomBody(std::string_view roomId, const CreateRoomOptions& options);
Result<std::string> upsertRoomBody(std::string_view roomId, const UpdateRoomOptions& update,
                                   const std::optional<CreateRoomOptions>& create);
Result<std::string> updateRoomIdBody(std::string_view newRoomId);
/// @}
/// Writes the body of an update. One that changes nothing is refused.
Result<std::string> updateRoomBody(const UpdateRoomOptions& update);

// Each returns `Errc::upstream` when the text is not one strict JSON object with the members that it must have.
Result<Room> readRoom(std::string_view text);
Result<RoomPage> readRoomPage(std::string_view text);
Result<std::vector<ActiveUser>> readActiveUsers(std::string_view text);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
