/// Room calls on a fake transport.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fixture.hpp"

namespace liveblocks_tests {

constexpr const char* roomText = R"({"type":"room","id":"r","createdAt":"2026-01-02T03:04:05.678Z",)"
                                 R"("organizationId":"default","defaultAccesses":[],"groupsAccesses":{},)"
                                 R"("usersAccesses":{},"metadata":{}})";

template <class T>
std::optional<liveblocks::Error> errorOf(const liveblocks::Result<T>& result) {
  if (result) return std::nullopt;
  return result.error();
}

/// Keeps the error of a result of any type.
struct KeepError {
  std::shared_ptr<Outcome<std::optional<liveblocks::Error>>> outcome =
      std::make_shared<Outcome<std::optional<liveblocks::Error>>>();

  template <class T>
  void operator()(const liveblocks::Result<T>& result) const {
    outcome->callback()(errorOf(result));
  }
};

/// One of the room methods, whatever it returns, in one of its forms.
struct RoomMethod {
  using Client = const liveblocks::Liveblocks&;
  using Limit = std::optional<liveblocks::Deadline>;
  using Done = const KeepError&;
  using Options = const liveblocks::AsyncOptions&;

  Form form;
  const char* name;
  /// The method and path of the request that it makes.
  const char* verb;
  const char* path;
  /// A response that it accepts.
  const char* response;
  /// Whether the request may take effect twice.
  bool repeatable;
  std::optional<liveblocks::Error> (*perform)(Client client, Limit limit);
  /// Null if there is no asynchronous form.
  void (*start)(Client client, Done done, Options options);

  std::optional<liveblocks::Error> call(Client client, Limit limit) const {
    if (form == Form::blocking || start == nullptr) return perform(client, limit);
    const KeepError done;
    start(client, done, {limit});
    CHECK(!done.outcome->isThere());
    runAll();
    return done.outcome->get();
  }
};

inline std::optional<liveblocks::Error> firstRoom(const liveblocks::Liveblocks& client,
                                                  std::optional<liveblocks::Deadline> limit) {
  liveblocks::RoomRange range = client.iterRooms({}, 40, limit);
  const auto first = range.begin();
  return first == range.end() ? std::nullopt : errorOf(*first);
}

inline liveblocks::UpdateRoomOptions smallUpdate() { return {liveblocks::Permissions{}}; }

/// All methods, with minimal arguments.
inline std::vector<RoomMethod> roomMethods(Form form) {
  using Client = RoomMethod::Client;
  using Limit = RoomMethod::Limit;
  using Done = RoomMethod::Done;
  using Options = RoomMethod::Options;
  constexpr const char* page = R"({"nextCursor":null,"data":[]})";
  return {
      {form, "getRooms", "GET", "/v2/rooms", page, true,
       [](Client client, Limit limit) { return errorOf(client.getRooms({}, {}, limit)); },
       [](Client client, Done done, Options options) { client.getRoomsAsync({}, {}, done, options); }},
      {form, "iterRooms", "GET", "/v2/rooms", page, true, firstRoom, nullptr},
      {form, "createRoom", "POST", "/v2/rooms", roomText, false,
       [](Client client, Limit limit) { return errorOf(client.createRoom("r", {}, limit)); },
       [](Client client, Done done, Options options) { client.createRoomAsync("r", {}, done, options); }},
      {form, "getOrCreateRoom", "POST", "/v2/rooms?idempotent", roomText, true,
       [](Client client, Limit limit) { return errorOf(client.getOrCreateRoom("r", {}, limit)); },
       [](Client client, Done done, Options options) { client.getOrCreateRoomAsync("r", {}, done, options); }},
      {form, "getRoom", "GET", "/v2/rooms/r", roomText, true,
       [](Client client, Limit limit) { return errorOf(client.getRoom("r", limit)); },
       [](Client client, Done done, Options options) { client.getRoomAsync("r", done, options); }},
      {form, "updateRoom", "POST", "/v2/rooms/r", roomText, true,
       [](Client client, Limit limit) { return errorOf(client.updateRoom("r", smallUpdate(), limit)); },
       [](Client client, Done done, Options options) { client.updateRoomAsync("r", smallUpdate(), done, options); }},
      {form, "upsertRoom", "POST", "/v2/rooms/r/upsert", roomText, true,
       [](Client client, Limit limit) { return errorOf(client.upsertRoom("r", smallUpdate(), {}, limit)); },
       [](Client client, Done done, Options options) {
         client.upsertRoomAsync("r", smallUpdate(), {}, done, options);
       }},
      {form, "deleteRoom", "DELETE", "/v2/rooms/r", "", true,
       [](Client client, Limit limit) { return errorOf(client.deleteRoom("r", limit)); },
       [](Client client, Done done, Options options) { client.deleteRoomAsync("r", done, options); }},
      {form, "updateRoomId", "POST", "/v2/rooms/r/update-room-id", roomText, false,
       [](Client client, Limit limit) {
         return errorOf(client.updateRoomId({"r", "s"}, limit));
       },
       [](Client client, Done done, Options options) {
         client.updateRoomIdAsync({"r", "s"}, done, options);
       }},
      {form, "prewarmRoom", "GET", "/v2/rooms/r/prewarm", "", true,
       [](Client client, Limit limit) { return errorOf(client.prewarmRoom("r", limit)); },
       [](Client client, Done done, Options options) { client.prewarmRoomAsync("r", done, options); }},
      {form, "getActiveUsers", "GET", "/v2/rooms/r/active-users", R"({"data":[]})", true,
       [](Client client, Limit limit) { return errorOf(client.getActiveUsers("r", limit)); },
       [](Client client, Done done, Options options) { client.getActiveUsersAsync("r", done, options); }},
      {form, "broadcastEvent", "POST", "/v2/rooms/r/broadcast-event", "", false,
       [](Client client, Limit limit) { return errorOf(client.broadcastEvent("r", liveblocks::Json(1), limit)); },
       [](Client client, Done done, Options options) {
         client.broadcastEventAsync("r", liveblocks::Json(1), done, options);
       }},
  };
}

/// The calls about rooms in one of the forms.
struct RoomFixture : ClientFixture {
  explicit RoomFixture(Form given = anyForm()) : form(given) {}

  const Form form;

  std::vector<RoomMethod> methods() const { return roomMethods(form); }

  liveblocks::Result<liveblocks::Room> getRoom(const liveblocks::Liveblocks& client, const std::string& id) const {
    if (form == Form::blocking) return client.getRoom(id);
    return awaited<liveblocks::Result<liveblocks::Room>>(
        [&](liveblocks::Callback<liveblocks::Result<liveblocks::Room>> done) {
          client.getRoomAsync(id, std::move(done));
        });
  }

  liveblocks::Result<void> deleteRoom(const liveblocks::Liveblocks& client, const std::string& id) const {
    if (form == Form::blocking) return client.deleteRoom(id);
    return awaited<liveblocks::Result<void>>(
        [&](liveblocks::Callback<liveblocks::Result<void>> done) { client.deleteRoomAsync(id, std::move(done)); });
  }

  /// A client that repeats requests.
  liveblocks::Liveblocks persistentClient() const {
    liveblocks::LiveblocksOptions changed = options();
    changed.retry = true;
    return liveblocks::Liveblocks(changed, transport);
  }

  /// The result of `getRoom()` for a response.
  liveblocks::Error failure(const liveblocks::Result<liveblocks::http::Response>& response) {
    transport->push(response);
    return getRoom(client(), "r").error();
  }
};

}  // namespace liveblocks_tests
