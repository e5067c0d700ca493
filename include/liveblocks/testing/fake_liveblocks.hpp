/// @file
/// A Liveblocks project inside the process: tokens and rooms. Part of the target `liveblocks::testing`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/room.hpp>

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
/// Whatever host is asked, below `/v2`:
///
/// | request | answer |
/// |---|---|
/// | `POST /authorize-user`, `/identify-user` | a token in the dev server's form, unsigned, good for an hour |
/// | `GET /rooms` | a page of the rooms that fit, the newest first |
/// | `POST /rooms` | a new room; 409, `ROOM_ALREADY_EXISTS` |
/// | `POST /rooms?idempotent` | a new room, or the one that is there |
/// | `GET`, `POST`, `DELETE /rooms/{id}` | the room, changed or deleted; 404, `ROOM_NOT_FOUND` |
/// | `POST /rooms/{id}/upsert` | the room, changed or created |
/// | `POST /rooms/{id}/update-room-id` | the room by its new id; 409 where one has that id |
/// | `GET /rooms/{id}/prewarm` | 204 |
/// | `GET /rooms/{id}/active-users` | those of `setActiveUsers()` |
/// | `POST /rooms/{id}/broadcast-event` | 204; see `broadcasts()` |
/// | without the secret key, with another one | 401, `MISSING_SECRET_KEY`; 403, `INVALID_SECRET_KEY` |
/// | with a public key, `pk_...` | 401, `WRONG_KEY_USED` |
/// | a body or a list that Liveblocks does not take | 422, `UNPROCESSABLE_ENTITY`, `INVALID_QUERY` |
/// | what cannot be read | 400 |
/// | anything else | 404; 405 for another method |
///
/// It is held to the answers of Liveblocks' dev server. Where that one is known to take more than Liveblocks does, this
/// one takes what Liveblocks takes: no room without `defaultAccesses`, and nothing beyond the documented limits
/// (`RoomLimits`, 10 entries in a token, 128 characters in a user id, 1024 in `userInfo`). An organization leaves no
/// trace in a token. The deadline, `maxBody` and `cancelled` of a call are kept; nothing waits but what
/// `delayNext()` delays.
class LIVEBLOCKS_EXPORT FakeLiveblocks : public http::Transport {
 public:
  /// By `clock` tokens and rooms are dated; null: the system's.
  explicit FakeLiveblocks(Secret secretKey = "sk_test", std::shared_ptr<const Clock> clock = nullptr);
  ~FakeLiveblocks() override;

  /// What callers must send.
  const Secret& secretKey() const noexcept;

  /// Who is in a room; at first nobody. Anybody dates its `lastConnectionAt`. Throws `std::invalid_argument` when there
  /// is no such room.
  void setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users);
  /// Every event so far, in order.
  std::vector<FakeBroadcast> broadcasts() const;

  /// Lets the next so many requests whose path, `/v2/...`, begins so fail: with this error, or with this response
  /// instead of the real one. The SDK repeats what a repeat may mend: order enough faults, and end them with
  /// `clearFaults()`.
  void failNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times = 1);
  /// Gives this response to the next so many requests whose path begins so, whatever they ask. The same as `failNext()`
  /// by a name that fits a success. Both stand in one queue.
  void answerNext(std::string pathPrefix, http::Response answer, std::size_t times = 1);
  /// Makes the next so many requests whose path begins so take that long, in real time and at most until the call's
  /// deadline or until it is cancelled. What they ask for is done at once, and is done even where the caller sees no
  /// more of it; only the answer, a scripted one too, comes late. Throws `std::invalid_argument` for a negative time.
  void delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times = 1);
  /// Forgets the faults, answers and delays that are left.
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
