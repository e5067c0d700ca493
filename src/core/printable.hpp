/// Foreign text made fit for messages and logs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// `text` in one line of valid UTF-8: control characters, line separators and malformed bytes become `\xNN`, and what
/// lies beyond `maxBytes` becomes `…`.
std::string printable(std::string_view text, std::size_t maxBytes);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
