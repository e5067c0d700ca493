#include "clerk/request/known_resources.hpp"

#include "clerk/request/nonce_exchange.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

Result<jwks::KeyPointer> KnownResources::findKey(const SessionKeys::KeyId& keyId) {
  for (const auto& [id, key] : keys_) {
    if (keyId == id) return key;
  }
  const SessionKeys& keys = setup_.verifier.keys();
  auto key = deadline_ ? keys.findNow(keyId, *deadline_) : keys.findLocally(keyId);
  return key ? *std::move(key) : lack(MissingKey{*keyId});
}

Result<MachineToken> KnownResources::verifyToken(const OpaqueKind& kind, std::string_view token) {
  if (token_) return *token_;
  if (auto error = setup_.opaqueTokens.obstacle(kind, token, deadline())) return *std::move(error);
  return lack(MissingToken{&kind, token});
}

Result<std::string> KnownResources::fetchHandshake(const std::string& nonce) {
  if (handshake_) return *handshake_;
  if (auto error = NonceExchange(setup_).obstacle(nonce, deadline())) return *std::move(error);
  return lack(MissingHandshake{nonce});
}

void KnownResources::tell(Effect effect) {
  if (isCommitted_) return effect();
  effects_.push_back(std::move(effect));
}

void KnownResources::commit() {
  isCommitted_ = true;
  for (const Effect& effect : std::exchange(effects_, {})) effect();
}

KnownResources::Missing KnownResources::takeMissing() {
  effects_.clear();
  return std::exchange(missing_, {});
}

void KnownResources::add(std::string keyId, Result<jwks::KeyPointer> key) {
  keys_.emplace_back(std::move(keyId), std::move(key));
}

Error KnownResources::lack(Missing missing) {
  if (!isIncomplete()) missing_ = std::move(missing);
  return keysMustBeFetched();
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
