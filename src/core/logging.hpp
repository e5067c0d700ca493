/// Writing to a log that the embedder gave.
#pragma once

#include <atomic>
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

/// A line that is written the first time it is due. Thread-safe.
class LogOnce {
 public:
  void write(const Log& log, LogLevel level, std::string_view message) const noexcept {
    if (!isSaid_.exchange(true)) writeLog(log, level, message);
  }

 private:
  mutable std::atomic<bool> isSaid_{false};
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
