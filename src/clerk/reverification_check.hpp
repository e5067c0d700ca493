/// Factors verified recently.
#pragma once

#include <cstdint>
#include <utility>

#include <liveblocks/clerk/requirement.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// `ages`: minutes since the first and the second factor were verified; -1 where there is none. Other negative numbers
/// make no sense, and nothing is recent then.
bool isRecent(const std::pair<std::int64_t, std::int64_t>& ages, const Reverification& asked) noexcept;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
