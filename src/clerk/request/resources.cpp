#include "clerk/request/resources.hpp"

#include "clerk/request/nonce_exchange.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

Resources::~Resources() = default;

Result<jwks::KeyPointer> BlockingResources::findKey(const SessionKeys::KeyId& keyId) {
  return setup_.verifier.keys().find(keyId, deadline_);
}

Result<MachineToken> BlockingResources::verifyToken(const OpaqueKind& kind, std::string_view token) {
  return setup_.opaqueTokens.verify(kind, token, setup_.machineClaims, setup_.verifier.clock(), deadline_);
}

Result<std::string> BlockingResources::fetchHandshake(const std::string& nonce) {
  return NonceExchange(setup_).send(nonce, deadline_);
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
