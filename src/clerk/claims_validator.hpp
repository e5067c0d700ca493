/// Validation of the claims of tokens that Clerk signed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/session_token.hpp>
#include <liveblocks/clerk/session_verifier.hpp>

#include "jwt/claims.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What all kinds of tokens say.
struct TokenContent {
  explicit TokenContent(std::string payload) : claims(std::move(payload)) {}

  const jwt::Claims claims;
  std::string subject;
  std::string issuer;
  std::string authorizedParty;
  /// Seconds since 1970.
  std::int64_t expiresAt = 0;
  std::optional<std::int64_t> issuedAt;
};

/// When and where a token turned up.
struct SessionCircumstances {
  std::chrono::system_clock::time_point now;
  SessionToken::Carrier carrier;
  /// Accepted beside the issuers of the rules; empty: none.
  std::string_view furtherIssuer = {};
};

/// Judges the claims of a token whose signature is good, in the order of Clerk's SDK: `sub`, `aud`, `azp`, `iss`,
/// `exp`, `nbf`, `iat`. Immutable.
class ClaimRules {
 public:
  /// `issuers`: those accepted; none accepts all.
  ClaimRules(const SessionVerifierOptions& options, std::vector<std::string> issuers);

  /// Reads the claims into `token`. The first thing wrong with them, if any.
  std::optional<Error> read(TokenContent& token, const SessionCircumstances& circumstances) const;

  /// Whether `aud`, as JSON text, names an audience that is asked for.
  std::optional<Error> checkAudience(std::string_view claim) const;

 private:
  using Problem = std::optional<Error>;

  Problem readIssuer(TokenContent& token, std::string_view furtherIssuer) const;
  Error wrongIssuer(std::string_view claim, std::string_view furtherIssuer) const;
  Problem readParty(TokenContent& token, SessionToken::Carrier carrier) const;
  Error wrongParty(std::string_view claim) const;
  Problem readTimes(TokenContent& token, std::chrono::system_clock::time_point now) const;

  std::vector<std::string> parties_;
  MissingParty missingParty_;
  std::vector<std::string> audience_;
  std::vector<std::string> issuers_;
  std::chrono::milliseconds skew_;
};

/// A string that may be compared, logged and put into headers: without control characters; nullopt for anything else.
std::optional<std::string> plainText(std::string_view json);

/// Of a claim that is missing or mistyped.
Error badClaim(const char* name);

/// A claim that no token is without, and that may be compared, logged and put into headers: text without control
/// characters, not empty.
std::optional<Error> readId(std::string_view json, const char* name, std::string& id);

/// The same, but it may be absent, or empty.
std::optional<Error> readOptionalText(std::string_view json, const char* name, std::string& text);

struct SessionContent : TokenContent {
  using TokenContent::TokenContent;

  std::string sessionId;
  SessionStatus status = SessionStatus::active;
  std::optional<Organization> organization;
  std::optional<Actor> actor;
  std::optional<std::pair<std::int64_t, std::int64_t>> factorVerificationAge;
  std::string plans;
  std::string features;
};

struct SessionClaims::State : SessionContent {
  using SessionContent::SessionContent;
};

/// Judges the claims of a session token: what all tokens must have, then what Clerk's SDK does not look at, `sid`,
/// `sts` and the rest. Immutable.
class SessionRules {
 public:
  /// `issuers`: those accepted; none accepts all.
  SessionRules(const SessionVerifierOptions& options, std::vector<std::string> issuers);

  /// Reads the claims into `session`. The first thing wrong with them, if any.
  std::optional<Error> read(SessionContent& session, const SessionCircumstances& circumstances) const;

 private:
  using Problem = std::optional<Error>;

  Problem readStatus(SessionContent& session) const;

  ClaimRules rules_;
  bool acceptPending_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
