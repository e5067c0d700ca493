/// What a `KeySource` describes.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include <liveblocks/clerk/key_source.hpp>

#include "crypto/rsa_public_key.hpp"
#include "jwks/key_set.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Where a JWK Set is fetched from.
struct RemoteKeys {
  std::shared_ptr<http::Transport> transport;
  std::string url;
  /// Empty: the set is public.
  Secret secretKey;
};

class SessionKeys;

struct KeyOrigin {
  std::variant<jwks::KeyPointer, jwks::KeySet, RemoteKeys> keys;
  /// `iss` of the tokens, where the source tells it.
  std::string issuer = {};
  /// Keys in use that all verifiers of this source share; null: each has a cache of its own.
  std::shared_ptr<const SessionKeys> shared = {};
};

struct KeySource::State {
  KeyOrigin origin;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
