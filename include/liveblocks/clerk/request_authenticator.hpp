/// @file
/// Authentication of whole requests: tokens in headers and cookies, handshakes, satellites, machine tokens.
/// https://clerk.com/docs/reference/backend/authenticate-request
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/token_cache_options.hpp>
#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/events.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What the cookies of a request must contain.
enum class CookiePolicy {
  /// As in Clerk's SDK: the session cookie must agree with `__client_uat`, and development instances need the cookie of
  /// the browser. If these are missing or stale, a request for a page is redirected to Clerk and back (handshake).
  full,
  /// A valid session cookie is enough, as for `SessionVerifier::authenticate()`; there are no handshakes. For endpoints
  /// that only scripts call, from pages that keep the cookies fresh.
  sessionOnly,
};

/// Options of `RequestAuthenticator`. Strings may have surrounding white space and one pair of quotes.
struct RequestAuthenticatorOptions {
  /// The instance's publishable key, which determines the issuer, the names of cookies, and the Frontend API. Required
  /// unless only API keys or only machine-to-machine tokens are accepted.
  std::string publishableKey = {};
  /// The accepted types of tokens.
  AcceptedTokens acceptsToken = {};

  /// @{
  /// As in `SessionVerifierOptions`, for sessions, except that a session without `azp` is accepted from the cookie;
  /// `audience` and `clockSkew` apply to machine JWTs, too.
  std::vector<std::string> authorizedParties = {};
  MissingParty missingParty = MissingParty::allowInCookie;
  std::vector<std::string> audience = {};
  AcceptedIssuers issuer = {};
  std::chrono::milliseconds clockSkew{5000};
  bool treatPendingAsSignedOut = true;
  /// @}
  /// The accepted values of `iss` in machine JWTs. If empty, the claim is not checked, since Clerk may use other
  /// issuers than for sessions; the key identifies the instance. `authorizedParties` and `issuer` apply to sessions
  /// only: a machine has no origin.
  AcceptedIssuers machineIssuer = {};
  /// How cookies authenticate a request.
  CookiePolicy cookiePolicy = CookiePolicy::full;

  /// The origin of the application for browsers, such as `https://app.example.com`. If empty, it is taken from requests
  /// with an absolute URL. If it is unknown, nothing is redirected: requests that need a handshake are signed out.
  std::string publicOrigin = {};
  /// Whether to use `X-Forwarded-Host` (else `Host`) and `X-Forwarded-Proto` (else the scheme of an absolute URL) if
  /// `publicOrigin` is empty. Set it only behind a proxy that sets these headers: redirects contain them.
  bool trustForwardedHeaders = false;

  /// The instance's secret key, for handshakes by nonce and for opaque machine tokens, both of which need Clerk's
  /// Backend API. If empty, handshakes use signed tokens instead, and opaque tokens cannot be verified.
  Secret secretKey = {};
  /// The secret key of a machine (`ak_...`), used instead of `secretKey` for opaque machine-to-machine tokens.
  Secret machineSecretKey = {};
  /// The URL of the Backend API.
  std::string apiUrl = "https://api.clerk.com";

  /// Whether the application is at a satellite domain, which shares the sessions of the instance's primary domain. A
  /// satellite needs `domain` or `proxyUrl`.
  /// https://clerk.com/docs/guides/dashboard/dns-domains/satellite-domains
  bool isSatellite = false;
  /// Whether a satellite redirects every visitor without cookies to learn whether there is a session at the primary
  /// domain. If false, it does so only for URLs with `__clerk_synced=false`, as the sign-in page creates them.
  bool satelliteAutoSync = false;
  /// The host of the satellite, such as `app.example.org`.
  std::string domain = {};
  /// The URL of a proxy of the Frontend API: absolute, or a path of the application. Empty if browsers reach it
  /// directly.
  std::string proxyUrl = {};
  /// The sign-in page: an absolute URL or a path of the application; empty for Clerk's account portal. Satellites of
  /// development instances need an absolute URL with another origin.
  std::string signInUrl = {};

  /// The cache of fetched keys.
  KeyCacheOptions keyCache = {};
  /// The cache of verified sessions, off by default. Machine tokens and handshakes are not cached.
  TokenCacheOptions tokenCache = {};
  /// The clock; null for the system's clocks. It must allow concurrent calls.
  std::shared_ptr<const Clock> clock = {};
  /// Called when keys cannot be fetched or a handshake cannot be resolved, and when Clerk rejects the secret key or
  /// responds with 429 for an opaque token (each when it begins, once a minute, and when it is over); when a request
  /// shows that an option is missing; and for unexpected exceptions. A `RouteGuard` also logs, with the level `info`,
  /// which requests it rejects, and why.
  Log log = {};
  /// Told of requests to Clerk, of the verification of each request, and of look-ups in caches.
  Events events = {};
};

/// Authenticates requests as `authenticateRequest()` of Clerk's SDK does; docs/differences.md lists where it is
/// stricter. Sessions are never refreshed on the server: an expired session leads to a handshake, which has the same
/// effect. Cheap to copy; copies share the caches. Thread-safe.
///
/// Limits: 64 KiB of cookies, 200 cookies, and tokens of 16 KiB; requests that exceed them are signed out. A URL of
/// more than 16 KiB counts as unknown. See docs/clerk-requests.md.
class LIVEBLOCKS_EXPORT RequestAuthenticator {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for an invalid option.
  explicit RequestAuthenticator(const KeySource& keys, const RequestAuthenticatorOptions& options,
                                std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// May fetch keys (for `KeyCacheOptions::fetchTimeout` at most) and call the Backend API, until the deadline
  /// (default: 5 s from now). Call it once per request: the nonce of a handshake is single-use. Throws nothing but
  /// `std::bad_alloc`; other exceptions, such as those of a clock, are logged and give the reason `unexpected-error`.
  RequestState authenticate(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// The same without blocking. Throws `std::bad_alloc`, and does not call back, only if there is no memory to begin;
  /// later a lack of memory gives the reason `unexpected-error`, too. The state has `Errc::asyncUnsupported` if
  /// something has to be fetched and the transport can only block. The callback runs on the thread of the
  /// authenticator's transport, or of that of its key source if the former can only block; within this call if neither
  /// has a scheduler.
  void authenticateAsync(http::ReceivedRequest request, Callback<RequestState> done,
                         const AsyncOptions& options = {}) const;

  /// The same without I/O; nullopt if `authenticate()` would have to wait for it. Nothing has happened then, and the
  /// request can still be authenticated.
  std::optional<RequestState> authenticateLocally(const http::RequestView& request) const;

  /// As `SessionVerifier::refreshKeys()`: fetches keys before the first request needs them, and reports early if they
  /// cannot be fetched. Default deadline: 5 s from now.
  Result<void> refreshKeys(std::optional<Deadline> deadline = {}) const;

  /// The same without blocking.
  void refreshKeysAsync(Callback<Result<void>> done, const AsyncOptions& options = {}) const;

 private:
  friend class RouteGuard;
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
