/// Verification of session tokens.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>

#include "clerk/claims_validator.hpp"
#include "clerk/key_source.hpp"
#include "jwks/key_cache.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Answers which key has an id, whatever the kind of source. A PEM has no id, so that of the token is ignored there;
/// from a JWK Set a key is taken by its id alone. Thread-safe.
class SessionKeys {
 public:
  using KeyId = std::optional<std::string>;

  SessionKeys(const KeyOrigin& origin, const KeyCacheOptions& options, const std::shared_ptr<const Clock>& clock,
              const Log& log);

  /// Fetches keys where it must, until the deadline; without a deadline it does no I/O.
  Result<jwks::KeyPointer> find(const KeyId& keyId, std::optional<Deadline> deadline) const;

  std::optional<Error> refresh(Deadline deadline) const;

 private:
  using Cache = std::unique_ptr<jwks::KeyCache>;

  std::variant<jwks::KeyPointer, jwks::KeySet, Cache> keys_;
};

/// Whether `cat` stands for session tokens, or for all tokens of an instance that opted out of categories. Machine
/// tokens and tokens from templates are signed with the same key.
bool isSessionCategory(std::string_view category) noexcept;

/// The keys and the clock of one verifier or authenticator. What makes a session is up to the rules it is given, so
/// that one token can be judged by several. Thread-safe.
class SessionJudge {
 public:
  SessionJudge(const KeyOrigin& origin, const SessionVerifierOptions& options);

  /// Without a deadline: no I/O.
  Result<SessionClaims> judge(std::string_view token, const SessionRules& rules,
                              const SessionCircumstances& circumstances, std::optional<Deadline> deadline) const;

  /// The payload of a token of the class of session tokens, to which handshake tokens belong, signed by the instance:
  /// no claim has been looked at.
  Result<std::string> open(std::string_view token, std::optional<Deadline> deadline) const;

  const SessionKeys& keys() const noexcept { return *keys_; }
  const Clock& clock() const noexcept { return *clock_; }

 private:
  std::shared_ptr<const Clock> clock_;
  std::shared_ptr<const SessionKeys> keys_;
  jwt::JwsVerifier jws_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
