/// @file
/// One Clerk instance: its keys, its transport, clock and log, and everything that is made of them.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/accepted_issuers.hpp>
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

/// What an application sets once for its Clerk instance. At least one of `jwtKey`, `secretKey` and `publishableKey`
/// must be set. Strings may have white space and one pair of quotes around them.
struct ClientOptions {
  /// `pk_...`, as in `CLERK_PUBLISHABLE_KEY`. Required by `Client::requestAuthenticator()` and `Client::routeGuard()`.
  std::string publishableKey = {};
  /// `sk_...`, as in `CLERK_SECRET_KEY`. Required by `Client::users()`.
  Secret secretKey = {};
  /// The instance's public key in PEM, as in `CLERK_JWT_KEY`: then no key is ever fetched. Empty: keys are fetched from
  /// the Backend API with `secretKey`, or without one from the Frontend API that `publishableKey` names.
  std::string jwtKey = {};
  /// Used instead of `secretKey` for opaque machine-to-machine tokens: `ak_...`.
  Secret machineSecretKey = {};
  /// Where the Backend API is.
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
  /// As in `UsersOptions`: the time a look-up of a user may take, and how long its response is kept.
  std::chrono::milliseconds userTimeout{2000};
  std::chrono::seconds userCacheTtl{0};
  /// @}

  /// For keys that are fetched.
  KeyCacheOptions keyCache = {};
  /// Null: the system's clocks.
  std::shared_ptr<const Clock> clock = {};
  /// Called when fetching keys, looking up a user or a handshake fails, once a minute during an outage, and when a
  /// request shows that an option is missing. A `RouteGuard` also tells it, on the level `info`, whom it turned away
  /// and why.
  Log log = {};
};

/// Hands out the parts that work with one Clerk instance. They share its keys: what one of them fetches, all of them
/// use. Cheap to copy; copies share everything. Thread-safe.
class LIVEBLOCKS_EXPORT Client {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for an unusable option, for keys of different kinds of instances, and
  /// when no key is set. `transport` may be null where `jwtKey` is set; then nothing asks Clerk.
  explicit Client(const ClientOptions& options, std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// Verifies session tokens, and requests that carry one.
  SessionVerifier sessionVerifier() const;

  /// Authenticates whole requests. Throws `std::invalid_argument` where an option that these tokens need is missing, as
  /// `publishableKey` for sessions.
  RequestAuthenticator requestAuthenticator(const AcceptedTokens& acceptsToken = {},
                                            CookiePolicy cookiePolicy = CookiePolicy::full) const;

  /// Guards the routes of a site. Throws `std::invalid_argument` for an unusable option, and without `publishableKey`.
  RouteGuard routeGuard(const RouteGuardOptions& options = {}) const;

  /// Looks users up; one cache for all callers. Throws `std::logic_error` without `secretKey`: see `canReadUsers()`.
  Users users() const;

  /// Whether `secretKey` and a transport are set.
  bool canReadUsers() const noexcept;

  /// The one of the options; empty when there is none.
  const Log& log() const noexcept;

  /// Fetches keys now, unless they are set or the back-off after a failure forbids it. At start-up it tells early that
  /// keys cannot be fetched. Default deadline: 5 s from now.
  std::optional<Error> refreshKeys(std::optional<Deadline> deadline = {}) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
