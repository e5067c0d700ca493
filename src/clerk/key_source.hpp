/// The private part of `KeySource`.
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
namespace detail {

/// The URL of a JWK Set, and how to fetch it.
struct RemoteKeys {
  std::shared_ptr<http::Transport> transport;
  std::string url;
  /// Empty: the set is public.
  Secret secretKey;
};

class SessionKeys;

}  // namespace detail

struct KeySource::State {
  std::variant<jwks::KeyPointer, jwks::KeySet, detail::RemoteKeys> keys;
  /// `iss` of the tokens, if the source determines it.
  std::string issuer = {};
  /// The keys that all verifiers of this source share; null if each has its own cache.
  std::shared_ptr<const detail::SessionKeys> shared = {};
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
