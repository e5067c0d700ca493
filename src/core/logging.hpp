/// Writing to a log that the embedder gave.
#pragma once

#include <atomic>
#include <string_view>

#include <liveblocks/core/log.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Does nothing without a log, and swallows what the log throws.
void writeLog(const Log& log, LogLevel level, std::string_view message) noexcept;

/// Logs that `what` happened because of the exception that is being handled. Its text may quote credentials, which are
/// redacted.
void logException(const Log& log, std::string_view what) noexcept;

/// A line that is written the first time it is due. Thread-safe.
class LogOnce {
 public:
  void write(const Log& log, LogLevel level, std::string_view message) const noexcept {
    if (!isWritten_.exchange(true)) writeLog(log, level, message);
  }

 private:
  mutable std::atomic<bool> isWritten_{false};
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
