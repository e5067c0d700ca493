/// A Liveblocks project and its endpoints.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include "testing/fake_liveblocks/rooms.hpp"

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
  /// The room id from the path, still percent-encoded; empty if the path has none.
  std::string_view roomId;
};

/// Returns the route, or the response for an unknown endpoint or method.
std::variant<Route, http::Response> findRoute(std::string_view method, std::string_view path);

/// A request whose path and key have been checked.
struct Request {
  Endpoint endpoint;
  std::string roomId;
  std::string_view query;
  const std::string& body;
  std::chrono::system_clock::time_point at;
};

class Project {
 public:
  http::Response respond(const Request& request);

  /// Throws `std::invalid_argument` if there is no such room.
  void setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users, std::chrono::system_clock::time_point at);
  const std::vector<FakeBroadcast>& broadcasts() const noexcept { return broadcasts_; }

 private:
  http::Response respondWithBody(const Request& request, const nlohmann::ordered_json& body);
  http::Response respondAbout(StoredRoom& room, const Request& request);
  http::Response list(const Request& request) const;
  http::Response create(const Request& request, const nlohmann::ordered_json& body);
  http::Response upsert(const Request& request, const nlohmann::ordered_json& body);
  http::Response change(StoredRoom* room, const Request& request, const nlohmann::ordered_json& changes);
  http::Response rename(const Request& request, const nlohmann::ordered_json& body);
  http::Response add(nlohmann::ordered_json room);
  http::Response broadcast(const Request& request);

  Rooms rooms_;
  std::vector<FakeBroadcast> broadcasts_;
};

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
