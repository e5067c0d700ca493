/// @file
/// Authentication of whole requests: tokens in headers and cookies, handshakes, satellites, machine tokens.
/// https://clerk.com/docs/reference/backend/authenticate-request
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/accepted_issuers.hpp>
#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What the cookies of a request must show.
enum class CookiePolicy {
  /// As Clerk's SDK: the session cookie must agree with `__client_uat`, development instances need their browser's
  /// cookie, and where these are missing or stale a page request is sent to Clerk and back (handshake).
  full,
  /// A session cookie that verifies is enough, as for `SessionVerifier::authenticate()`; never a handshake. For
  /// endpoints that only scripts call, whose pages keep the cookies fresh.
  sessionOnly,
};

/// What an authenticator knows and accepts. Strings may have white space and one pair of quotes around them.
struct RequestAuthenticatorOptions {
  /// The instance's publishable key: gives the issuer, the names of cookies, and where the Frontend API is. It must be
  /// set unless only API keys or only machine-to-machine tokens are accepted.
  std::string publishableKey = {};
  /// Which tokens are accepted.
  AcceptedTokens acceptsToken = {};

  /// @{
  /// As in `SessionVerifierOptions`, for sessions, except that a session without `azp` is accepted from the cookie;
  /// `audience` and `clockSkew` hold for machine JWTs, too.
  std::vector<std::string> authorizedParties = {};
  MissingParty missingParty = MissingParty::allowInCookie;
  std::vector<std::string> audience = {};
  AcceptedIssuers issuer = {};
  std::chrono::milliseconds clockSkew{5000};
  bool treatPendingAsSignedOut = true;
  /// @}
  /// Accepted values of `iss` in machine JWTs. Empty: not checked, for Clerk may sign them under other issuers than
  /// sessions; it is the instance's key that makes them the instance's. `authorizedParties` and `issuer` are for
  /// sessions alone: a machine has no origin.
  AcceptedIssuers machineIssuer = {};
  /// Cookies and handshakes.
  CookiePolicy cookiePolicy = CookiePolicy::full;

  /// Where browsers see the application, as `https://app.example.com`. Empty: taken from requests whose URL is
  /// absolute. Where it is unknown nothing is redirected: what needs a handshake is signed out.
  std::string publicOrigin = {};
  /// Believe `X-Forwarded-Host` (else `Host`) and `X-Forwarded-Proto` (else the scheme of an absolute URL) where
  /// `publicOrigin` is empty. Only behind a proxy that sets them: they end up in redirects.
  bool trustForwardedHeaders = false;

  /// The instance's secret key, for handshakes by nonce and for opaque machine tokens, both of which ask Clerk's
  /// Backend API. Empty: browsers are asked to bring signed tokens instead, and opaque tokens cannot be judged.
  Secret secretKey = {};
  /// Used instead of `secretKey` for opaque machine-to-machine tokens: `ak_...`.
  Secret machineSecretKey = {};
  /// Where the Backend API is.
  std::string apiUrl = "https://api.clerk.com";

  /// @{
  /// Satellite domains and proxies.
  /// https://clerk.com/docs/guides/dashboard/dns-domains/satellite-domains
  /// A satellite needs `domain` (a host) or `proxyUrl`.
  bool isSatellite = false;
  bool satelliteAutoSync = false;
  std::string domain = {};
  /// Where the Frontend API is reached instead: absolute, or a path of the application.
  std::string proxyUrl = {};
  /// @}
  /// Absolute, or a path of the application. Empty: Clerk's account portal. Satellites of development instances need an
  /// absolute one on another origin.
  std::string signInUrl = {};

  /// For keys that are fetched.
  KeyCacheOptions keyCache = {};
  /// Null: the system's clocks.
  std::shared_ptr<const Clock> clock = {};
  /// Called when fetching keys fails, once a minute during an outage, and when a request shows that an option is
  /// missing. A `RouteGuard` also tells it, on the level `info`, whom it turned away and why.
  Log log = {};
};

/// Judges requests as `authenticateRequest()` of Clerk's SDK does; docs/differences.md lists where it is stricter.
/// Sessions are never refreshed on the server: an expired one leads to a handshake, which has the same effect.
/// Cheap to copy; copies share the key cache. Thread-safe.
///
/// Of a request it reads at most 64 KiB of cookies, 200 of them, and tokens up to 16 KiB; one that carries more is
/// signed out. A URL above 16 KiB counts as unknown. See docs/clerk-requests.md.
class LIVEBLOCKS_EXPORT RequestAuthenticator {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for an unusable option.
  explicit RequestAuthenticator(const KeySource& keys, const RequestAuthenticatorOptions& options,
                                std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// May fetch keys (for `KeyCacheOptions::fetchTimeout` at most) and ask the Backend API, until the deadline (default:
  /// 5 s from now). To be called once a request: the nonce of a handshake is good for one answer. Throws nothing but
  /// `std::bad_alloc`.
  RequestState authenticate(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// As `SessionVerifier::refreshKeys()`: fetches keys before the first request needs them, and tells early that they
  /// cannot be had.
  std::optional<Error> refreshKeys(std::optional<Deadline> deadline = {}) const;

 private:
  friend class RouteGuard;
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
