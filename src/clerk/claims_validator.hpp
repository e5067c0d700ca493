/// Validation of the claims of tokens that Clerk signed.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/core/result.hpp>

#include "jwt/claims.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

/// The claims that all types of tokens have.
struct TokenContent {
  explicit TokenContent(std::string payload) : claims(std::move(payload)) {}

  const jwt::Claims claims;
  std::string subject;
  std::string issuer;
  std::string authorizedParty;
  /// Empty if the claim is missing or unreadable.
  std::vector<std::string> audience;
  /// @{
  /// Seconds since 1970.
  std::int64_t expiresAt = 0;
  std::optional<std::int64_t> notBefore;
  std::optional<std::int64_t> issuedAt;
  /// @}
};

/// When and where a token was received.
struct ValidationContext {
  std::chrono::system_clock::time_point now;
  SessionToken::Carrier carrier;
  /// The additional issuer of a proxy; may be empty.
  std::string_view proxyIssuer = {};
};

/// Validates the claims of tokens whose signature is valid, in the order of Clerk's SDK: `sub`, `aud`, `azp`, `iss`,
/// `exp`, `nbf`, `iat`; then the claims that Clerk's SDK does not check. Immutable.
class ClaimsValidator {
 public:
  /// `issuers` are the accepted ones; if there are none, every issuer is accepted.
  ClaimsValidator(const SessionVerifierOptions& options, std::vector<std::string> issuers);

  /// The claims of a token of any type. Returns the first error.
  Result<std::unique_ptr<const TokenContent>> token(std::string payload, const ValidationContext& context) const;

  /// The claims of a session token. Returns the first error.
  Result<std::shared_ptr<const SessionClaims::State>> session(std::string payload,
                                                              const ValidationContext& context) const;

  /// Whether `session()` would accept the claims of this session, which it, or that of a validator with other options,
  /// has accepted before: checks again all that depends on the options, the time and the request. The rest depends on
  /// the token alone.
  bool accepts(const SessionClaims::State& session, const ValidationContext& context) const;

  /// Checks that `claim`, the JSON text of `aud`, names an expected audience. Returns the error, if any.
  std::optional<Error> checkAudience(std::string_view claim) const;

 private:
  using Time = std::chrono::system_clock::time_point;

  std::optional<Error> readToken(TokenContent& token, const ValidationContext& context) const;
  std::optional<Error> problemOfAudience(const std::vector<std::string>& audience) const;
  std::optional<Error> readParty(TokenContent& token, SessionToken::Carrier carrier) const;
  std::optional<Error> readIssuer(TokenContent& token, std::string_view proxyIssuer) const;
  std::optional<Error> readTimes(TokenContent& token, Time now) const;
  Result<SessionStatus> readStatus(std::string_view claim) const;

  /// @{
  /// What depends on more than the token.
  bool acceptsAudience(const std::vector<std::string>& audience) const;
  bool acceptsParty(const TokenContent& token, SessionToken::Carrier carrier) const;
  bool acceptsIssuer(std::string_view issuer, std::string_view proxyIssuer) const;
  bool acceptsStatus(SessionStatus status) const noexcept;
  bool hasPassed(std::int64_t secondsSince1970, Time now) const noexcept;
  bool isAhead(std::int64_t secondsSince1970, Time now) const noexcept;
  /// @}

  Error unauthorizedParty(std::string_view claim) const;
  Error wrongIssuer(std::string_view claim, std::string_view proxyIssuer) const;

  std::vector<std::string> parties_;
  MissingParty missingParty_;
  std::vector<std::string> audience_;
  std::vector<std::string> issuers_;
  std::chrono::milliseconds skew_;
  bool acceptPending_;
};

/// A string without control characters, which may be compared, logged and put into headers; nullopt for other JSON.
std::optional<std::string> readPlainString(std::string_view json);

/// The error of a claim that is missing or has the wrong type.
Error badClaim(const char* name);

/// A required claim: a string that is not empty and has no control characters.
Result<std::string> readId(std::string_view json, const char* name);

/// An optional claim: a string without control characters; empty if the claim is absent.
Result<std::string> readOptionalString(std::string_view json, const char* name);

}  // namespace detail

struct SessionClaims::State : detail::TokenContent {
  using TokenContent::TokenContent;

  std::string sessionId;
  SessionStatus status = SessionStatus::active;
  std::optional<Organization> organization;
  std::optional<Actor> actor;
  std::optional<std::pair<std::int64_t, std::int64_t>> factorVerificationAge;
  std::string plans;
  std::string features;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
