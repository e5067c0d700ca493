/// The two bodies an auth endpoint reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What the browser asks for: one room, or access outside of rooms.
struct RoomRequest {
  std::optional<std::string> room;
};

/// nullopt unless `body` is strict JSON and exactly `{"room": "<text>"}` or `{}`.
std::optional<RoomRequest> parseRoomRequest(std::string_view body);

/// True for a JSON object with a string member `token`, which is what browsers look for.
bool holdsToken(std::string_view body);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
