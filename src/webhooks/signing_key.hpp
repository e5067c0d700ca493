/// Reads the secrets of Standard Webhooks.
#pragma once

#include <liveblocks/core/secret.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks::detail {

/// Decodes a secret such as `whsec_...` to its bytes. White space and quotes around it are removed. Throws
/// `std::invalid_argument` for an invalid secret.
Secret readSigningKey(const Secret& secret);

}  // namespace webhooks::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
