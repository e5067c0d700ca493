/// Which endpoint a request is for.
#pragma once

#include <string_view>
#include <variant>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

enum class Endpoint {
  authorizeUser,
  identifyUser,
  listRooms,
  createRoom,
  getRoom,
  updateRoom,
  deleteRoom,
  upsertRoom,
  updateRoomId,
  prewarmRoom,
  getActiveUsers,
  broadcastEvent,
};

struct Route {
  Endpoint endpoint;
  /// Of the room in the path, as it stands there; empty when the path has none.
  std::string_view roomId;
};

/// The route, or the answer to a request that no endpoint takes.
std::variant<Route, http::Response> findRoute(std::string_view method, std::string_view path);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
