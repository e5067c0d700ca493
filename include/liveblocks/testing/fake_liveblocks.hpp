/// @file
/// A fake Liveblocks inside the process: tokens, rooms, documents, inboxes and threads. Part of the target
/// `liveblocks::testing`.
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

/// A broadcast event.
struct FakeBroadcast {
  /// The room that received it.
  std::string roomId;
  /// The event.
  Json event;
};

/// Responds to the requests of `Liveblocks` and `Session`, and rejects what Liveblocks rejects. Thread-safe. For tests
/// and demos.
///
/// It responds for any host, below `/v2`:
///
/// | request | response |
/// |---|---|
/// | `POST /authorize-user`, `/identify-user` | a token like the dev server's: unsigned, valid for an hour |
/// | `GET /rooms` | a page of the matching rooms, newest first |
/// | `POST /rooms` | a new room; 409, `ROOM_ALREADY_EXISTS` |
/// | `POST /rooms?idempotent` | a new room, or the existing one |
/// | `GET`, `POST`, `DELETE /rooms/{id}` | the room, changed or deleted; 404, `ROOM_NOT_FOUND` |
/// | `POST /rooms/{id}/upsert` | the room, changed or created |
/// | `POST /rooms/{id}/update-room-id` | the room with its new id; 409 if the id is taken |
/// | `GET /rooms/{id}/prewarm` | 204 |
/// | `GET /rooms/{id}/active-users` | the users set by `setActiveUsers()` |
/// | `POST /rooms/{id}/broadcast-event` | 204; see `broadcasts()` |
/// | `GET`, `POST`, `DELETE /rooms/{id}/storage` | the document; 409, `CANNOT_UPDATE_EXISTING_STORAGE` |
/// | `PATCH /rooms/{id}/storage/json-patch` | 200; 422, `INVALID_STORAGE_MUTATION_REQUEST` |
/// | `POST /inbox-notifications/trigger` | 200 |
/// | `GET /users/{id}/inbox-notifications` | a page of what was triggered, newest first |
/// | `GET`, `POST /rooms/{id}/threads` | the threads; a new one |
/// | `GET`, `DELETE /rooms/{id}/threads/{id}` | the thread, or deletes it; 404, `THREAD_NOT_FOUND` |
/// | `POST .../mark-as-resolved`, `.../mark-as-unresolved` | the thread, changed |
/// | `POST .../comments`, `GET .../comments/{id}` | a comment; 404, `COMMENT_NOT_FOUND` |
/// | without the secret key; with another one | 401, `MISSING_SECRET_KEY`; 403, `INVALID_SECRET_KEY` |
/// | with a public key, `pk_...` | 401, `WRONG_KEY_USED` |
/// | a body or a query that Liveblocks rejects | 422, `UNPROCESSABLE_ENTITY`, `INVALID_QUERY` |
/// | an unreadable request | 400 |
/// | anything else | 404; 405 for another method |
///
/// Tests compare it with Liveblocks' dev server. Where the dev server accepts more than Liveblocks, this fake accepts
/// what Liveblocks accepts: `defaultAccesses` is required, and the documented limits apply (`RoomLimits`, 10 entries in
/// a token, 128 characters in a user id, 1024 in `userInfo`). An organization does not appear in a token. The deadline,
/// `maxBody` and `cancelled` of a call are respected. Only `delayNext()` makes calls wait.
class LIVEBLOCKS_EXPORT FakeLiveblocks : public http::Transport {
 public:
  /// `clock` gives the times of tokens and rooms; null for the system clock.
  explicit FakeLiveblocks(Secret secretKey = "sk_test", std::shared_ptr<const Clock> clock = nullptr);
  ~FakeLiveblocks() override;

  /// The key that callers must send.
  const Secret& secretKey() const noexcept;

  /// Sets who is in a room; at first nobody. Unless the list is empty, updates `lastConnectionAt`. Throws
  /// `std::invalid_argument` if there is no such room.
  void setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users);
  /// The events so far, in order.
  std::vector<FakeBroadcast> broadcasts() const;

  /// Makes the next `times` requests whose path (`/v2/...`) begins with `pathPrefix` fail with this error or response.
  /// The library retries some requests: prescribe enough failures, and end them with `clearFaults()`.
  void failNext(std::string pathPrefix, Result<http::Response> response, std::size_t times = 1);
  /// Responds to the next `times` requests whose path begins with `pathPrefix` with this response. The same as
  /// `failNext()`, with a name that suits a success. Both use one queue.
  void respondNext(std::string pathPrefix, http::Response response, std::size_t times = 1);
  /// Delays the responses to the next `times` requests whose path begins with `pathPrefix`, in real time (with a
  /// scheduler by its timers) and at most until the deadline or the cancellation of the call. The request takes effect
  /// at once, even if its caller no longer waits. Throws `std::invalid_argument` for a negative time.
  void delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times = 1);
  /// Removes the remaining failures, responses and delays.
  void clearFaults();

  /// Makes the fake asynchronous: from now on `start()` works, and its exchanges complete on this scheduler, such as a
  /// `ManualScheduler`, whose timers are the delays. Null: it can only block, as before.
  void setScheduler(std::shared_ptr<http::Scheduler> scheduler);

  /// @{
  /// The requests so far, in order.
  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;
  /// @}

  /// Never throws.
  Result<http::Response> send(const http::Request& request, const http::Call& call) override;
  bool start(http::Request& request, const http::Call& call, Completion& done) override;
  std::shared_ptr<http::Scheduler> scheduler() const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
