/// @file
/// A local fake of Clerk's Frontend API, for Clerk's browser SDK. Part of the target `liveblocks::testing`.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Settings of a `FakeFrontendApi`. `pageOrigin` is required.
struct FakeFrontendApiOptions {
  /// The origin of the pages in browsers, such as `http://127.0.0.1:3000`: the `azp` of tokens, the only accepted
  /// `Origin`, and the target of handshakes. Its host must be `127.0.0.1`, `localhost` or `[::1]`.
  std::string pageOrigin = {};
  /// The path below which it is served: `proxyUrl` of Clerk's browser SDK and of `clerk::RequestAuthenticatorOptions`.
  std::string path = "/__clerk";
  /// How long a session token is valid.
  std::chrono::seconds tokenLifetime{60};
  /// How long a session lasts.
  std::chrono::seconds sessionLifetime = std::chrono::hours(7 * 24);
  /// How long an unused ticket is valid.
  std::chrono::seconds ticketLifetime = std::chrono::hours(30 * 24);
  /// Whether a browser can have only one session (`single_session_mode`).
  bool singleSession = false;
  /// The sign-in page for the browser SDK: a path or an absolute URL. Empty if there is none.
  std::string signInUrl = {};
  /// The clock for tokens, sessions and tickets; null for the system clock.
  std::shared_ptr<const Clock> clock = nullptr;
};

/// Handles the requests of `@clerk/clerk-js` in a page for the users of a `FakeClerk`: signing in with a ticket, tokens
/// and their renewal, organizations, signing out, handshakes. It is not a server: pass it the requests that your server
/// receives below `path`. Thread-safe. Only for tests and demos on loopback: it signs in anybody who has a ticket.
///
/// The issuer's publishable key determines the kind of instance. A production instance (`pk_live_...`) identifies
/// browsers by the cookie `__client`, a development instance (`pk_test_...`) by their dev browser, `__clerk_db_jwt`.
///
/// | request below `path` | response |
/// |---|---|
/// | `GET /.well-known/jwks.json` | the key set |
/// | `GET`, `PATCH /v1/environment` | the settings of the instance |
/// | `POST /v1/dev_browser` | a new dev browser; only in development instances |
/// | `GET /v1/client` | who is signed in, with a new token for each session |
/// | `GET /v1/client/handshake` | 307 to the page, with updated cookies |
/// | `POST /v1/client/sign_ins` | a new session for `strategy=ticket` |
/// | `DELETE /v1/client/sessions` | ends all sessions of the browser |
/// | `POST /v1/client/sessions/{id}/touch` | activates the session, and an organization by id or slug; empty for none |
/// | `POST /v1/client/sessions/{id}/tokens` | a token for the session's organization or for the given one |
/// | `POST /v1/client/sessions/{id}/end`, `.../remove` | ends a session |
/// | `GET /v1/me/sessions/active` | all sessions of the user, including those of other browsers |
/// | `POST /v1/me/sessions/{id}/revoke` | ends one of them |
/// | anything else | 404, `resource_not_found` |
///
/// As in the browser SDK, `POST` with the parameter `_method` stands for another method. A browser cannot reach the
/// sessions of another one, except those of its own user by `/v1/me`. The active organization of a new session is that
/// of the user's first membership. Users who are removed from the `FakeClerk` are signed out.
///
/// Rejected with errors in Clerk's format: a `Host` or `X-Forwarded-Host` that is missing or not loopback (421), an
/// `Origin` other than the page's (403, `origin_invalid`), and requests that exceed one of the limits below.
class LIVEBLOCKS_EXPORT FakeFrontendApi {
 public:
  /// The number of stored browsers. The least recently seen is removed, preferably one where nobody is signed in.
  static constexpr std::size_t maxClients = 1000;
  /// The number of sessions in a browser; another one is rejected.
  static constexpr std::size_t maxSessionsPerClient = 10;
  /// The number of unused tickets; the oldest is removed.
  static constexpr std::size_t maxTickets = 1000;
  /// The size of a body in bytes; a longer one is rejected with 413.
  static constexpr std::size_t maxBodyBytes = 16384;
  /// The size of a URL in bytes; a longer one is rejected with 414.
  static constexpr std::size_t maxUrlBytes = 65536;

  /// `clerk` has the users and stores the handshakes; it may be used elsewhere at the same time. Throws
  /// `std::invalid_argument` for a null pointer and for an invalid option.
  FakeFrontendApi(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options);
  FakeFrontendApi(const FakeFrontendApi&) = delete;
  FakeFrontendApi& operator=(const FakeFrontendApi&) = delete;
  ~FakeFrontendApi();

  /// Returns whether `handle()` is responsible for this path with its query, or absolute URL.
  bool serves(std::string_view url) const noexcept;

  /// Responds to a request. The response may have several `Set-Cookie` headers. Does not block. Throws only
  /// `std::bad_alloc`.
  http::Response handle(const http::RequestView& request);

  /// Creates a ticket that signs the user in once: a sign-in token, like `POST /v1/sign_in_tokens` of the Backend API.
  /// Throws `std::invalid_argument` for a user who is not in the `FakeClerk`.
  std::string createTicket(std::string_view userId);

  /// Ends the user's sessions in all browsers, as if they were revoked elsewhere. Pages notice when they next request a
  /// token; tokens that were already issued stay valid until they expire.
  void endSessions(std::string_view userId);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
