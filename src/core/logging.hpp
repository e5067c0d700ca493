/// Writing to a log that the embedder gave.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/clock.hpp>
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

/// A line when an outage begins, one a minute with a count while it lasts, and one when it is over. What fails and
/// works by turns gets one line of either kind a minute.
///
/// Thread-safe; the log is called outside of the lock.
class OutageLog {
 public:
  static constexpr std::chrono::seconds interval{60};

  /// `recovery` begins the last line, such as "Liveblocks responds again". Without a clock the system's is read.
  OutageLog(Log log, std::string recovery, std::shared_ptr<const Clock> clock = {});

  /// It failed. `message` must be fit for a log; it is the line, or the beginning of one with the count. With a clock
  /// that throws there is a line for each failure: exceptions of the clock are among what is logged here.
  void failed(LogLevel level, std::string_view message);

  /// It worked. Throws what the clock throws.
  void succeeded();

 private:
  using Moment = std::chrono::steady_clock::time_point;

  struct Count {
    std::uint64_t failures = 0;
    Moment since;
  };

  /// @{
  /// What a line is due about.
  std::optional<Count> countFailure(Moment now);
  std::optional<Count> endOutage(Moment now);
  /// @}
  static std::string describe(const Count& count, Moment now);

  const Log log_;
  const std::string recovery_;
  const std::shared_ptr<const Clock> clock_;

  std::mutex mutex_;
  /// Of the outage, from its first failure on.
  Count whole_;
  /// Since the last line about a failure.
  Count unlogged_;
  std::optional<Moment> failureLoggedAt_;
  std::optional<Moment> recoveryLoggedAt_;
};

}  // namespace logging
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
