/// @file
/// Clerk's Frontend API on this machine, for Clerk's own browser SDK. Part of the target `liveblocks::testing`.
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

/// What a `FakeFrontendApi` tells browsers. `pageOrigin` must be set.
struct FakeFrontendApiOptions {
  /// Where browsers see the pages, as `http://127.0.0.1:3000`: the `azp` of tokens, the only `Origin` that is answered,
  /// and where handshakes lead back to. Its host is `127.0.0.1`, `localhost` or `[::1]`.
  std::string pageOrigin = {};
  /// The path that it is served below: `proxyUrl` of Clerk's browser SDK and of `clerk::AuthenticatorOptions`.
  std::string path = "/__clerk";
  /// How long a session token is good.
  std::chrono::seconds tokenLifetime{60};
  /// How long somebody stays signed in.
  std::chrono::seconds sessionLifetime = std::chrono::hours(7 * 24);
  /// How long a ticket can be used, once.
  std::chrono::seconds ticketLifetime = std::chrono::hours(30 * 24);
  /// Whether a browser holds one session at most (`single_session_mode`).
  bool singleSession = false;
  /// The page that the browser SDK leads to for signing in: a path, or an absolute URL. Empty: none.
  std::string signInUrl = {};
  /// By which tokens are issued, and sessions and tickets expire; null: the system's.
  std::shared_ptr<const Clock> clock = nullptr;
};

/// Answers what `@clerk/clerk-js` asks in a page, for the users of a `FakeClerk`: signing in with a ticket, tokens and
/// their renewal, organizations, signing out, handshakes. It is no server: hand it the requests that reach yours below
/// `path`. Thread-safe. For tests and demos on loopback: it signs in whoever brings a ticket.
///
/// Of which kind the instance is, the issuer's publishable key says. Browsers of a production instance (`pk_live_...`)
/// are known by the cookie `__client`, those of a development instance (`pk_test_...`) by their dev browser,
/// `__clerk_db_jwt`.
///
/// | request below `path` | answer |
/// |---|---|
/// | `GET /.well-known/jwks.json` | the key set |
/// | `GET`, `PATCH /v1/environment` | the settings of the instance |
/// | `POST /v1/dev_browser` | a new dev browser; of development instances |
/// | `GET /v1/client` | who is signed in, with a new token for each session |
/// | `GET /v1/client/handshake` | 307 back to the page, with cookies that are up to date |
/// | `POST /v1/client/sign_ins` | a new session for `strategy=ticket` |
/// | `DELETE /v1/client/sessions` | signs everybody in the browser out |
/// | `POST /v1/client/sessions/{id}/touch` | chooses the session and its organization, by id or slug; empty: none |
/// | `POST /v1/client/sessions/{id}/tokens` | a token for the session's organization, or the one that is named |
/// | `POST /v1/client/sessions/{id}/end`, `.../remove` | ends a session |
/// | `GET /v1/me/sessions/active` | all sessions of the user, those of other browsers, too |
/// | `POST /v1/me/sessions/{id}/revoke` | ends one of them |
/// | anything else | 404, `resource_not_found` |
///
/// `POST` with the parameter `_method` stands for another method, as the browser SDK has it. A browser never reaches
/// the sessions of another one, but by `/v1/me` those of its own user. A new session has the user's first membership as
/// its active organization. Who was removed from the `FakeClerk` is signed out.
///
/// Refused, with errors in Clerk's form: a `Host` or `X-Forwarded-Host` that is not loopback, or none (421), an
/// `Origin` that is not the page's (403, `origin_invalid`), and what is above one of the limits below.
class LIVEBLOCKS_EXPORT FakeFrontendApi {
 public:
  /// Browsers that are remembered; those not seen for the longest time are forgotten, where nobody is signed in first.
  static constexpr std::size_t maxClients = 1000;
  /// Sessions in a browser; another one is refused.
  static constexpr std::size_t maxSessionsPerClient = 10;
  /// Tickets that were not used yet; the oldest are forgotten.
  static constexpr std::size_t maxTickets = 1000;
  /// Bytes of a body; a longer one is refused with 413.
  static constexpr std::size_t maxBodyBytes = 16384;
  /// Bytes of a URL; a longer one is refused with 414.
  static constexpr std::size_t maxUrlBytes = 65536;

  /// `clerk` knows the users and holds the handshakes; it may be used elsewhere meanwhile. Throws
  /// `std::invalid_argument` for a null pointer and for an unusable option.
  FakeFrontendApi(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options);
  FakeFrontendApi(const FakeFrontendApi&) = delete;
  FakeFrontendApi& operator=(const FakeFrontendApi&) = delete;
  ~FakeFrontendApi();

  /// Whether a request for that path with its query, or that absolute URL, is meant for `handle()`.
  bool serves(std::string_view url) const noexcept;

  /// Answers a request. `Set-Cookie` may be there several times. Never waits. Throws nothing but `std::bad_alloc`.
  http::Response handle(const http::RequestView& request);

  /// A ticket that signs that user in, once: a sign-in token, as `POST /v1/sign_in_tokens` of the Backend API makes
  /// them. Throws `std::invalid_argument` for a user whom the `FakeClerk` does not have.
  std::string createTicket(std::string_view userId);

  /// Ends the user's sessions in all browsers, as somebody does who revokes them elsewhere. Pages notice when they next
  /// ask for a token; tokens that are out stay good until they expire.
  void endSessions(std::string_view userId);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
