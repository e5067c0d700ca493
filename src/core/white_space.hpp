/// White space as ECMAScript has it.
#pragma once

#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What `String.prototype.trim()` leaves (ECMA-262 §22.1.3.32); the text is UTF-8.
std::string_view trimWhiteSpace(std::string_view text) noexcept;

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
