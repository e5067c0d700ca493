/// The endpoints of the fake.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

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
  getStorage,
  initializeStorage,
  deleteStorage,
  patchStorage,
  triggerNotification,
  listNotifications,
  listThreads,
  createThread,
  getThread,
  deleteThread,
  resolveThread,
  unresolveThread,
  createComment,
  getComment,
};

/// The endpoint of a request.
struct Route {
  Endpoint endpoint;
  /// The ids in the path, still percent-encoded.
  std::vector<std::string_view> ids;
};

/// Returns the route, or the response for an unknown endpoint or method.
std::variant<Route, http::Response> findRoute(std::string_view method, std::string_view path);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
