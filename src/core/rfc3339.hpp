/// Dates with a time as RFC 3339 profiles ISO 8601.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// `2025-01-31T12:30:00.250Z`, or with an offset such as `+01:00` for the `Z`. Digits beyond the clock's are cut off.
/// nullopt for anything else, for days that no calendar has, leap seconds and what the clock cannot hold.
std::optional<std::chrono::system_clock::time_point> readRfc3339(std::string_view text) noexcept;

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
