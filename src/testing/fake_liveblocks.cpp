#include <liveblocks/testing/fake_liveblocks.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/nlohmann.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "testing/fake_liveblocks/bodies.hpp"
#include "testing/fake_liveblocks/inboxes.hpp"
#include "testing/fake_liveblocks/rooms.hpp"
#include "testing/fake_liveblocks/routes.hpp"
#include "testing/fake_liveblocks/storage.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace fake_liveblocks {
namespace {

using nlohmann::ordered_json;

/// A request whose path and key have been checked.
struct Request {
  Endpoint endpoint;
  /// The ids in the path.
  std::vector<std::string> ids;
  /// The first one; empty if the path has none.
  std::string roomId;
  std::string_view query;
  const std::string& body;
  std::chrono::system_clock::time_point at;
};

/// A Liveblocks project.
class Project {
 public:
  http::Response respond(const Request& request);

  /// Throws `std::invalid_argument` if there is no such room.
  void setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users, std::chrono::system_clock::time_point at);
  const std::vector<FakeBroadcast>& broadcasts() const noexcept { return broadcasts_; }

 private:
  http::Response respondWithBody(const Request& request, const ordered_json& body);
  http::Response respondAbout(StoredRoom& room, const Request& request);
  static http::Response changeIn(StoredRoom& room, const Request& request, const ordered_json& body);
  http::Response list(const Request& request) const;
  http::Response create(const Request& request, const ordered_json& body);
  http::Response upsert(const Request& request, const ordered_json& body);
  http::Response change(StoredRoom* room, const Request& request, const ordered_json& changes);
  http::Response rename(const Request& request, const ordered_json& body);
  http::Response add(ordered_json room);
  http::Response broadcast(const Request& request);

  Rooms rooms_;
  Inboxes inboxes_;
  std::vector<FakeBroadcast> broadcasts_;
};

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
    case Endpoint::updateRoomId:
      return checkUpdateRoomId(body);
    case Endpoint::initializeStorage:
      return checkLiveObject(body);
    case Endpoint::patchStorage:
      return checkPatch(body);
    case Endpoint::triggerNotification:
      return checkTrigger(body);
    case Endpoint::createThread:
      return checkNewThread(body);
    case Endpoint::createComment:
      return checkNewComment(body);
    default:
      return checkByUser(body);
  }
}

http::Response Project::respond(const Request& request) {
  switch (request.endpoint) {
    case Endpoint::listRooms:
      return list(request);
    case Endpoint::listNotifications:
      return inboxes_.list(request.ids.front(), request.query);
    case Endpoint::getRoom:
    case Endpoint::deleteRoom:
    case Endpoint::prewarmRoom:
    case Endpoint::getActiveUsers:
    case Endpoint::broadcastEvent:
    case Endpoint::getStorage:
    case Endpoint::deleteStorage:
    case Endpoint::listThreads:
    case Endpoint::getThread:
    case Endpoint::deleteThread:
    case Endpoint::getComment: {
      StoredRoom* room = rooms_.find(request.roomId);
      return room == nullptr ? noSuchRoom(request.roomId) : respondAbout(*room, request);
    }
    default:
      break;
  }
  const auto body = readBody(request.body);
  if (!body) return badRequest();
  if (const auto flaw = checkBody(request.endpoint, *body)) return unprocessable(flaw->message());
  return respondWithBody(request, *body);
}

http::Response Project::respondAbout(StoredRoom& room, const Request& request) {
  switch (request.endpoint) {
    case Endpoint::getRoom:
      return found(room.json);
    case Endpoint::getActiveUsers:
      return activeUsersOf(room);
    case Endpoint::broadcastEvent:
      return broadcast(request);
    case Endpoint::deleteRoom:
      rooms_.remove(room);
      return done();
    case Endpoint::getStorage:
      return getStorage(room.storage, request.query);
    case Endpoint::deleteStorage:
      room.storage = emptyStorage();
      return done();
    case Endpoint::listThreads:
      return room.threads.list(request.query);
    case Endpoint::getThread:
      return room.threads.get(request.ids[1]);
    case Endpoint::deleteThread:
      return room.threads.remove(request.ids[1]);
    case Endpoint::getComment:
      return room.threads.getComment(request.ids[1], request.ids[2]);
    default:
      return done();
  }
}

http::Response Project::respondWithBody(const Request& request, const ordered_json& body) {
  switch (request.endpoint) {
    case Endpoint::authorizeUser:
      return found({{"token", accessToken(body, request.at)}});
    case Endpoint::identifyUser:
      return found({{"token", idToken(body, request.at)}});
    case Endpoint::createRoom:
      return create(request, body);
    case Endpoint::updateRoom:
      return change(rooms_.find(request.roomId), request, body);
    case Endpoint::upsertRoom:
      return upsert(request, body);
    case Endpoint::updateRoomId:
      return rename(request, body);
    case Endpoint::triggerNotification:
      return inboxes_.trigger(body, request.at);
    default: {
      StoredRoom* room = rooms_.find(request.roomId);
      return room == nullptr ? noSuchRoom(request.roomId) : changeIn(*room, request, body);
    }
  }
}

http::Response Project::changeIn(StoredRoom& room, const Request& request, const ordered_json& body) {
  switch (request.endpoint) {
    case Endpoint::initializeStorage:
      return initializeStorage(room.storage, body);
    case Endpoint::patchStorage:
      return patchStorage(room.storage, body);
    case Endpoint::createThread:
      return room.threads.create(request.roomId, body, request.at);
    case Endpoint::createComment:
      return room.threads.addComment(request.ids[1], body, request.at);
    default:
      return room.threads.resolve(request.ids[1], request.endpoint == Endpoint::resolveThread, request.at);
  }
}

http::Response Project::list(const Request& request) const {
  const auto wanted = readListRequest(request.query);
  if (const auto* refusal = std::get_if<http::Response>(&wanted)) return *refusal;
  return found(rooms_.list(std::get<ListRequest>(wanted)));
}

http::Response Project::create(const Request& request, const ordered_json& body) {
  const std::string id = body["id"];
  if (const StoredRoom* room = rooms_.find(id)) {
    return hasParameter(request.query, "idempotent") ? found(room->json) : roomExists(id);
  }
  return add(newRoom(id, body, request.at));
}

http::Response Project::upsert(const Request& request, const ordered_json& body) {
  const ordered_json& update = body["update"];
  if (StoredRoom* room = rooms_.find(request.roomId)) return change(room, request, update);
  const ordered_json create = body.value("create", ordered_json::object());
  if (!create.contains("defaultAccesses") && !update.contains("defaultAccesses"))
    return unprocessable("Missing key: 'defaultAccesses'.");
  return add(changed(newRoom(request.roomId, create, request.at), update));
}

http::Response Project::add(ordered_json room) {
  if (const auto flaw = checkRoom(room)) return unprocessable(flaw->message());
  return found(rooms_.add(std::move(room)));
}

http::Response Project::change(StoredRoom* room, const Request& request, const ordered_json& changes) {
  if (room == nullptr) return noSuchRoom(request.roomId);
  ordered_json json = changed(room->json, changes);
  if (const auto flaw = checkRoom(json)) return unprocessable(flaw->message());
  room->json = std::move(json);
  return found(room->json);
}

http::Response Project::rename(const Request& request, const ordered_json& body) {
  StoredRoom* room = rooms_.find(request.roomId);
  if (room == nullptr) return noSuchRoom(request.roomId);
  const std::string id = body["newRoomId"];
  if (rooms_.find(id) != nullptr) return roomExists(id);
  ordered_json json = room->json;
  json["id"] = id;
  if (const auto flaw = checkRoom(json)) return unprocessable(flaw->message());
  room->json = std::move(json);
  room->threads.rename(id);
  return found(room->json);
}

http::Response Project::broadcast(const Request& request) {
  if (request.body.empty() || !readBody(request.body)) return badRequest();
  broadcasts_.push_back({request.roomId, Json::parse(request.body)});
  return done();
}

void Project::setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users,
                             std::chrono::system_clock::time_point at) {
  StoredRoom* room = rooms_.find(roomId);
  if (room == nullptr) throw std::invalid_argument("there is no such room to be in: create it first");
  if (!users.empty()) room->json["lastConnectionAt"] = timing::toRfc3339(at);
  room->activeUsers = std::move(users);
}

}  // namespace
}  // namespace fake_liveblocks

struct FakeLiveblocks::State {
  State(Secret key, std::shared_ptr<const Clock> given) : secretKey(std::move(key)), clock(std::move(given)) {
    if (!clock) clock = std::make_shared<const Clock>();
  }

  http::Response respond(const http::Request& request) {
    const Target target = targetOf(request.url);
    auto found = fake_liveblocks::findRoute(request.method, target.path);
    if (auto* refusal = std::get_if<http::Response>(&found)) return std::move(*refusal);
    if (auto refusal = checkKey(request)) return *std::move(refusal);
    const auto& route = std::get<fake_liveblocks::Route>(found);
    std::vector<std::string> ids;
    for (const std::string_view segment : route.ids) {
      auto id = percentDecode(segment);
      if (!id) return fake_liveblocks::badRequest();
      ids.push_back(*std::move(id));
    }
    std::string roomId = ids.empty() ? std::string() : ids.front();
    return project.respond(
        {route.endpoint, std::move(ids), std::move(roomId), target.query, request.body, clock->wall()});
  }

  std::optional<http::Response> checkKey(const http::Request& request) const {
    const auto authorization = headerOf(request, "Authorization").value_or("");
    if (authorization.empty())
      return fake_liveblocks::refused(401, "MISSING_SECRET_KEY", "Missing secret key in authentication header");
    const auto key = bearerOf(request).value_or("");
    if (ascii::startsWith(key, "pk_"))
      return fake_liveblocks::refused(401, "WRONG_KEY_USED", "A public key was used for a secret key");
    if (key != secretKey.reveal()) return fake_liveblocks::refused(403, "INVALID_SECRET_KEY", "Invalid secret key");
    return std::nullopt;
  }

  const Secret secretKey;
  std::shared_ptr<const Clock> clock;

  FakeServer server;
  // Guarded by the server's lock.
  fake_liveblocks::Project project;
};

FakeLiveblocks::FakeLiveblocks(Secret secretKey, std::shared_ptr<const Clock> clock)
    : state_(std::make_unique<State>(std::move(secretKey), std::move(clock))) {}

FakeLiveblocks::~FakeLiveblocks() = default;

const Secret& FakeLiveblocks::secretKey() const noexcept { return state_->secretKey; }

void FakeLiveblocks::setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users) {
  const auto lock = state_->server.lock();
  state_->project.setActiveUsers(roomId, std::move(users), state_->clock->wall());
}

std::vector<FakeBroadcast> FakeLiveblocks::broadcasts() const {
  const auto lock = state_->server.lock();
  return state_->project.broadcasts();
}

void FakeLiveblocks::failNext(std::string pathPrefix, Result<http::Response> response, std::size_t times) {
  state_->server.respondNext(std::move(pathPrefix), std::move(response), times);
}

void FakeLiveblocks::respondNext(std::string pathPrefix, http::Response response, std::size_t times) {
  state_->server.respondNext(std::move(pathPrefix), std::move(response), times);
}

void FakeLiveblocks::delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times) {
  state_->server.delayNext(std::move(pathPrefix), time, times);
}

void FakeLiveblocks::clearFaults() { state_->server.clear(); }

void FakeLiveblocks::setScheduler(std::shared_ptr<http::Scheduler> scheduler) {
  state_->server.setScheduler(std::move(scheduler));
}

std::shared_ptr<http::Scheduler> FakeLiveblocks::scheduler() const { return state_->server.scheduler(); }

std::vector<http::Request> FakeLiveblocks::requests() const { return state_->server.requests(); }

std::size_t FakeLiveblocks::requestCount() const { return state_->server.requestCount(); }

Result<http::Response> FakeLiveblocks::send(const http::Request& request, const http::Call& call) {
  return state_->server.send(request, call, [&] { return state_->respond(request); });
}

bool FakeLiveblocks::start(http::Request& request, const http::Call& call, Completion& done) {
  return state_->server.start(request, call, done, [&] { return state_->respond(request); });
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
