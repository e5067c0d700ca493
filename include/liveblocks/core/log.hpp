/// @file
/// Where the library's warnings go: to the host, or nowhere.
#pragma once

#include <functional>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The severity of a message.
enum class LogLevel {
  debug,    ///< Not used by this version.
  info,     ///< An expected event, such as a rejected request or the end of an outage.
  warning,  ///< Something that works less well or will fail, such as a 429 or a suspicious setting.
  error,    ///< A failure that needs attention, such as a rejected secret key or an unexpected exception.
};

/// Called from whichever thread does the work. Messages never hold a secret. What it throws is swallowed.
/// The library itself never writes to stdout or stderr.
using Log = std::function<void(LogLevel, std::string_view message)>;

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
