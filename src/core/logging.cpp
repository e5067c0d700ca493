#include "core/logging.hpp"

#include <exception>
#include <string>

#include "core/redactor.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

std::string describeException() {
  try {
    throw;
  } catch (const std::exception& exception) {
    return shownText(exception.what());
  } catch (...) {
    return "an exception that is not a std::exception";
  }
}

}  // namespace

void writeLog(const Log& log, LogLevel level, std::string_view message) noexcept {
  if (!log) return;
  try {
    log(level, message);
  } catch (...) {
  }
}

void logException(const Log& log, std::string_view what) noexcept {
  if (!log) return;
  try {
    writeLog(log, LogLevel::error, std::string(what) + ": unexpected exception: " + describeException());
  } catch (...) {
    // There was no memory for the description.
    writeLog(log, LogLevel::error, what);
  }
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
