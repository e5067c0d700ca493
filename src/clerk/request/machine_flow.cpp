#include "clerk/request/machine_flow.hpp"

#include "ascii.hpp"
#include "clerk/request/session_verdict.hpp"
#include "clerk/request/unverified_token.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

std::optional<TokenType> machineTokenType(std::string_view token) {
  if (ascii::startsWith(token, "mt_")) return TokenType::m2mToken;
  if (ascii::startsWith(token, "oat_")) return TokenType::oauthToken;
  if (ascii::startsWith(token, "ak_")) return TokenType::apiKey;
  const auto unverified = UnverifiedToken::read(token);
  return unverified != nullptr ? unverified->machineType() : std::nullopt;
}

RequestState authenticateMachine(const RequestContext&, TokenType type, std::string_view) {
  return signedOut(typeMismatch(), {}, type);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
