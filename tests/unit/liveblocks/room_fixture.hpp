/// Room calls on a fake transport.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fixture.hpp"

namespace liveblocks_tests {

constexpr const char* roomText = R"({"type":"room","id":"r","createdAt":"2026-01-02T03:04:05.678Z",)"
                                 R"("organizationId":"default","defaultAccesses":[],"groupsAccesses":{},)"
                                 R"("usersAccesses":{},"metadata":{}})";

/// One of the room methods, whatever it returns.
struct RoomMethod {
  const char* name;
  /// The method and path of the request that it makes.
  const char* verb;
  const char* path;
  /// A response that it accepts.
  const char* response;
  /// Whether the request may take effect twice.
  bool repeatable;
  std::function<std::optional<liveblocks::Error>(const liveblocks::Liveblocks&, std::optional<liveblocks::Deadline>)>
      call;
};

template <class T>
std::optional<liveblocks::Error> errorOf(const liveblocks::Result<T>& result) {
  if (result) return std::nullopt;
  return result.error();
}

/// All methods, with minimal arguments.
inline std::vector<RoomMethod> roomMethods() {
  using Client = const liveblocks::Liveblocks&;
  using Limit = std::optional<liveblocks::Deadline>;
  const liveblocks::UpdateRoomOptions update{liveblocks::Permissions{}};
  const char* const page = R"({"nextCursor":null,"data":[]})";
  return {
      {"getRooms", "GET", "/v2/rooms", page, true,
       [](Client client, Limit limit) { return errorOf(client.getRooms({}, {}, limit)); }},
      {"iterRooms", "GET", "/v2/rooms", page, true,
       [](Client client, Limit limit) {
         liveblocks::RoomRange range = client.iterRooms({}, 40, limit);
         const auto first = range.begin();
         return first == range.end() ? std::nullopt : errorOf(*first);
       }},
      {"createRoom", "POST", "/v2/rooms", roomText, false,
       [](Client client, Limit limit) { return errorOf(client.createRoom("r", {}, limit)); }},
      {"getOrCreateRoom", "POST", "/v2/rooms?idempotent", roomText, true,
       [](Client client, Limit limit) { return errorOf(client.getOrCreateRoom("r", {}, limit)); }},
      {"getRoom", "GET", "/v2/rooms/r", roomText, true,
       [](Client client, Limit limit) { return errorOf(client.getRoom("r", limit)); }},
      {"updateRoom", "POST", "/v2/rooms/r", roomText, true,
       [update](Client client, Limit limit) { return errorOf(client.updateRoom("r", update, limit)); }},
      {"upsertRoom", "POST", "/v2/rooms/r/upsert", roomText, true,
       [update](Client client, Limit limit) { return errorOf(client.upsertRoom("r", update, {}, limit)); }},
      {"deleteRoom", "DELETE", "/v2/rooms/r", "", true,
       [](Client client, Limit limit) { return errorOf(client.deleteRoom("r", limit)); }},
      {"updateRoomId", "POST", "/v2/rooms/r/update-room-id", roomText, false,
       [](Client client, Limit limit) {
         return errorOf(client.updateRoomId({"r", "s"}, limit));
       }},
      {"prewarmRoom", "GET", "/v2/rooms/r/prewarm", "", true,
       [](Client client, Limit limit) { return errorOf(client.prewarmRoom("r", limit)); }},
      {"getActiveUsers", "GET", "/v2/rooms/r/active-users", R"({"data":[]})", true,
       [](Client client, Limit limit) { return errorOf(client.getActiveUsers("r", limit)); }},
      {"broadcastEvent", "POST", "/v2/rooms/r/broadcast-event", "", false,
       [](Client client, Limit limit) { return errorOf(client.broadcastEvent("r", liveblocks::Json(1), limit)); }},
  };
}

struct RoomFixture : ClientFixture {
  /// A client that repeats requests.
  liveblocks::Liveblocks persistentClient() const {
    liveblocks::LiveblocksOptions changed = options();
    changed.retry = true;
    return liveblocks::Liveblocks(changed, transport);
  }

  /// The result of `getRoom()` for a response.
  liveblocks::Error failure(const liveblocks::Result<liveblocks::http::Response>& response) {
    transport->push(response);
    return client().getRoom("r").error();
  }
};

}  // namespace liveblocks_tests
