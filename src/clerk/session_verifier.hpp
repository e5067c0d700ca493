/// The private part of `SessionVerifier`, which authenticators also use.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/core/clock.hpp>

#include "clerk/claims_validator.hpp"
#include "clerk/key_source.hpp"
#include "clerk/token_cache.hpp"
#include "core/event_sink.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// Whether the header parameter `cat` stands for session tokens, or for all tokens of an instance without categories.
/// Machine tokens and tokens from templates are signed with the same key.
bool isSessionCategory(std::string_view category) noexcept;

/// What was found in the cache of verified tokens during one verification.
struct TokenLookups {
  int hits = 0;
  int misses = 0;
  /// Tokens that were there, and were not accepted because of that.
  int stale = 0;
};

/// Tells of a verification and of its look-ups. The sink may be null.
void tell(const liveblocks::detail::EventSinkPointer& sink, Events::Verification verification,
          const TokenLookups& lookups) noexcept;

/// The keys and the clock of a verifier or authenticator, and the signatures of their tokens. The validator of the
/// claims is passed in, so that one token can be verified with different options. Thread-safe.
class SessionTokenVerifier {
 public:
  SessionTokenVerifier(const KeySource::State& source, const SessionVerifierOptions& options);

  /// Finds the key by `findKey`: this class itself waits for nothing. A token may be in the cache, which `lookups`
  /// tells.
  Result<SessionClaims> verify(std::string_view token, const ClaimsValidator& validator,
                               const ValidationContext& context, const jwt::FindKey& findKey,
                               TokenLookups& lookups) const;

  /// The payload of a token of the category of session tokens, to which handshake tokens belong, that the instance
  /// signed. No claim has been validated.
  Result<std::string> verifySignature(std::string_view token, const jwt::FindKey& findKey) const {
    return jws_.verifySignature(token, findKey);
  }

  const SessionKeys& keys() const noexcept { return *keys_; }
  const std::shared_ptr<const SessionKeys>& sharedKeys() const noexcept { return keys_; }
  const Clock& clock() const noexcept { return *clock_; }
  /// May be null.
  const liveblocks::detail::EventSinkPointer& events() const noexcept { return events_; }

 private:
  Result<SessionClaims> verifyAnew(std::string_view token, const ClaimsValidator& validator,
                                   const ValidationContext& context, const jwt::FindKey& findKey) const;

  std::shared_ptr<const Clock> clock_;
  liveblocks::detail::EventSinkPointer events_;
  std::shared_ptr<const SessionKeys> keys_;
  /// Null if tokens are not cached.
  std::shared_ptr<TokenCache> tokens_;
  jwt::JwsVerifier jws_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
