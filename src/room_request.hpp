/// What is sent to Liveblocks about rooms.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/result.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

// Each is `Errc::invalidRequest` for arguments that are beyond `RoomLimits`, no UTF-8 or otherwise impossible; the
// message names the argument and the limit.

/// `/v2/rooms/<the id, percent-encoded>`. Refuses ids that somebody on the way could resolve to another resource.
Result<std::string> roomPath(std::string_view roomId);
/// `/v2/rooms`, with a query when anything was asked for. The default limit is not sent: Liveblocks has the same.
Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page);

/// @{
/// The JSON bodies. Ids of rooms that may come to be hold no `*`.
Result<std::string> createRoomBody(std::string_view roomId, const CreateRoomOptions& options);
Result<std::string> upsertRoomBody(std::string_view roomId, const UpdateRoomOptions& update,
                                   const std::optional<CreateRoomOptions>& create);
Result<std::string> updateRoomIdBody(std::string_view newRoomId);
/// @}
/// Likewise; an update that changes nothing is refused.
Result<std::string> updateRoomBody(const UpdateRoomOptions& update);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
