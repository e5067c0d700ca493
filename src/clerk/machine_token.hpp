/// Machine tokens: their subjects, and the verification of those that are JWTs.
#pragma once

#include <string_view>
#include <vector>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/token_type.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/claims_validator.hpp"
#include "clerk/session_verifier.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// How the subject of a machine begins. The subject of a user never begins like this.
constexpr std::string_view machineSubjectPrefix = "mch_";

/// API keys belong to a user or an organization, machine-to-machine tokens to a machine, OAuth tokens to a user.
bool isSubjectOf(TokenType type, std::string_view subject) noexcept;

/// Reads `act`, as JSON text; without the claim there are no actors. Of a chain the first two are read, as Clerk's SDK
/// does. `Errc::badClaim` if one of them has no valid name: an agent must not pass for the user.
Result<std::vector<TokenActor>> readActors(std::string_view json);

/// Verifies machine tokens that are JWTs. Machine-to-machine tokens are plain JWTs of their category, or without one;
/// OAuth tokens have the type `at+jwt` (RFC 9068 §2.1). No session token is either. Thread-safe.
class MachineJwtVerifier {
 public:
  MachineJwtVerifier();

  /// `type` is `m2mToken` or `oauthToken`; there are no other machine JWTs.
  Result<MachineToken> verify(TokenType type, std::string_view token, const ClaimsValidator& validator,
                              const ValidationContext& context, const jwt::FindKey& findKey) const;

 private:
  jwt::JwsVerifier m2m_;
  jwt::JwsVerifier oauth_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
