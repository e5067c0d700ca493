#include <liveblocks/liveblocks.hpp>

#include <memory>
#include <string>
#include <utility>

#include "api_exchange.hpp"
#include "checks.hpp"
#include "client_state.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "grants.hpp"
#include "http/retry.hpp"
#include "http/url.hpp"
#include "room_list.hpp"
#include "room_request.hpp"
#include "rooms_api.hpp"
#include "rooms_json.hpp"
#include "session_state.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {
/// The vendor's rule: `localhost`, then a port or a path.
bool isLocalDevServer(std::string_view baseUrl) noexcept {
  for (const std::string_view origin : {"http://localhost", "https://localhost"}) {
    if (!ascii::startsWith(baseUrl, origin) || baseUrl.size() == origin.size()) continue;
    return baseUrl[origin.size()] == ':' || baseUrl[origin.size()] == '/';
  }
  return false;
}

std::shared_ptr<const LiveblocksState> makeState(const LiveblocksOptions& options,
                                                 std::shared_ptr<http::Transport> transport) {
  const Secret secretKey = checkedSecretKey(options.secret);
  checkTimeout(options.timeout);
  const std::string baseUrl = http::checkedBaseUrl("baseUrl", options.baseUrl, options.allowInsecureHttp);
  http::refusePathAt("api.liveblocks.io", "baseUrl", baseUrl);
  return std::make_shared<LiveblocksState>(
      LiveblocksState{secretKey, baseUrl, isLocalDevServer(pasted::clean(options.baseUrl)), options.allowInsecureHttp,
                      options.timeout, options.retry, options.log, std::move(transport)});
}

void checkIdentity(const Identity& identity, const IdentifyOptions& options) {
  requireUserId(identity.userId);
  for (const std::string& id : identity.groupIds) requireUtf8("groupIds", id);
  requireUtf8("organizationId", identity.organizationId.value_or(""));
  requireUserInfo(options.userInfo);
}

std::string identifyBody(const Identity& identity, const IdentifyOptions& options) {
  checkIdentity(identity, options);
  std::string text = "{\"userId\":" + Json(identity.userId).text();
  if (!identity.groupIds.empty()) text += ",\"groupIds\":" + jsonList(identity.groupIds);
  if (options.userInfo) text += ",\"userInfo\":" + options.userInfo->text();
  if (identity.organizationId) text += ",\"organizationId\":" + Json(*identity.organizationId).text();
  return text += '}';
}

}  // namespace

Liveblocks::Liveblocks(const LiveblocksOptions& options, std::shared_ptr<http::Transport> transport)
    : state_(makeState(options, std::move(transport))) {}

Session Liveblocks::prepareSession(std::string_view userId, const SessionOptions& options) const {
  requireUserId(userId);
  requireUtf8("organizationId", options.organizationId.value_or(""));
  requireUserInfo(options.userInfo);
  return Session(std::make_shared<Session::State>(Session::State{state_, std::string(userId), options}));
}

AuthResponse Liveblocks::identifyUser(const Identity& identity, const IdentifyOptions& options,
                                      std::optional<Deadline> deadline) const {
  return identifyCall(state_).perform(identifyBody(identity, options), deadline);
}

http::Request Liveblocks::identifyRequest(const Identity& identity, const IdentifyOptions& options) const {
  return identifyCall(state_).request(identifyBody(identity, options));
}

AuthResponse Liveblocks::identifyResponse(const Result<http::Response>& answer) const {
  return identifyCall(state_).response(answer);
}

namespace {

RoomCall once(RoomCall call) {
  call.once = true;
  return call;
}

/// What hangs below a room.
Result<std::string> pathBelow(std::string_view roomId, std::string_view what) {
  Result<std::string> path = roomPath(roomId);
  if (path) path->append(what);
  return path;
}

}  // namespace

Result<RoomPage> Liveblocks::getRooms(const RoomFilter& filter, const RoomPageOptions& page,
                                      std::optional<Deadline> deadline) const {
  return askForPage(RoomService(state_, deadline), filter, page);
}

RoomRange Liveblocks::iterRooms(const RoomFilter& filter, std::size_t pageSize,
                                std::optional<Deadline> deadline) const {
  requireTransport(*state_);
  return RoomRange(std::make_unique<RoomWalk>(state_, filter, pageSize, deadline));
}

Result<Room> Liveblocks::createRoom(std::string_view roomId, const CreateRoomOptions& options,
                                    std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .ask(once({"POST", std::string("/v2/rooms"), createRoomBody(roomId, options)}), readRoom);
}

Result<Room> Liveblocks::getOrCreateRoom(std::string_view roomId, const CreateRoomOptions& options,
                                         std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .ask({"POST", std::string("/v2/rooms?idempotent"), createRoomBody(roomId, options)}, readRoom);
}

Result<Room> Liveblocks::getRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline).ask({"GET", roomPath(roomId)}, readRoom);
}

Result<Room> Liveblocks::updateRoom(std::string_view roomId, const UpdateRoomOptions& update,
                                    std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline).ask({"POST", roomPath(roomId), updateRoomBody(update)}, readRoom);
}

Result<Room> Liveblocks::upsertRoom(std::string_view roomId, const UpdateRoomOptions& update,
                                    const std::optional<CreateRoomOptions>& create,
                                    std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .ask({"POST", pathBelow(roomId, "/upsert"), upsertRoomBody(roomId, update, create)}, readRoom);
}

std::optional<Error> Liveblocks::deleteRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  bool mayBeGone = false;
  RoomCall call{"DELETE", roomPath(roomId)};
  call.repeating = [&mayBeGone, safe = http::RetryPolicy::once()](const Result<http::Response>& outcome) {
    if (!safe.repeats(outcome)) mayBeGone = true;
  };
  std::optional<Error> error = RoomService(state_, deadline).tell(std::move(call));
  if (mayBeGone && error && error->code == Errc::notFound) return std::nullopt;
  return error;
}

Result<Room> Liveblocks::updateRoomId(const RoomIdUpdate& update, std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .ask(once({"POST", pathBelow(update.currentRoomId, "/update-room-id"), updateRoomIdBody(update.newRoomId)}),
           readRoom);
}

std::optional<Error> Liveblocks::prewarmRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline).tell({"GET", pathBelow(roomId, "/prewarm")});
}

Result<std::vector<ActiveUser>> Liveblocks::getActiveUsers(std::string_view roomId,
                                                           std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline).ask({"GET", pathBelow(roomId, "/active-users")}, readActiveUsers);
}

std::optional<Error> Liveblocks::broadcastEvent(std::string_view roomId, const Json& event,
                                                std::optional<Deadline> deadline) const {
  return RoomService(state_, deadline)
      .tell(once({"POST", pathBelow(roomId, "/broadcast-event"), Result<std::string>(event.text())}));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
