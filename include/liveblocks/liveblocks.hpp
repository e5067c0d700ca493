/// @file
/// The client of the Liveblocks API: tokens and rooms.
/// https://liveblocks.io/docs/api-reference/liveblocks-node#Liveblocks-client
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>
#include <liveblocks/session.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// How a client reaches Liveblocks.
struct LiveblocksOptions {
  /// The secret key of the project, `sk_...`, from https://liveblocks.io/dashboard/apikeys. It must stay on the server.
  Secret secret;
  /// Where the API is. A path in it is kept and put before `/v2/...`.
  std::string baseUrl = "https://api.liveblocks.io";
  /// Permits `http://` to hosts that are not loopback.
  bool allowInsecureHttp = false;
  /// The deadline of a call that is given none. The browser client gives up after 10 s.
  std::chrono::milliseconds timeout{8000};
  /// Repeat a request that got no answer, or 429, 500, 502, 503 or 504, while the deadline allows. A request that must
  /// not happen twice (`createRoom()`, `updateRoomId()`, `broadcastEvent()`) is repeated only when it cannot have
  /// happened: when no connection came about, and after 429.
  bool retry = true;
  /// Hears of warnings that Liveblocks sends, and of tokens without permissions.
  Log log = {};
};

/// Whom an ID token names.
struct Identity {
  /// The application's own name for the user; never empty.
  std::string userId;
  /// Empty: nothing is sent about groups.
  std::vector<std::string> groupIds = {};
  /// As `SessionOptions::organizationId`.
  std::optional<std::string> organizationId = {};
};

/// What goes into an ID token beside the identity.
struct IdentifyOptions {
  /// As `SessionOptions::userInfo`.
  std::optional<Json> userInfo = {};
};

/// Cheap to copy; copies share their state. All methods are const and thread-safe.
///
/// Those that reach Liveblocks throw `std::logic_error` without a transport and block until `deadline`, which is
/// `LiveblocksOptions::timeout` from now when none is given.
///
/// What the methods for rooms were asked wrongly, and what Liveblocks answered, comes back as an `Error`:
///
/// | code | when |
/// |---|---|
/// | `Errc::invalidRequest` | an argument is beyond `RoomLimits` or no UTF-8, and nothing was sent; or 400, 413, 422 |
/// | `Errc::notFound` | 404: no such room |
/// | `Errc::conflict` | 409: a room of that id exists |
/// | `Errc::secretKeyRejected` | 401, 403 |
/// | `Errc::upstream` | any other status, redirects included, and an answer that cannot be read |
/// | `Errc::tooLarge` | an answer of more than 4 MiB, or 32 MiB for a page of rooms: ask for fewer at a time |
/// | `Errc::timeout`, `connect`, ... | no answer came |
///
/// `Error::message` names the call and the status; `Error::info` holds what Liveblocks said, at most 4 KiB of each text
/// and without the secret key. Its `details` are lines `Suggestion: ...` and `See also: ...`, its `requestId` is from
/// the header `X-Request-Id`, or else `CF-Ray`, neither of which Liveblocks documents. A refused secret key is logged,
/// too.
///
/// The id of a room that exists may hold anything but be empty, `.`, `..` or a path with such a segment, which somebody
/// on the way could resolve to another resource; it is percent-encoded. The id of a new room may hold no `*` either,
/// which `Session::allow()` could not name.
class LIVEBLOCKS_EXPORT Liveblocks {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for a bad secret key, base URL or timeout, with the reason and without
  /// the key.
  /// With a null transport only the sans-I/O methods work.
  explicit Liveblocks(const LiveblocksOptions& options,
                      std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// Begins an access token. Does no I/O.
  /// Throws `std::invalid_argument` when `userId` is empty or not UTF-8 and when `userInfo` is no object.
  Session prepareSession(std::string_view userId, const SessionOptions& options = {}) const;

  /// `POST /v2/identify-user`: an ID token, whose permissions live on the rooms. The default deadline is
  /// `LiveblocksOptions::timeout` from now. Throws as `prepareSession()` does, and `std::logic_error` without a
  /// transport.
  AuthResponse identifyUser(const Identity& identity, const IdentifyOptions& options = {},
                            std::optional<Deadline> deadline = {}) const;

  /// @{
  /// Sans-I/O: the request `identifyUser()` would send, and what it makes of the answer.
  http::Request identifyRequest(const Identity& identity, const IdentifyOptions& options = {}) const;
  AuthResponse identifyResponse(const Result<http::Response>& answer) const;
  /// @}

  /// `GET /v2/rooms`: one page of the rooms that fit.
  Result<RoomPage> getRooms(const RoomFilter& filter = {}, const RoomPageOptions& page = {},
                            std::optional<Deadline> deadline = {}) const;

  /// Walks all rooms that fit, `pageSize` (1 to 100) with each request. A deadline is for the whole walk; without one
  /// each request has its own. Does no I/O itself.
  RoomRange iterRooms(const RoomFilter& filter = {}, std::size_t pageSize = 40,
                      std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms`: a new room. `Errc::conflict` when there is one of that id. After `Errc::timeout`, `reset` and
  /// statuses of 5xx the room may be there nevertheless; `getOrCreateRoom()` may be called again.
  Result<Room> createRoom(std::string_view roomId, const CreateRoomOptions& options = {},
                          std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms?idempotent`: the room of that id, unchanged, or a new one.
  Result<Room> getOrCreateRoom(std::string_view roomId, const CreateRoomOptions& options = {},
                               std::optional<Deadline> deadline = {}) const;

  /// `GET /v2/rooms/{roomId}`
  Result<Room> getRoom(std::string_view roomId, std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms/{roomId}`: changes what is named and returns the whole. `Errc::invalidRequest` when nothing is.
  Result<Room> updateRoom(std::string_view roomId, const UpdateRoomOptions& update,
                          std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms/{roomId}/upsert`: updates the room, or creates it with `create` and what `update` replaces of it.
  /// Unless one of them names `defaultAccesses`, a new room is private.
  Result<Room> upsertRoom(std::string_view roomId, const UpdateRoomOptions& update,
                          const std::optional<CreateRoomOptions>& create = {},
                          std::optional<Deadline> deadline = {}) const;

  /// `DELETE /v2/rooms/{roomId}`: deletes the room with all that is in it, for good. A repeat that does not find the
  /// room any more, after an attempt whose outcome is not known, is a success.
  [[nodiscard]] std::optional<Error> deleteRoom(std::string_view roomId, std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms/{currentRoomId}/update-room-id`: renames a room. Whoever is in it is told to come again by the new
  /// name.
  Result<Room> updateRoomId(const RoomIdUpdate& update, std::optional<Deadline> deadline = {}) const;

  /// `GET /v2/rooms/{roomId}/prewarm`: gets the room ready for somebody who is about to enter, for some 10 s.
  [[nodiscard]] std::optional<Error> prewarmRoom(std::string_view roomId, std::optional<Deadline> deadline = {}) const;

  /// `GET /v2/rooms/{roomId}/active-users`: who is connected now. Liveblocks asks to be asked every 10 s at most.
  Result<std::vector<ActiveUser>> getActiveUsers(std::string_view roomId, std::optional<Deadline> deadline = {}) const;

  /// `POST /v2/rooms/{roomId}/broadcast-event`: sends everybody in the room an event of the application's own making.
  [[nodiscard]] std::optional<Error> broadcastEvent(std::string_view roomId, const Json& event,
                                                    std::optional<Deadline> deadline = {}) const;

 private:
  std::shared_ptr<const struct LiveblocksState> state_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
