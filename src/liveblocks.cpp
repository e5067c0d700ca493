#include <liveblocks/liveblocks.hpp>

#include <memory>
#include <string>
#include <utility>

#include "api_exchange.hpp"
#include "arguments.hpp"
#include "core/json_writer.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "http/retry.hpp"
#include "http/url.hpp"
#include "room_list.hpp"
#include "rooms_api.hpp"
#include "rooms_json.hpp"
#include "session.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// Applies the rule of the vendor's SDK: `localhost`, followed by a port or a path.
bool isLocalDevServer(std::string_view baseUrl) noexcept {
  for (const std::string_view origin : {"http://localhost", "https://localhost"}) {
    if (!ascii::startsWith(baseUrl, origin) || baseUrl.size() == origin.size()) continue;
    return baseUrl[origin.size()] == ':' || baseUrl[origin.size()] == '/';
  }
  return false;
}

std::shared_ptr<const detail::ClientState> makeState(const LiveblocksOptions& options,
                                                     std::shared_ptr<http::Transport> transport) {
  const Secret secretKey = detail::checkedSecretKey(options.secret);
  timing::checkTimeout(options.timeout);
  const std::string baseUrl = http::detail::checkedBaseUrl("baseUrl", options.baseUrl, options.allowInsecureHttp);
  http::detail::refusePathAt("api.liveblocks.io", "baseUrl", baseUrl);
  return std::make_shared<detail::ClientState>(detail::ClientState{
      secretKey, baseUrl, isLocalDevServer(pasted::clean(options.baseUrl)), options.allowInsecureHttp, options.timeout,
      options.retry, options.log, std::move(transport)});
}

void checkIdentity(const Identity& identity, const IdentifyOptions& options) {
  detail::requireUserId(identity.userId);
  for (const std::string& id : identity.groupIds) detail::requireUtf8("groupIds", id);
  detail::requireUtf8("organizationId", identity.organizationId.value_or(""));
  detail::requireUserInfo(options.userInfo);
}

std::string identifyBody(const Identity& identity, const IdentifyOptions& options) {
  checkIdentity(identity, options);
  json::ObjectWriter object;
  object.addString("userId", identity.userId);
  if (!identity.groupIds.empty()) object.addJson("groupIds", detail::jsonList(identity.groupIds));
  if (options.userInfo) object.addJson("userInfo", options.userInfo->text());
  if (identity.organizationId) object.addString("organizationId", *identity.organizationId);
  return object.finish();
}

}  // namespace

Liveblocks::Liveblocks(const LiveblocksOptions& options, std::shared_ptr<http::Transport> transport)
    : state_(makeState(options, std::move(transport))) {}

Session Liveblocks::prepareSession(std::string_view userId, const SessionOptions& options) const {
  detail::requireUserId(userId);
  detail::requireUtf8("organizationId", options.organizationId.value_or(""));
  detail::requireUserInfo(options.userInfo);
  return Session(std::make_shared<Session::State>(Session::State{state_, std::string(userId), options}));
}

AuthResponse Liveblocks::identifyUser(const Identity& identity, const IdentifyOptions& options,
                                      std::optional<Deadline> deadline) const {
  return detail::identifyCall(state_).perform(identifyBody(identity, options), deadline);
}

http::Request Liveblocks::identifyRequest(const Identity& identity, const IdentifyOptions& options) const {
  return detail::identifyCall(state_).request(identifyBody(identity, options));
}

AuthResponse Liveblocks::identifyResponse(const Result<http::Response>& response) const {
  return detail::identifyCall(state_).response(response);
}

namespace {

detail::RoomCall once(detail::RoomCall call) {
  call.once = true;
  return call;
}

/// The path of a resource that belongs to a room.
Result<std::string> pathBelow(std::string_view roomId, std::string_view resource) {
  Result<std::string> path = detail::roomPath(roomId);
  if (path) path->append(resource);
  return path;
}

}  // namespace

Result<RoomPage> Liveblocks::getRooms(const RoomFilter& filter, const RoomPageOptions& page,
                                      std::optional<Deadline> deadline) const {
  return detail::fetchPage(detail::RoomsApi(state_, deadline), filter, page);
}

RoomRange Liveblocks::iterRooms(const RoomFilter& filter, std::size_t pageSize,
                                std::optional<Deadline> deadline) const {
  detail::requireTransport(*state_);
  return RoomRange(std::make_unique<detail::RoomPager>(state_, filter, pageSize, deadline));
}

Result<Room> Liveblocks::createRoom(std::string_view roomId, const CreateRoomOptions& options,
                                    std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline)
      .fetch(once({"POST", std::string("/v2/rooms"), detail::createRoomBody(roomId, options)}), detail::readRoom);
}

Result<Room> Liveblocks::getOrCreateRoom(std::string_view roomId, const CreateRoomOptions& options,
                                         std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline)
      .fetch({"POST", std::string("/v2/rooms?idempotent"), detail::createRoomBody(roomId, options)}, detail::readRoom);
}

Result<Room> Liveblocks::getRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline).fetch({"GET", detail::roomPath(roomId)}, detail::readRoom);
}

Result<Room> Liveblocks::updateRoom(std::string_view roomId, const UpdateRoomOptions& update,
                                    std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline)
      .fetch({"POST", detail::roomPath(roomId), detail::updateRoomBody(update)}, detail::readRoom);
}

Result<Room> Liveblocks::upsertRoom(std::string_view roomId, const UpdateRoomOptions& update,
                                    const std::optional<CreateRoomOptions>& create,
                                    std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline)
      .fetch({"POST", pathBelow(roomId, "/upsert"), detail::upsertRoomBody(roomId, update, create)}, detail::readRoom);
}

Result<void> Liveblocks::deleteRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  bool mayBeDeleted = false;
  detail::RoomCall call{"DELETE", detail::roomPath(roomId)};
  call.repeating = [&mayBeDeleted, safe = http::detail::RetryPolicy::once()](const Result<http::Response>& outcome) {
    if (!safe.repeats(outcome)) mayBeDeleted = true;
  };
  Result<void> outcome = detail::RoomsApi(state_, deadline).execute(std::move(call));
  if (mayBeDeleted && !outcome && outcome.error().code == Errc::notFound) return {};
  return outcome;
}

Result<Room> Liveblocks::updateRoomId(const RoomIdUpdate& update, std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline)
      .fetch(once({"POST", pathBelow(update.currentRoomId, "/update-room-id"),
                   detail::updateRoomIdBody(update.newRoomId)}),
             detail::readRoom);
}

Result<void> Liveblocks::prewarmRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline).execute({"GET", pathBelow(roomId, "/prewarm")});
}

Result<std::vector<ActiveUser>> Liveblocks::getActiveUsers(std::string_view roomId,
                                                           std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline).fetch({"GET", pathBelow(roomId, "/active-users")}, detail::readActiveUsers);
}

Result<void> Liveblocks::broadcastEvent(std::string_view roomId, const Json& event,
                                        std::optional<Deadline> deadline) const {
  return detail::RoomsApi(state_, deadline)
      .execute(once({"POST", pathBelow(roomId, "/broadcast-event"), Result<std::string>(event.text())}));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
