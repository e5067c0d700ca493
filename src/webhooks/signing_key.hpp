/// The secrets of Standard Webhooks.
#pragma once

#include <liveblocks/core/secret.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// The bytes that a text such as `whsec_...` stands for, pasted as people do. Throws `std::invalid_argument` when it
/// cannot be a secret.
Secret readSigningKey(const Secret& secret);

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
