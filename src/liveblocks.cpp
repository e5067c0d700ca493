#include <liveblocks/liveblocks.hpp>

#include <memory>
#include <string>
#include <utility>

#include "api_call.hpp"
#include "api_exchange.hpp"
#include "arguments.hpp"
#include "core/json_writer.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "http/delivery.hpp"
#include "http/url.hpp"
#include "room_list.hpp"
#include "rooms_api.hpp"
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
      options.retry, options.log, detail::EventSink::make(options.events, options.log), std::move(transport)});
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
  detail::requireTransport(*state_);
  return detail::identifyCall(state_).perform(identifyBody(identity, options), deadline);
}

void Liveblocks::identifyUserAsync(const Identity& identity, const IdentifyOptions& options,
                                   Callback<AuthResponse> done, const AsyncOptions& asyncOptions) const {
  detail::requireTransport(*state_);
  http::detail::Delivery<AuthResponse> delivery(std::move(done), asyncOptions.executor);
  detail::identifyCall(state_).start(identifyBody(identity, options), std::move(delivery), asyncOptions);
}

http::Request Liveblocks::identifyRequest(const Identity& identity, const IdentifyOptions& options) const {
  return detail::identifyCall(state_).request(identifyBody(identity, options));
}

AuthResponse Liveblocks::identifyResponse(const Result<http::Response>& response) const {
  return detail::identifyCall(state_)(response);
}

RoomRange Liveblocks::iterRooms(const RoomFilter& filter, std::size_t pageSize,
                                std::optional<Deadline> deadline) const {
  detail::requireTransport(*state_);
  return RoomRange(std::make_unique<detail::RoomPager>(state_, filter, pageSize, deadline));
}

// The other calls about rooms are described in rooms_api.cpp. Each has two forms.

Result<RoomPage> Liveblocks::getRooms(const RoomFilter& filter, const RoomPageOptions& page,
                                      std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::getRoomsCall(filter, page), deadline);
}

void Liveblocks::getRoomsAsync(const RoomFilter& filter, const RoomPageOptions& page, Callback<Result<RoomPage>> done,
                               const AsyncOptions& options) const {
  detail::start(state_, detail::getRoomsCall(filter, page), std::move(done), options);
}

Result<Room> Liveblocks::createRoom(std::string_view roomId, const CreateRoomOptions& create,
                                    std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::createRoomCall(roomId, create), deadline);
}

void Liveblocks::createRoomAsync(std::string_view roomId, const CreateRoomOptions& create, Callback<Result<Room>> done,
                                 const AsyncOptions& options) const {
  detail::start(state_, detail::createRoomCall(roomId, create), std::move(done), options);
}

Result<Room> Liveblocks::getOrCreateRoom(std::string_view roomId, const CreateRoomOptions& create,
                                         std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::getOrCreateRoomCall(roomId, create), deadline);
}

void Liveblocks::getOrCreateRoomAsync(std::string_view roomId, const CreateRoomOptions& create,
                                      Callback<Result<Room>> done, const AsyncOptions& options) const {
  detail::start(state_, detail::getOrCreateRoomCall(roomId, create), std::move(done), options);
}

Result<Room> Liveblocks::getRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::getRoomCall(roomId), deadline);
}

void Liveblocks::getRoomAsync(std::string_view roomId, Callback<Result<Room>> done, const AsyncOptions& options) const {
  detail::start(state_, detail::getRoomCall(roomId), std::move(done), options);
}

Result<Room> Liveblocks::updateRoom(std::string_view roomId, const UpdateRoomOptions& update,
                                    std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::updateRoomCall(roomId, update), deadline);
}

void Liveblocks::updateRoomAsync(std::string_view roomId, const UpdateRoomOptions& update, Callback<Result<Room>> done,
                                 const AsyncOptions& options) const {
  detail::start(state_, detail::updateRoomCall(roomId, update), std::move(done), options);
}

Result<Room> Liveblocks::upsertRoom(std::string_view roomId, const UpdateRoomOptions& update,
                                    const std::optional<CreateRoomOptions>& create,
                                    std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::upsertRoomCall(roomId, update, create), deadline);
}

void Liveblocks::upsertRoomAsync(std::string_view roomId, const UpdateRoomOptions& update,
                                 const std::optional<CreateRoomOptions>& create, Callback<Result<Room>> done,
                                 const AsyncOptions& options) const {
  detail::start(state_, detail::upsertRoomCall(roomId, update, create), std::move(done), options);
}

Result<void> Liveblocks::deleteRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::deleteRoomCall(roomId), deadline);
}

void Liveblocks::deleteRoomAsync(std::string_view roomId, Callback<Result<void>> done,
                                 const AsyncOptions& options) const {
  detail::start(state_, detail::deleteRoomCall(roomId), std::move(done), options);
}

Result<Room> Liveblocks::updateRoomId(const RoomIdUpdate& update, std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::updateRoomIdCall(update), deadline);
}

void Liveblocks::updateRoomIdAsync(const RoomIdUpdate& update, Callback<Result<Room>> done,
                                   const AsyncOptions& options) const {
  detail::start(state_, detail::updateRoomIdCall(update), std::move(done), options);
}

Result<void> Liveblocks::prewarmRoom(std::string_view roomId, std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::prewarmRoomCall(roomId), deadline);
}

void Liveblocks::prewarmRoomAsync(std::string_view roomId, Callback<Result<void>> done,
                                  const AsyncOptions& options) const {
  detail::start(state_, detail::prewarmRoomCall(roomId), std::move(done), options);
}

Result<std::vector<ActiveUser>> Liveblocks::getActiveUsers(std::string_view roomId,
                                                           std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::getActiveUsersCall(roomId), deadline);
}

void Liveblocks::getActiveUsersAsync(std::string_view roomId, Callback<Result<std::vector<ActiveUser>>> done,
                                     const AsyncOptions& options) const {
  detail::start(state_, detail::getActiveUsersCall(roomId), std::move(done), options);
}

Result<void> Liveblocks::broadcastEvent(std::string_view roomId, const Json& event,
                                        std::optional<Deadline> deadline) const {
  return detail::perform(state_, detail::broadcastEventCall(roomId, event), deadline);
}

void Liveblocks::broadcastEventAsync(std::string_view roomId, const Json& event, Callback<Result<void>> done,
                                     const AsyncOptions& options) const {
  detail::start(state_, detail::broadcastEventCall(roomId, event), std::move(done), options);
}

Result<http::ApiResponse> Liveblocks::call(const http::ApiCall& call, std::optional<Deadline> deadline) const {
  return detail::perform(state_, call, deadline);
}

void Liveblocks::callAsync(const http::ApiCall& call, Callback<Result<http::ApiResponse>> done,
                           const AsyncOptions& options) const {
  detail::start(state_, call, std::move(done), options);
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
