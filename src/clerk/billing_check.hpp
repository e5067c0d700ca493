/// Features and plans.
#pragma once

#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Whether the claim, `fea` or `pla`, has the feature or plan. Without a scope in front the user's and the
/// organization's count. False when either side is malformed; the third and later parts of the question are ignored.
bool isEntitled(std::string_view claim, std::string_view asked) noexcept;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
