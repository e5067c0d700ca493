/// @file
/// Finding and verifying Clerk session tokens: compact JWS, RS256 (RFC 7515, RFC 7519, RFC 8725).
/// https://clerk.com/docs/references/backend/verify-token, https://clerk.com/docs/how-clerk-works/cookies
#pragma once

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/token_cache_options.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/events.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// A session token, and where it was found.
struct SessionToken {
  /// The places of a token in a request.
  enum class Carrier { header, cookie };
  /// The token: a secret until it expires.
  std::string text;
  /// Where the token was found.
  Carrier carrier = Carrier::header;
};

/// Returns the token of the `Authorization` header, else of the session cookie, without verifying it.
///
/// Header (RFC 9110 section 11.6.2): the scheme `Bearer` in upper or lower case, white space, one token. With
/// credentials of another scheme the cookies count. Anything else, including a token without a scheme and a second
/// `Authorization` header, is `Errc::malformed`, whatever the cookies are.
///
/// Cookies (RFC 6265 section 4.2, then percent-decoded; the first of a name counts): `__session`, and with a
/// publishable key also the `__session_<suffix>` of that instance. If both are present, the plain one counts if it
/// cannot be parsed, if it names no issuer, or if the instance issued it later than the other. `__client_uat` is
/// ignored.
///
/// `Errc::noToken` if there is no token, `Errc::tokenTooLarge` if it is larger than 16 KiB. Throws
/// `std::invalid_argument` for an invalid publishable key. Thread-safe.
LIVEBLOCKS_EXPORT Result<SessionToken> findSessionToken(const http::RequestView& request,
                                                        std::string_view publishableKey = {});

/// The accepted issuers of tokens, the values of `iss` (RFC 7519 section 4.1.1): one or several. A string may be
/// a comma-separated list. Issuers are compared exactly; their order is irrelevant.
///
///     options.issuer = "https://clerk.example.com";
///     options.issuer = {"https://a.example", "https://b.example"};
class LIVEBLOCKS_EXPORT AcceptedIssuers {
 public:
  /// No issuer.
  AcceptedIssuers();
  /// @{
  /// One issuer. An empty string is no issuer, and neither is null, which `std::getenv()` may return. Implicit, like
  /// the option of Clerk's SDK.
  AcceptedIssuers(std::string only);
  AcceptedIssuers(std::string_view only);
  AcceptedIssuers(const char* only);
  /// @}
  /// @{
  /// Any of these issuers. Throws `std::invalid_argument` if one of them is empty.
  AcceptedIssuers(std::initializer_list<std::string> issuers);
  explicit AcceptedIssuers(std::vector<std::string> issuers);
  /// @}

  /// Whether there is no issuer.
  bool empty() const noexcept;
  /// The issuers as they were passed in. None of them is empty.
  const std::vector<std::string>& values() const noexcept;

 private:
  std::vector<std::string> issuers_;
};

/// How to treat a token without `azp` if `SessionVerifierOptions::authorizedParties` is set. Clerk omits the claim if
/// the browser sent no `Origin`, and in tokens that were created through its Backend API. Tokens that are passed to
/// `SessionVerifier::verify()` and `verifyLocally()` count as tokens of the `Authorization` header.
enum class MissingParty {
  refuse,         ///< The token is rejected.
  allowInCookie,  ///< The token is accepted from the session cookie, not from the `Authorization` header.
  allow,          ///< The token is accepted.
};

/// Options of `SessionVerifier`. Strings may have surrounding white space and one pair of quotes.
struct SessionVerifierOptions {
  /// The origins whose sessions are accepted, compared exactly with `azp`; empty accepts all. An entry may be a
  /// comma-separated list. The constructor throws for anything except an origin such as `https://app.example.com`.
  std::vector<std::string> authorizedParties = {};
  /// How to treat tokens without `azp`.
  MissingParty missingParty = MissingParty::refuse;
  /// The accepted values of `aud`. If empty, the claim is not checked; otherwise a token without it is rejected.
  std::vector<std::string> audience = {};
  /// The accepted values of `iss`. If empty, they are derived from the publishable key or from
  /// `KeySource::frontendApi`; without both the claim is not checked.
  AcceptedIssuers issuer = {};
  /// The instance's publishable key, which determines the issuer and the name of the suffixed session cookie.
  std::string publishableKey = {};
  /// The accepted difference between clocks, 0 to 300 s.
  std::chrono::milliseconds clockSkew{5000};
  /// Whether to reject sessions whose status is `pending`.
  bool treatPendingAsSignedOut = true;
  /// The cache of fetched keys.
  KeyCacheOptions keyCache = {};
  /// The cache of verified tokens, off by default.
  TokenCacheOptions tokenCache = {};
  /// The clock; null for the system's clocks. It must allow concurrent calls.
  std::shared_ptr<const Clock> clock = {};
  /// Called when fetching keys fails, once a minute during an outage, and for unexpected exceptions.
  Log log = {};
  /// Told of requests for keys, of verifications, and of look-ups in caches.
  Events events = {};
};

/// Verifies session tokens. Cheap to copy; copies share the caches. All methods are const and thread-safe.
///
/// Accepts only RS256 with a key of the given source. The signature is verified before any claim is read. Methods throw
/// nothing: an unexpected exception, such as one of the clock, is logged and becomes `Errc::internal`.
class LIVEBLOCKS_EXPORT SessionVerifier {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for an invalid option.
  explicit SessionVerifier(const KeySource& keys, const SessionVerifierOptions& options = {});

  /// Verifies one token, as if it came from the `Authorization` header (see `MissingParty`). May fetch keys, until the
  /// deadline (default: 5 s from now), and for `KeyCacheOptions::fetchTimeout` at most.
  Result<SessionClaims> verify(std::string_view token, std::optional<Deadline> deadline = {}) const;

  /// As `verify()`, but does no I/O: if keys would have to be fetched, it returns `Errc::keysUnavailable`. For event
  /// loops, together with `refreshKeys()` on a thread that may block.
  Result<SessionClaims> verifyLocally(std::string_view token) const;

  /// `verify()` without blocking. `Errc::asyncUnsupported` if keys have to be fetched and the transport of the key
  /// source can only block. Without such a transport, as with a PEM, the callback runs within this call.
  void verifyAsync(std::string token, Callback<Result<SessionClaims>> done, const AsyncOptions& options = {}) const;

  /// Finds the token of a request (see `findSessionToken()`) and verifies it as `verify()` does.
  Result<SessionClaims> authenticate(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// The same as `verifyLocally()` does.
  Result<SessionClaims> authenticateLocally(const http::RequestView& request) const;

  /// The same as `verifyAsync()` does.
  void authenticateAsync(const http::ReceivedRequest& request, Callback<Result<SessionClaims>> done,
                         const AsyncOptions& options = {}) const;

  /// Fetches keys now, if the source is remote and the back-off after failures allows it. At start-up it reports early
  /// that keys cannot be fetched, as the error. Default deadline: 5 s from now.
  Result<void> refreshKeys(std::optional<Deadline> deadline = {}) const;

  /// `refreshKeys()` without blocking, as `verifyAsync()`.
  void refreshKeysAsync(Callback<Result<void>> done, const AsyncOptions& options = {}) const;

 private:
  struct State;
  class Verification;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
