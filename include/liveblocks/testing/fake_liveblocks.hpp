/// @file
/// A Liveblocks project inside the process: tokens and rooms. Part of the target `liveblocks::testing`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clock.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/json.hpp>
#include <liveblocks/rooms/room.hpp>
#include <liveblocks/secret.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// An event that was broadcast.
struct FakeBroadcast {
  /// To whom.
  std::string roomId;
  /// What.
  Json event;
};

/// Answers what `Liveblocks` and `Session` ask, and refuses what Liveblocks refuses. Thread-safe. For tests and demos.
///
/// | request | answer |
/// |---|---|
/// | `POST /v2/authorize-user`, `POST /v2/identify-user` | a token that `AccessToken::peek()` reads; its signature is
/// empty, as the dev server's | | `GET /v2/rooms` | pages of the rooms that fit, the newest first | | `POST /v2/rooms`,
/// `POST /v2/rooms?idempotent` | a room is created; 409 `ROOM_ALREADY_EXISTS`, or the room that is there | | `GET`,
/// `POST`, `DELETE /v2/rooms/{id}` | the room, changed or deleted; 404 `ROOM_NOT_FOUND` | | `POST
/// /v2/rooms/{id}/upsert` | the room, changed or created | | `POST /v2/rooms/{id}/update-room-id` | the room by its new
/// id; 409 where one has that id | | `GET /v2/rooms/{id}/prewarm` | 204 | | `GET /v2/rooms/{id}/active-users` | those
/// of `setActiveUsers()` | | `POST /v2/rooms/{id}/broadcast-event` | 204; see `broadcasts()` | | anything else | 404 |
///
/// Everything wants the secret key: 401 without one, 403 with another. What it checks beyond the dev server's checks
/// are the documented limits, which the dev server does not hold to. The deadline, `maxBody` and `cancelled` of a call
/// are kept; nothing ever waits.
class LIVEBLOCKS_EXPORT FakeLiveblocks : public http::Transport {
 public:
  /// By `clock` tokens and rooms are dated; null: the system's.
  explicit FakeLiveblocks(Secret secretKey = "sk_test", std::shared_ptr<const Clock> clock = nullptr);
  ~FakeLiveblocks() override;

  /// What callers must send.
  const Secret& secretKey() const noexcept;

  /// Who is in a room; at first nobody. Throws `std::invalid_argument` when there is no such room.
  void setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users);
  /// Every event so far, in order.
  std::vector<FakeBroadcast> broadcasts() const;

  /// Gives this answer, a response or an error, to the next so many requests whose path begins so, whatever they ask.
  /// The SDK repeats what a repeat may mend: order enough faults, and end them with `clearFaults()`.
  void failNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times = 1);
  /// Forgets the faults that are left.
  void clearFaults();

  /// @{
  /// Everything asked so far, in order.
  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;
  /// @}

  /// Never throws.
  Result<http::Response> send(const http::Request& request, const http::Call& call) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
