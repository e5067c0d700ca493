/// The names of Ably's operations.
#pragma once

#include <string_view>

#include <liveblocks/ably/capability.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

constexpr std::string_view everyOperation = "*";

/// Throws `std::out_of_range` for a number that is no operation.
std::string_view nameOf(Operation operation);

bool isKnownOperation(std::string_view name) noexcept;

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
