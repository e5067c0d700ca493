/// The private part of `KeySource`, and the keys that it stands for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>

#include "crypto/rsa_public_key.hpp"
#include "jwks/key_cache.hpp"
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

namespace detail {

/// Finds keys by their id, whatever the kind of source. A PEM key has no id, so the id of the token is ignored; in a
/// JWK Set a key is found by its id alone. Thread-safe.
class SessionKeys {
 public:
  using KeyId = std::optional<std::string>;

  SessionKeys(const KeySource::State& source, const KeyCacheOptions& options, const std::shared_ptr<const Clock>& clock,
              const Log& log);

  /// Fetches keys if necessary, until the deadline; without a deadline it does no I/O.
  Result<jwks::KeyPointer> find(const KeyId& keyId, std::optional<Deadline> deadline) const;

  Result<void> refresh(Deadline deadline) const;

 private:
  using Cache = std::unique_ptr<jwks::KeyCache>;

  std::variant<jwks::KeyPointer, jwks::KeySet, Cache> keys_;
};

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
