/// Room ids, and the patterns that name many of them.
#pragma once

#include <cstddef>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What is wrong with a room id or pattern; null when it is `*`, or 1 to `Session::maxRoomIdLength` UTF-16 code units
/// without `*`, then at most one `*`.
const char* problemOfRoomPattern(std::string_view text) noexcept;

/// Likewise for the id of one room: no `*` anywhere.
const char* problemOfRoomId(std::string_view text) noexcept;

/// True when `pattern` names the room, compared byte by byte, as a browser client sees it: with a `*` anywhere in it,
/// the first of them does not count and what is left is a prefix.
bool patternMatches(std::string_view pattern, std::string_view roomId) noexcept;

/// How long `pattern` is without its first `*`, in bytes: what matches the same room begins alike, so these are as good
/// as the UTF-16 code units that a browser client compares.
std::size_t patternSpecificity(std::string_view pattern) noexcept;

/// True when `pattern` names every room that `other` names.
bool patternIncludes(std::string_view pattern, std::string_view other) noexcept;

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
