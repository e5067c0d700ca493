/// What a configured time limit may be.
#pragma once

#include <chrono>
#include <stdexcept>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Throws `std::invalid_argument` for none at all, and for one so long that a clock may not hold its end.
inline void checkTimeout(std::chrono::milliseconds timeout) {
  if (timeout <= std::chrono::milliseconds::zero() || timeout > std::chrono::hours(24)) {
    throw std::invalid_argument("timeout must be more than 0 and at most 24 h");
  }
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
