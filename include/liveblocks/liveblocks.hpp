/// @file
/// The client of the Liveblocks API: tokens, rooms, and calls of all other endpoints.
/// https://liveblocks.io/docs/api-reference/liveblocks-node#Liveblocks-client
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/events.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>
#include <liveblocks/session.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

namespace detail {
class EndpointRules;
struct ClientState;
}  // namespace detail

/// The options of a `Liveblocks` client.
struct LiveblocksOptions {
  /// The secret key of the project, `sk_...`, from https://liveblocks.io/dashboard/apikeys. It must stay on the server.
  /// It is named as in `new Liveblocks({secret})` of the vendor's SDK.
  Secret secret;
  /// The URL of the API. Its path, if any, is put before `/v2/...`.
  std::string baseUrl = "https://api.liveblocks.io";
  /// Permits `http://` to hosts that are not loopback.
  bool allowInsecureHttp = false;
  /// The time limit of a call without a deadline of its own. The browser client gives up after 10 s. More than 0, at
  /// most 24 h.
  std::chrono::milliseconds timeout{8000};
  /// Whether a request is repeated while the deadline allows it: after no response, and after 429, 500, 502, 503 and
  /// 504. A request that must not take effect twice (`createRoom()`, `updateRoomId()`, `broadcastEvent()`) is repeated
  /// only when it cannot have taken effect: when no connection was made, and after 429. At most twice, after 50 to
  /// 100 ms and 100 to 200 ms, or after `Retry-After` if that is longer.
  bool retry = true;
  /// Receives the warnings that Liveblocks sends, and warnings about tokens without permissions.
  Log log = {};
  /// Told of each request.
  Events events = {};
};

/// The user that an ID token identifies.
struct Identity {
  /// The user's id at the application; never empty.
  std::string userId;
  /// The user's groups. Nothing is sent about groups when it is empty.
  std::vector<std::string> groupIds = {};
  /// As `SessionOptions::organizationId`.
  std::optional<std::string> organizationId = {};
};

/// What else goes into an ID token.
struct IdentifyOptions {
  /// As `SessionOptions::userInfo`.
  std::optional<Json> userInfo = {};
};

/// A client of the Liveblocks API. Cheap to copy; copies share their state. All methods are const and thread-safe.
///
/// Methods that call Liveblocks throw `std::logic_error` without a transport and block until `deadline`, which is
/// `LiveblocksOptions::timeout` from now when none is given.
///
/// The methods for rooms return invalid arguments and error responses as an `Error`:
///
/// | code | when |
/// |---|---|
/// | `Errc::invalidRequest` | an argument is beyond `RoomLimits` or not UTF-8, and nothing was sent; or 400, 413, 422 |
/// | `Errc::notFound` | 404: no such room |
/// | `Errc::conflict` | 409: a room of that id exists |
/// | `Errc::secretKeyRejected` | 401, 403 |
/// | `Errc::upstream` | any other status, redirects included, and a response that cannot be parsed |
/// | `Errc::tooLarge` | a response of more than 4 MiB, or 32 MiB for a page of rooms: request fewer rooms at a time |
/// | `Errc::timeout`, `connect`, ... | there was no response |
///
/// `Error::message` names the call and the status; `Error::info` holds the error body of Liveblocks, at most 4 KiB of
/// each string and without the secret key. Its `details` are the lines `Suggestion: ...` and `See also: ...`, its
/// `requestId` is from the header `X-Request-Id`, or else `CF-Ray`, neither of which Liveblocks documents. A rejected
/// secret key is also logged.
///
/// The id of an existing room must not be empty, and must not be or contain a path segment `.` or `..`, which a proxy
/// could resolve to another resource; it is percent-encoded. The id of a new room must not contain `*` either, because
/// `Session::allow()` could not name that room.
class LIVEBLOCKS_EXPORT Liveblocks {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for a bad secret key, base URL or timeout, with the reason and without
  /// the key.
  /// With a null transport only the sans-I/O methods work.
  explicit Liveblocks(const LiveblocksOptions& options,
                      std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// Starts building an access token. Does no I/O.
  /// Throws `std::invalid_argument` when `userId` is empty or not UTF-8 and when `userInfo` is not an object.
  Session prepareSession(std::string_view userId, const SessionOptions& options = {}) const;

  /// `POST /v2/identify-user`: requests an ID token, whose permissions are kept with the rooms. The default deadline is
  /// `LiveblocksOptions::timeout` from now. Throws as `prepareSession()` does, and `std::logic_error` without a
  /// transport.
  AuthResponse identifyUser(const Identity& identity, const IdentifyOptions& options = {},
                            std::optional<Deadline> deadline = {}) const;

  /// The asynchronous twin, which throws as it does, and `std::invalid_argument` for an empty callback.
  void identifyUserAsync(const Identity& identity, const IdentifyOptions& options, Callback<AuthResponse> done,
                         const AsyncOptions& asyncOptions = {}) const;

  /// @{
  /// The sans-I/O halves of `identifyUser()`: the request that it sends, and its outcome for a response.
  http::Request identifyRequest(const Identity& identity, const IdentifyOptions& options = {}) const;
  AuthResponse identifyResponse(const Result<http::Response>& response) const;
  /// @}

  /// `GET /v2/rooms`: fetches one page of the rooms that match the filter.
  Result<RoomPage> getRooms(const RoomFilter& filter = {}, const RoomPageOptions& page = {},
                            std::optional<Deadline> deadline = {}) const;

  /// Iterates over all rooms that match the filter, `pageSize` (1 to 100) with each request. For another `pageSize`
  /// the only item is `Errc::invalidRequest`. A deadline applies to the whole iteration; without one each request has
  /// its own. Does no I/O itself.
  RoomRange iterRooms(const RoomFilter& filter = {}, std::size_t pageSize = 40,
                      std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms`: creates a room. `Errc::conflict` when a room with that id exists. After `Errc::timeout`, `reset`
  /// and statuses of 5xx the room may exist nevertheless; `getOrCreateRoom()` may be called again.
  Result<Room> createRoom(std::string_view roomId, const CreateRoomOptions& create = {},
                          std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms?idempotent`: returns the room with that id unchanged, or creates it.
  Result<Room> getOrCreateRoom(std::string_view roomId, const CreateRoomOptions& create = {},
                               std::optional<Deadline> deadline = {}) const;

  /// `GET /v2/rooms/{roomId}`: fetches a room.
  Result<Room> getRoom(std::string_view roomId, std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms/{roomId}`: updates a room and returns it. `Errc::invalidRequest` for an update that changes
  /// nothing.
  Result<Room> updateRoom(std::string_view roomId, const UpdateRoomOptions& update,
                          std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms/{roomId}/upsert`: updates the room, or creates it from `create`, with the members of `update` in
  /// place of those of `create`. Unless one of them sets `defaultAccesses`, a new room is private.
  Result<Room> upsertRoom(std::string_view roomId, const UpdateRoomOptions& update,
                          const std::optional<CreateRoomOptions>& create = {},
                          std::optional<Deadline> deadline = {}) const;

  /// `DELETE /v2/rooms/{roomId}`: deletes the room with all of its content, permanently. When a repeat does not find
  /// the room after an attempt with an unknown outcome, the call succeeds.
  Result<void> deleteRoom(std::string_view roomId, std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms/{currentRoomId}/update-room-id`: renames a room. Connected clients are told to reconnect under the
  /// new id.
  Result<Room> updateRoomId(const RoomIdUpdate& update, std::optional<Deadline> deadline = {}) const;

  /// `GET /v2/rooms/{roomId}/prewarm`: prepares the room for a user who is about to enter, for about 10 s.
  Result<void> prewarmRoom(std::string_view roomId, std::optional<Deadline> deadline = {}) const;

  /// `GET /v2/rooms/{roomId}/active-users`: lists the users who are connected now. Call at most once every 10 s.
  Result<std::vector<ActiveUser>> getActiveUsers(std::string_view roomId, std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms/{roomId}/broadcast-event`: sends an event of the application to everybody in the room.
  Result<void> broadcastEvent(std::string_view roomId, const Json& event, std::optional<Deadline> deadline = {}) const;

  /// @{
  /// The asynchronous twins of these methods: the same requests, results and errors. Their arguments are not needed any
  /// more once they have returned, nor is the client. They throw `std::logic_error` without a transport and
  /// `std::invalid_argument` for an empty callback. For all rooms, pass `nextCursor` of one page as `startingAfter` of
  /// the next one.
  void getRoomsAsync(const RoomFilter& filter, const RoomPageOptions& page, Callback<Result<RoomPage>> done,
                     const AsyncOptions& options = {}) const;
  void createRoomAsync(std::string_view roomId, const CreateRoomOptions& create, Callback<Result<Room>> done,
                       const AsyncOptions& options = {}) const;
  void getOrCreateRoomAsync(std::string_view roomId, const CreateRoomOptions& create, Callback<Result<Room>> done,
                            const AsyncOptions& options = {}) const;
  void getRoomAsync(std::string_view roomId, Callback<Result<Room>> done, const AsyncOptions& options = {}) const;
  void updateRoomAsync(std::string_view roomId, const UpdateRoomOptions& update, Callback<Result<Room>> done,
                       const AsyncOptions& options = {}) const;
  void upsertRoomAsync(std::string_view roomId, const UpdateRoomOptions& update,
                       const std::optional<CreateRoomOptions>& create, Callback<Result<Room>> done,
                       const AsyncOptions& options = {}) const;
  void deleteRoomAsync(std::string_view roomId, Callback<Result<void>> done, const AsyncOptions& options = {}) const;
  void updateRoomIdAsync(const RoomIdUpdate& update, Callback<Result<Room>> done,
                         const AsyncOptions& options = {}) const;
  void prewarmRoomAsync(std::string_view roomId, Callback<Result<void>> done, const AsyncOptions& options = {}) const;
  void getActiveUsersAsync(std::string_view roomId, Callback<Result<std::vector<ActiveUser>>> done,
                           const AsyncOptions& options = {}) const;
  void broadcastEventAsync(std::string_view roomId, const Json& event, Callback<Result<void>> done,
                           const AsyncOptions& options = {}) const;
  /// @}

  /// Calls any endpoint of the API. Returns a success whatever its content; everything else is an `Error`, as above.
  /// The secret key is added. Default deadline: `LiveblocksOptions::timeout` from now. For the pages of a list see
  /// `http::nextPage()`.
  ///
  ///     auto response = client.call({"GET", "/v2/rooms/{roomId}/storage", {{"roomId", id}}, {{"format", "json"}}});
  ///     if (response) use(response->json());
  Result<http::ApiResponse> call(const http::ApiCall& call, std::optional<Deadline> deadline = {}) const;

  /// The asynchronous twin. Throws `std::logic_error` without a transport and `std::invalid_argument` for an empty
  /// callback.
  void callAsync(const http::ApiCall& call, Callback<Result<http::ApiResponse>> done,
                 const AsyncOptions& options = {}) const;

  /// @{
  /// The same with a response that is read: for the calls of `storage`, `notifications`, `comments` and the like, and
  /// for your own. `Errc::upstream` for a response that cannot be read.
  template <class T>
  Result<T> call(const http::TypedCall<T>& call, std::optional<Deadline> deadline = {}) const {
    return http::detail::readTyped(call, this->call(call.request, deadline));
  }
  template <class T>
  void callAsync(const http::TypedCall<T>& call, Callback<Result<typename http::TypedCall<T>::value_type>> done,
                 const AsyncOptions& options = {}) const {
    callAsync(call.request, http::detail::readingCallback(call, std::move(done)), options);
  }
  /// @}

 private:
  friend class detail::EndpointRules;

  std::shared_ptr<const detail::ClientState> state_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
