/// The limits for the arguments of a store of webhook ids.
#pragma once

#include <chrono>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks::detail {

/// Throws `std::invalid_argument` unless the lease lies between 1 second and 1 hour.
void checkLease(std::chrono::seconds lease);

/// Throws `std::invalid_argument` unless the retention time lies between 28 hours and 30 days.
void checkKeep(std::chrono::seconds keep);

}  // namespace webhooks::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
