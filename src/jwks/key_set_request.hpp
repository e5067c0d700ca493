/// One exchange that gets a JWK Set.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/transport.hpp>

#include "jwks/key_set.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {

struct FetchedKeys {
  std::shared_ptr<const KeySet> keys;
  /// What `Cache-Control: max-age` (RFC 9111 §5.2.2.1) says.
  std::optional<std::chrono::seconds> maxAge;
};

/// Sends `request` until the deadline, again after passing troubles. Only a JWK Set under status 200 will do; redirects
/// are not followed. 401 and 403 are `Errc::secretKeyRejected` when the request carried credentials.
Result<FetchedKeys> fetchKeySet(http::Transport& transport, const http::Request& request, Deadline deadline,
                                const KeySet* previous, const Clock& clock);

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
