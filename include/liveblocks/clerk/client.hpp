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
#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/clock.hpp>
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

  /// @{
  /// As in `SessionVerifierOptions`, except that a session without `azp` is accepted from the cookie.
  std::vector<std::string> authorizedParties = {};
  MissingParty missingParty = MissingParty::allowInCookie;
  std::vector<std::string> audience = {};
  AcceptedIssuers issuer = {};
  std::chrono::milliseconds clockSkew{5000};
  bool treatPendingAsSignedOut = true;
  /// @}

  /// @{
  /// As in `RequestAuthenticatorOptions`.
  std::string publicOrigin = {};
  bool trustForwardedHeaders = false;
  bool isSatellite = false;
  bool satelliteAutoSync = false;
  std::string domain = {};
  std::string proxyUrl = {};
  std::string signInUrl = {};
  AcceptedIssuers machineIssuer = {};
  /// @}

  /// @{
  /// As in `UsersOptions`: the longest duration of a look-up, and how long a user is cached.
  std::chrono::milliseconds userTimeout{2000};
  std::chrono::seconds userCacheTtl{0};
  /// @}

  /// The cache of fetched keys.
  KeyCacheOptions keyCache = {};
  /// The clock; null for the system's clocks.
  std::shared_ptr<const Clock> clock = {};
  /// Called when fetching keys, looking up a user or a handshake fails, once a minute during an outage, and when a
  /// request shows that an option is missing. A `RouteGuard` also logs, with the level `info`, which requests it
  /// rejects, and why.
  Log log = {};
};

/// Creates the objects that work with one Clerk instance. They share one key cache. Cheap to copy; copies share
/// everything. Thread-safe.
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

  /// Looks up users, with one cache for all callers. Throws `std::logic_error` without `secretKey`: see
  /// `canReadUsers()`.
  Users users() const;

  /// Whether `secretKey` and a transport are set.
  bool canReadUsers() const noexcept;

  /// The log of the options; may be empty.
  const Log& log() const noexcept;

  /// Fetches keys now, unless `jwtKey` is set or the back-off after a failure forbids it. At start-up it reports early
  /// that keys cannot be fetched. Default deadline: 5 s from now.
  Result<void> refreshKeys(std::optional<Deadline> deadline = {}) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
