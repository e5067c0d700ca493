/// What needs to be said once.
#pragma once

#include <atomic>
#include <string_view>

#include <liveblocks/core/log.hpp>

#include "core/logging.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

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
