/// Writing to a log that the embedder gave.
#pragma once

#include <atomic>
#include <string_view>

#include <liveblocks/core/log.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace logging {

/// Does nothing without a log, and swallows what the log throws.
void write(const Log& log, LogLevel level, std::string_view message) noexcept;

/// Logs that `what` happened because of the exception that is being handled. Its text may quote credentials, which are
/// redacted.
void writeException(const Log& log, std::string_view what) noexcept;

/// A line that is written the first time it is due. Thread-safe.
class Once {
 public:
  void write(const Log& log, LogLevel level, std::string_view message) const noexcept {
    if (!isWritten_.exchange(true)) logging::write(log, level, message);
  }

 private:
  mutable std::atomic<bool> isWritten_{false};
};

}  // namespace logging
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
