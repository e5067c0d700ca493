/// Foreign text made fit for messages and logs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <liveblocks/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// `text` in one line of valid UTF-8: control characters, line separators and malformed bytes become `\xNN`, and what
/// lies beyond `maxBytes` becomes `…`.
std::string printable(std::string_view text, std::size_t maxBytes);

/// `text` with every secret key in it (`sk_` and what belongs to it) shortened to `sk_…***`.
std::string redactSecretKeys(std::string_view text);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
