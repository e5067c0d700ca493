#include "core/logging.hpp"

#include <exception>
#include <string>

#include "core/redactor.hpp"

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

}  // namespace logging
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
