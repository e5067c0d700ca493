/// @file
/// One Clerk instance: its keys, transport, clock and log, and the objects that use them.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
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
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Options of `Client`, which an application sets once for its Clerk instance. At least one of `jwtKey`, `secretKey`
/// and `publishableKey` must be set. Strings may have surrounding white space and one pair of quotes.
struct ClientOptions {
  /// `pk_...`, as in `CLERK_PUBLISHABLE_KEY`. Required by `Client::requestAuthenticator()` and `Client::routeGuard()`.
  std::string publishableKey = {};
  /// `sk_...`, as in `CLERK_SECRET_KEY`. Required by `Client::users()` and `Client::call()`.
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
  /// The time limit of a `Client::call()` without a deadline of its own: more than 0, at most 24 h.
  std::chrono::milliseconds callTimeout{8000};
  /// Whether `Client::call()` repeats a request while the deadline allows it: after no response, and after 429, 500,
  /// 502, 503 and 504, as `http::ApiCall::repeat` permits. At most twice, after 50 to 100 ms and 100 to 200 ms, or
  /// after `Retry-After` if that is longer.
  bool retryCalls = true;

  /// The cache of fetched keys.
  KeyCacheOptions keyCache = {};
  /// The cache of verified sessions, off by default. All that is made from the client shares it; each part still
  /// applies its own rules to a session from it.
  TokenCacheOptions tokenCache = {};
  /// The clock; null for the system's clocks. It must allow concurrent calls.
  std::shared_ptr<const Clock> clock = {};
  /// Receives diagnostics, on the threads that use the client: when keys cannot be fetched or a handshake cannot be
  /// resolved, and when Clerk rejects the secret key or responds with 429 for a user, an opaque token or a `call()`
  /// (each when it begins, once a minute, and when it is over); when a request shows that an option is missing; and for
  /// unexpected exceptions. A `RouteGuard` also logs, with the level `info`, which requests it rejects, and why.
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

  /// Calls any endpoint of the Backend API, below `ClientOptions::apiUrl`. The secret key and `Clerk-API-Version` are
  /// added. Returns a success whatever its content; everything else is an `Error`:
  ///
  /// | code | when |
  /// |---|---|
  /// | `Errc::invalidRequest` | the call is invalid, and nothing was sent; or 400, 413, 422 |
  /// | `Errc::notFound` | 404: no such resource |
  /// | `Errc::conflict` | 409 |
  /// | `Errc::secretKeyRejected` | 401; and 403, which also means that the instance or its plan lacks a feature |
  /// | `Errc::upstream` | any other status, redirects included |
  /// | `Errc::tooLarge` | a response of more than `http::ApiCall::maxResponse` |
  /// | `Errc::timeout`, `connect`, ... | there was no response |
  ///
  /// `Error::message` names the call, the status and what Clerk says; `Error::info` holds the error body, at most 4 KiB
  /// of each string and without credentials: of the first error `code`, `message` and as `reason` its long message; in
  /// `details` the parameter it is about, and the other errors; as `requestId` Clerk's trace id. They may name users.
  ///
  /// Default deadline: `ClientOptions::callTimeout` from now. Throws `std::logic_error` without `secretKey` or a
  /// transport: see `canReadUsers()`.
  ///
  ///     auto response = client.call({"GET", "/v1/users/{userId}/organization_memberships", {{"userId", id}}});
  Result<http::ApiResponse> call(const http::ApiCall& call, std::optional<Deadline> deadline = {}) const;

  /// The asynchronous twin. Throws as it does, and `std::invalid_argument` for an empty callback.
  void callAsync(const http::ApiCall& call, Callback<Result<http::ApiResponse>> done,
                 const AsyncOptions& options = {}) const;

  /// @{
  /// The same with a response that is read: for the calls of `clerk::api`, and for your own. `Errc::upstream` for a
  /// response that cannot be read.
  ///
  ///     auto session = client.call(clerk::api::getSession(claims.sessionId()));
  template <class T>
  Result<T> call(const http::TypedCall<T>& call, std::optional<Deadline> deadline = {}) const {
    return http::detail::readTyped(call, this->call(call.request, deadline));
  }
  template <class T>
  void callAsync(const http::TypedCall<T>& call, Callback<Result<typename http::TypedCall<T>::value_type>> done,
                 const AsyncOptions& options = {}) const {
    callAsync(call.request, http::detail::readingCallback(call, std::move(done)), options);
  }
  /// @}

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
