/// @file
/// Where the library's warnings go: to the host, or nowhere.
#pragma once

#include <functional>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// How much it matters.
enum class LogLevel { debug, info, warning, error };

/// Called from whichever thread does the work. Messages never hold a secret. What it throws is swallowed.
/// The library itself never writes to stdout or stderr.
using Log = std::function<void(LogLevel, std::string_view message)>;

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
