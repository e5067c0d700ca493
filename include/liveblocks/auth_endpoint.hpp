/// @file
/// The whole auth endpoint of a Liveblocks application, but for the application's own decision.
/// https://liveblocks.io/docs/authentication/access-token, https://liveblocks.io/docs/authentication/id-token
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include <liveblocks/auth_endpoint/decision.hpp>
#include <liveblocks/auth_endpoint/request.hpp>
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/liveblocks.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Finds out who is asking. An `Error` of the kind `unavailable` becomes 503, any other 401.
using Identify = std::function<Result<Caller>(const http::RequestView& request, Deadline deadline)>;

/// Identifies callers by their Clerk session, and by their user at Clerk as `userInfo` `{"name", "avatar"}`: the full
/// name, else the username, else the user id, and the image.
///
/// The look-up takes at most `UsersOptions::timeout`, 2 s by default. When the user cannot be read the name is the user
/// id, there is no avatar, and `log` is told; a user Clerk does not know is `Errc::noToken`. Without `users` nothing is
/// looked up.
LIVEBLOCKS_EXPORT Identify clerkIdentity(clerk::SessionVerifier verifier, std::optional<clerk::Users> users = {},
                                         Log log = {});

/// As above: verifies with the client's keys, looks users up where it has a secret key, and tells the client's log.
LIVEBLOCKS_EXPORT Identify clerkIdentity(const clerk::Client& client);

/// As above, with users read from `https://api.clerk.com`. An empty key: nothing is looked up, and `log` is told so at
/// once. Throws `std::invalid_argument` for what is no secret key of Clerk.
LIVEBLOCKS_EXPORT Identify clerkIdentity(clerk::SessionVerifier verifier, const Secret& secretKey,
                                         std::shared_ptr<http::Transport> transport = http::defaultTransport(),
                                         Log log = {});

/// How an endpoint works.
struct AuthEndpointOptions {
  /// For everything one request needs. The browser client gives up after 10 s.
  std::chrono::milliseconds timeout{8000};
  /// Bytes of body; a larger request is answered with 413.
  std::size_t maxBody = std::size_t{64} << 10;
  /// Hears of what goes wrong, in words that must not reach browsers. What fails for every request, as while Liveblocks
  /// is away, gets a line at the beginning, one a minute with the count, and one at the end.
  Log log = {};
  /// Tells that minute (`Clock::steady()`). Null: the system's clock.
  std::shared_ptr<const Clock> clock = {};
};

/// Request in, response out, for any web server. Cheap to copy, thread-safe.
class LIVEBLOCKS_EXPORT AuthEndpoint {
 public:
  /// Throws `std::invalid_argument` when a callable is empty and for a timeout of 0 or of more than 24 h.
  AuthEndpoint(Liveblocks liveblocks, Identify identify, Decide decide, AuthEndpointOptions options = {});

  /// Hands out ID tokens, which say who somebody is and grant nothing: what people may do is kept with each room. So
  /// there is nothing to decide here, and everybody whom `identify` accepts gets a token. Throws as the constructor.
  static AuthEndpoint withIdTokens(Liveblocks liveblocks, Identify identify, AuthEndpointOptions options = {});

  /// Answers `POST {"room": "<id>", ...}` and `POST {...}` with a token or with the reason why not; see
  /// docs/auth-endpoint.md for every status and body. Throws nothing but `std::bad_alloc`: an exception of a callable
  /// is a logged 500 that grants nothing.
  ///
  /// It ends by `deadline` or after `AuthEndpointOptions::timeout`, whichever is sooner. Give the request's own
  /// deadline where it has waited for a thread: one that has passed is answered with 503, and nobody is asked.
  http::Response handle(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// `AuthEndpointOptions::maxBody`, for adapters that read the body themselves.
  std::size_t maxBody() const noexcept;

 private:
  struct State;
  explicit AuthEndpoint(std::shared_ptr<const State> state) noexcept;

  std::shared_ptr<const State> state_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
