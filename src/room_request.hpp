/// Writes the requests to the room endpoints of Liveblocks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/result.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

// Each returns `Errc::invalidRequest` for arguments that are not UTF-8, beyond `RoomLimits` or otherwise invalid; the
// message names the argument and the limit.

/// The path `/v2/rooms/<the percent-encoded id>`. Refuses ids that a proxy could resolve to another resource.
Result<std::string> roomPath(std::string_view roomId);
/// The path `/v2/rooms`, with a query unless all options have their defaults. The default limit is not sent: Liveblocks
/// has the same.
Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page);

/// @{
/// The JSON bodies of requests. The ids of rooms that may be created must not contain `*`.
Result<std::string> createRoomBody(std::string_view roomId, const CreateRoomOptions& options);
Result<std::string> upsertRoomBody(std::string_view roomId, const UpdateRoomOptions& update,
                                   const std::optional<CreateRoomOptions>& create);
Result<std::string> updateRoomIdBody(std::string_view newRoomId);
/// @}
/// The JSON body of an update. One that changes nothing is refused.
Result<std::string> updateRoomBody(const UpdateRoomOptions& update);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
