/// @file
/// One Clerk instance: its keys, transport, clock and log, and the objects that use them.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/token_cache_options.hpp>
#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/events.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Options of `Client`, which an application sets once for its Clerk instance. At least one of `jwtKey`, `secretKey`
/// and `publishableKey` must be set. Strings may have surrounding white space and one pair of quotes.
struct ClientOptions {
  /// `pk_...`, as in `CLERK_PUBLISHABLE_KEY`. Required by `Client::requestAuthenticator()` and `Client::routeGuard()`.
  std::string publishableKey = {};
  /// `sk_...`, as in `CLERK_SECRET_KEY`. Required by `Client::users()`.
  Secret secretKey = {};
  /// The instance's public key in PEM, as in `CLERK_JWT_KEY`. If it is set, no keys are fetched; otherwise they are
  /// fetched from the Backend API with `secretKey`, or without one from the Frontend API that `publishableKey` names.
  std::string jwtKey = {};
  /// The secret key of a machine (`ak_...`), used instead of `secretKey` for opaque machine-to-machine tokens.
  Secret machineSecretKey = {};
  /// The URL of the Backend API.
  std::string apiUrl = "https://api.clerk.com";

  /// The origins whose sessions are accepted, compared exactly with `azp`; empty accepts all. An entry may be a
  /// comma-separated list.
  std::vector<std::string> authorizedParties = {};
  /// How to treat sessions without `azp` if `authorizedParties` is set.
  MissingParty missingParty = MissingParty::allowInCookie;
  /// The accepted values of `aud`. If empty, the claim is not checked; otherwise a token without it is rejected.
  std::vector<std::string> audience = {};
  /// The accepted values of `iss` in sessions. If empty, they are derived from `publishableKey`; without that the claim
  /// is not checked.
  AcceptedIssuers issuer = {};
  /// The accepted values of `iss` in machine JWTs. If empty, the claim is not checked.
  AcceptedIssuers machineIssuer = {};
  /// The accepted difference between clocks, 0 to 300 s.
  std::chrono::milliseconds clockSkew{5000};
  /// Whether sessions whose status is `pending` count as signed out: their users still have tasks, such as choosing an
  /// organization.
  bool treatPendingAsSignedOut = true;

  /// @{
  /// The URLs of the application and its domains, as in `RequestAuthenticatorOptions`. Only authenticators and guards
  /// use them.
  std::string publicOrigin = {};
  bool trustForwardedHeaders = false;
  bool isSatellite = false;
  bool satelliteAutoSync = false;
  std::string domain = {};
  std::string proxyUrl = {};
  std::string signInUrl = {};
  /// @}

  /// The default and the longest duration of looking up a user: more than 0, at most 24 h.
  std::chrono::milliseconds userTimeout{2000};
  /// How long a user is cached: at most 1 year; 0 disables the cache.
  std::chrono::seconds userCacheTtl{0};

  /// The cache of fetched keys.
  KeyCacheOptions keyCache = {};
  /// The cache of verified sessions, off by default. All that is made from the client shares it; each part still
  /// applies its own rules to a session from it.
  TokenCacheOptions tokenCache = {};
  /// The clock; null for the system's clocks. It must allow concurrent calls.
  std::shared_ptr<const Clock> clock = {};
  /// Receives diagnostics, on the threads that use the client: when keys cannot be fetched or a handshake cannot be
  /// resolved, and when Clerk rejects the secret key or responds with 429 for a user or an opaque token (each when it
  /// begins, once a minute, and when it is over); when a request shows that an option is missing; and for unexpected
  /// exceptions. A `RouteGuard` also logs, with the level `info`, which requests it rejects, and why.
  Log log = {};
  /// Told of requests to Clerk, verifications and look-ups in caches, for all that is made from the client.
  Events events = {};
};

/// Creates the objects that work with one Clerk instance. They share one key cache and one token cache. Cheap to copy;
/// copies share everything. Thread-safe.
class LIVEBLOCKS_EXPORT Client {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for an invalid option, for keys of different kinds of instances, and
  /// if no key is set. `transport` may be null if `jwtKey` is set; then no requests are sent to Clerk.
  explicit Client(const ClientOptions& options, std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// Verifies session tokens, and requests that contain one.
  SessionVerifier sessionVerifier() const;

  /// Authenticates whole requests. Throws `std::invalid_argument` if an option that these tokens need is missing, such
  /// as `publishableKey` for sessions.
  RequestAuthenticator requestAuthenticator(const AcceptedTokens& acceptsToken = {},
                                            CookiePolicy cookiePolicy = CookiePolicy::full) const;

  /// Guards the routes of a site. Throws `std::invalid_argument` for an invalid option, and without `publishableKey`.
  RouteGuard routeGuard(const RouteGuardOptions& options = {}) const;

  /// Looks up users, with one cache for all callers. Throws `std::logic_error` without `secretKey` or a transport: see
  /// `canReadUsers()`.
  Users users() const;

  /// Whether `secretKey` and a transport are set.
  bool canReadUsers() const noexcept;

  /// The log of the options; may be empty.
  const Log& log() const noexcept;

  /// Fetches keys now, unless `jwtKey` is set or the back-off after a failure forbids it. At start-up it reports early
  /// that keys cannot be fetched, as the error. Default deadline: 5 s from now.
  Result<void> refreshKeys(std::optional<Deadline> deadline = {}) const;

  /// The same without blocking, as `SessionVerifier::refreshKeysAsync()`.
  void refreshKeysAsync(Callback<Result<void>> done, const AsyncOptions& options = {}) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
