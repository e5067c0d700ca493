/// Parses the responses of the room endpoints of Liveblocks.
#pragma once

#include <string_view>
#include <vector>

#include <liveblocks/core/result.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

// Each returns `Errc::upstream` when the text is not one strict JSON object with the members that it must have.
Result<Room> readRoom(std::string_view text);
Result<RoomPage> readRoomPage(std::string_view text);
Result<std::vector<ActiveUser>> readActiveUsers(std::string_view text);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
