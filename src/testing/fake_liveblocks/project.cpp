#include "testing/fake_liveblocks/project.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "testing/fake_liveblocks/answers.hpp"
#include "testing/fake_liveblocks/bodies.hpp"
#include "testing/fake_liveblocks/tokens.hpp"
#include "testing/fake_liveblocks/url_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

namespace {

ordered_json activeUserJson(const ActiveUser& user) {
  ordered_json json{{"type", "user"}, {"connectionId", user.connectionId}, {"id", nullptr}};
  if (user.id) json["id"] = *user.id;
  if (!user.info.isNull()) json["info"] = ordered_json::parse(user.info.text());
  return json;
}

http::Response activeUsersOf(const StoredRoom& room) {
  ordered_json data = ordered_json::array();
  for (const ActiveUser& user : room.activeUsers) data.push_back(activeUserJson(user));
  return found({{"data", data}});
}

bool hasParameter(std::string_view query, std::string_view name) {
  const auto parameters = readQuery(query);
  if (!parameters) return false;
  return std::any_of(parameters->begin(), parameters->end(), [&](const auto& each) { return each.first == name; });
}

Checked checkBody(Endpoint endpoint, const ordered_json& body) {
  switch (endpoint) {
    case Endpoint::authorizeUser:
      return checkAuthorizeUser(body);
    case Endpoint::identifyUser:
      return checkIdentifyUser(body);
    case Endpoint::createRoom:
      return checkCreateRoom(body);
    case Endpoint::updateRoom:
      return checkUpdateRoom(body);
    case Endpoint::upsertRoom:
      return checkUpsertRoom(body);
    default:
      return checkUpdateRoomId(body);
  }
}

}  // namespace

http::Response Project::answer(const Asked& asked) {
  switch (asked.endpoint) {
    case Endpoint::listRooms:
      return list(asked);
    case Endpoint::getRoom:
    case Endpoint::deleteRoom:
    case Endpoint::prewarmRoom:
    case Endpoint::getActiveUsers:
    case Endpoint::broadcastEvent: {
      StoredRoom* room = rooms_.find(asked.roomId);
      return room == nullptr ? noSuchRoom(asked.roomId) : answerAbout(*room, asked);
    }
    default:
      break;
  }
  const auto body = readBody(asked.body);
  if (!body) return badRequest();
  if (const auto flaw = checkBody(asked.endpoint, *body)) return unprocessable(flaw->message());
  return answerWithBody(asked, *body);
}

http::Response Project::answerAbout(StoredRoom& room, const Asked& asked) {
  switch (asked.endpoint) {
    case Endpoint::getRoom:
      return found(room.json);
    case Endpoint::getActiveUsers:
      return activeUsersOf(room);
    case Endpoint::broadcastEvent:
      return broadcast(asked);
    case Endpoint::deleteRoom:
      rooms_.remove(room);
      return done();
    default:
      return done();
  }
}

http::Response Project::answerWithBody(const Asked& asked, const ordered_json& body) {
  switch (asked.endpoint) {
    case Endpoint::authorizeUser:
      return found({{"token", accessToken(body, asked.at)}});
    case Endpoint::identifyUser:
      return found({{"token", idToken(body, asked.at)}});
    case Endpoint::createRoom:
      return create(asked, body);
    case Endpoint::updateRoom:
      return change(rooms_.find(asked.roomId), asked, body);
    case Endpoint::upsertRoom:
      return upsert(asked, body);
    default:
      return rename(asked, body);
  }
}

http::Response Project::list(const Asked& asked) const {
  const auto request = readListRequest(asked.query);
  if (const auto* refusal = std::get_if<http::Response>(&request)) return *refusal;
  return found(rooms_.list(std::get<ListRequest>(request)));
}

http::Response Project::create(const Asked& asked, const ordered_json& body) {
  const std::string id = body["id"];
  if (const StoredRoom* room = rooms_.find(id)) {
    return hasParameter(asked.query, "idempotent") ? found(room->json) : roomExists(id);
  }
  return add(newRoom(id, body, asked.at));
}

http::Response Project::upsert(const Asked& asked, const ordered_json& body) {
  const ordered_json& update = body["update"];
  if (StoredRoom* room = rooms_.find(asked.roomId)) return change(room, asked, update);
  const ordered_json create = body.value("create", ordered_json::object());
  if (!create.contains("defaultAccesses") && !update.contains("defaultAccesses"))
    return unprocessable("Missing key: 'defaultAccesses'.");
  return add(changed(newRoom(asked.roomId, create, asked.at), update));
}

http::Response Project::add(ordered_json room) {
  if (const auto flaw = checkRoom(room)) return unprocessable(flaw->message());
  return found(rooms_.add(std::move(room)));
}

http::Response Project::change(StoredRoom* room, const Asked& asked, const ordered_json& changes) {
  if (room == nullptr) return noSuchRoom(asked.roomId);
  ordered_json json = changed(room->json, changes);
  if (const auto flaw = checkRoom(json)) return unprocessable(flaw->message());
  room->json = std::move(json);
  return found(room->json);
}

http::Response Project::rename(const Asked& asked, const ordered_json& body) {
  StoredRoom* room = rooms_.find(asked.roomId);
  if (room == nullptr) return noSuchRoom(asked.roomId);
  const std::string id = body["newRoomId"];
  if (rooms_.find(id) != nullptr) return roomExists(id);
  ordered_json json = room->json;
  json["id"] = id;
  if (const auto flaw = checkRoom(json)) return unprocessable(flaw->message());
  room->json = std::move(json);
  return found(room->json);
}

http::Response Project::broadcast(const Asked& asked) {
  if (asked.body.empty() || !readBody(asked.body)) return badRequest();
  broadcasts_.push_back({asked.roomId, Json::parse(asked.body)});
  return done();
}

void Project::setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users,
                             std::chrono::system_clock::time_point at) {
  StoredRoom* room = rooms_.find(roomId);
  if (room == nullptr) throw std::invalid_argument("there is no such room to be in: create it first");
  if (!users.empty()) room->json["lastConnectionAt"] = timeText(at);
  room->activeUsers = std::move(users);
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
