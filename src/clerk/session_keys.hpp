/// The keys of one verifier.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>

#include "clerk/key_source_state.hpp"
#include "jwks/key_cache.hpp"

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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
