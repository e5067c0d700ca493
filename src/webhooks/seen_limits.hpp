/// What may be asked of a store of ids.
#pragma once

#include <chrono>
#include <cstddef>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

constexpr std::size_t maxHolderSize = 64;
constexpr std::chrono::seconds minLease{1};
constexpr std::chrono::seconds maxLease = std::chrono::hours(1);
constexpr std::chrono::seconds minKeep = std::chrono::hours(28);
constexpr std::chrono::seconds maxKeep = std::chrono::hours(30 * 24);

/// Throws `std::invalid_argument` for a lease out of range.
void checkLease(std::chrono::seconds lease);

/// Throws `std::invalid_argument` for a time to keep ids that is out of range.
void checkKeep(std::chrono::seconds keep);

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
