/// Calling the host's log.
#pragma once

#include <string_view>

#include <liveblocks/core/log.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Does nothing without a log, and swallows what the log throws.
inline void writeLog(const Log& log, LogLevel level, std::string_view message) noexcept {
  if (!log) return;
  try {
    log(level, message);
  } catch (...) {
  }
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
