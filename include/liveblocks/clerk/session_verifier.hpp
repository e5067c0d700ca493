/// @file
/// Verification of Clerk session tokens: compact JWS, RS256 (RFC 7515, RFC 7519, RFC 8725).
/// https://clerk.com/docs/references/backend/verify-token
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/accepted_issuers.hpp>
#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What to do with a token without `azp` when `SessionVerifierOptions::authorizedParties` is set. Clerk leaves the
/// claim out when the browser sent no `Origin`, and in tokens minted through its Backend API.
enum class MissingParty {
  refuse,
  allowInCookie,  ///< Accept it from the session cookie, not from the `Authorization` header.
  allow,
};

/// What a verifier accepts. Texts may have white space and one pair of quotes around them.
struct SessionVerifierOptions {
  /// Origins whose sessions are accepted, compared exactly with `azp`; empty accepts all. An entry may be a list with
  /// commas. What is no bare origin (`https://app.example.com`), and an entry without any, throws.
  std::vector<std::string> authorizedParties = {};
  /// For tokens without `azp`.
  MissingParty missingParty = MissingParty::refuse;
  /// Accepted values of `aud`; empty: not checked. When set, a token without `aud` is refused.
  std::vector<std::string> audience = {};
  /// Accepted values of `iss`. Empty: derived from the publishable key or from `KeySource::frontendApi`; where neither
  /// is given it is not checked.
  AcceptedIssuers issuer = {};
  /// The instance's publishable key: gives the issuer and the name of the suffixed session cookie.
  std::string publishableKey = {};
  /// How far clocks may differ, 0 to 300 s.
  std::chrono::milliseconds clockSkew{5000};
  /// Refuse a session whose status is `pending`.
  bool treatPendingAsSignedOut = true;
  /// For keys that are fetched.
  KeyCacheOptions keyCache = {};
  /// Null: the system's clocks.
  std::shared_ptr<const Clock> clock = {};
  /// Called when fetching keys fails, once a minute during an outage.
  Log log = {};
};

/// Judges session tokens. Cheap to copy; copies share the key cache. All methods are const and thread-safe.
///
/// Only RS256 with a key of the given source is accepted; the signature is checked before any claim is read.
class LIVEBLOCKS_EXPORT SessionVerifier {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for an unusable option.
  explicit SessionVerifier(const KeySource& keys, const SessionVerifierOptions& options = {});

  /// Verifies one token. May fetch keys, until the deadline (default: 5 s from now), but for no longer than
  /// `KeyCacheOptions::fetchTimeout`.
  Result<SessionClaims> verify(std::string_view token, std::optional<Deadline> deadline = {}) const;

  /// As `verify()`, but never does I/O: where keys would have to be fetched it returns `Errc::keysUnavailable`.
  /// For event loops, together with `refreshKeys()` on a thread that may block.
  Result<SessionClaims> verifyLocally(std::string_view token) const;

  /// Finds the token of a request (see `findSessionToken()`) and verifies it.
  Result<SessionClaims> authenticate(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// Fetches keys now, if the source is remote and the back-off after failures allows it. At start-up it tells early
  /// that keys cannot be had.
  std::optional<Error> refreshKeys(std::optional<Deadline> deadline = {}) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
