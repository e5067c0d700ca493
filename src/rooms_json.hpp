/// The answers of Liveblocks about rooms.
#pragma once

#include <string_view>
#include <vector>

#include <liveblocks/core/result.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

// Each is `Errc::upstream` when the text is not one strict JSON object that says what it must.
Result<Room> readRoom(std::string_view text);
Result<RoomPage> readRoomPage(std::string_view text);
Result<std::vector<ActiveUser>> readActiveUsers(std::string_view text);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
