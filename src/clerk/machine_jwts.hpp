/// Machine tokens that are JWTs: verified without a request.
#pragma once

#include <string_view>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/claims_validator.hpp"
#include "clerk/session_token_verifier.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Machine-to-machine tokens are plain JWTs of their category, or of none; OAuth tokens have the type `at+jwt`
/// (RFC 9068 §2.1). No session token is either. Thread-safe.
class SignedCheck {
 public:
  SignedCheck();

  /// `type`: `m2mToken` or `oauthToken`; there are no other machine JWTs. May fetch keys until the deadline.
  Result<MachineToken> verify(TokenType type, std::string_view token, const SessionKeys& keys, const ClaimRules& rules,
                              const SessionCircumstances& circumstances, Deadline deadline) const;

 private:
  jwt::JwsVerifier m2m_;
  jwt::JwsVerifier oauth_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
