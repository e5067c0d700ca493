#include "core/logging.hpp"

#include <exception>
#include <string>
#include <utility>

#include "core/redactor.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace logging {
namespace {

std::string describeException() {
  try {
    throw;
  } catch (const std::exception& exception) {
    const char* const text = exception.what();
    return text == nullptr ? "an exception without a text" : redactor::shown(text);
  } catch (...) {
    return "an exception that is not a std::exception";
  }
}

using Moment = std::chrono::steady_clock::time_point;

bool isRecent(const std::optional<Moment>& time, Moment now) noexcept {
  return time && timing::between(*time, now) < OutageLog::interval;
}

/// nullopt if the clock throws.
std::optional<Moment> tryToRead(const Clock& clock) noexcept {
  try {
    return clock.steady();
  } catch (...) {
    return std::nullopt;
  }
}

}  // namespace

void write(const Log& log, LogLevel level, std::string_view message) noexcept {
  if (!log) return;
  try {
    log(level, message);
  } catch (...) {
  }
}

void writeException(const Log& log, std::string_view what) noexcept {
  if (!log) return;
  try {
    write(log, LogLevel::error, std::string(what) + ": unexpected exception: " + describeException());
  } catch (...) {
    // There was no memory for the description.
    write(log, LogLevel::error, what);
  }
}

OutageLog::OutageLog(Log log, std::string recovery, std::shared_ptr<const Clock> clock)
    : log_(std::move(log)),
      recovery_(std::move(recovery)),
      clock_(clock ? std::move(clock) : std::make_shared<const Clock>()) {}

void OutageLog::failed(LogLevel level, std::string_view message) {
  if (!log_) return;
  const std::optional<Moment> now = tryToRead(*clock_);
  if (!now) return write(log_, level, message);
  const std::optional<Count> count = countFailure(*now);
  if (!count) return;
  if (count->failures == 1) return write(log_, level, message);
  write(log_, level, std::string(message) + " (" + describe(*count, *now) + ')');
}

void OutageLog::succeeded() {
  if (!log_) return;
  const Moment now = clock_->steady();
  if (const std::optional<Count> count = endOutage(now)) {
    write(log_, LogLevel::info, recovery_ + " after " + describe(*count, now));
  }
}

std::optional<OutageLog::Count> OutageLog::countFailure(Moment now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (whole_.failures++ == 0) whole_.since = now;
  if (unlogged_.failures++ == 0) unlogged_.since = now;
  if (isRecent(failureLoggedAt_, now)) return std::nullopt;
  failureLoggedAt_ = now;
  return std::exchange(unlogged_, {});
}

std::optional<OutageLog::Count> OutageLog::endOutage(Moment now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (whole_.failures == 0 || isRecent(recoveryLoggedAt_, now)) return std::nullopt;
  recoveryLoggedAt_ = now;
  unlogged_ = {};
  return std::exchange(whole_, {});
}

std::string OutageLog::describe(const Count& count, Moment now) {
  const auto time = std::chrono::duration_cast<std::chrono::seconds>(timing::between(count.since, now));
  return std::to_string(count.failures) + (count.failures == 1 ? " failure in " : " failures in ") +
         std::to_string(time.count()) + " s";
}

}  // namespace logging
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
