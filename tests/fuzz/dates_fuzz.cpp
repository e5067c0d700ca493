#include <algorithm>
#include <chrono>
#include <ctime>

#include "core/time.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"
#include "http/retry.hpp"

namespace timing = liveblocks::timing;
using liveblocks::http::detail::parseRetryAfter;
using std::chrono::system_clock;

namespace {

constexpr std::int64_t now = 1735689600;
constexpr std::chrono::seconds year = std::chrono::hours(24 * 365);

std::int64_t secondsOf(system_clock::time_point time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

/// What the C library makes of the same text.
std::int64_t secondsByLibrary(const std::string& text) {
  std::tm date{};
  const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &date);
  fuzzing::require(end != nullptr);
  const std::size_t zone = text.find_first_of("Z+-", static_cast<std::size_t>(end - text.c_str()));
  fuzzing::require(zone != std::string::npos);
  std::tm offset{};
  if (text[zone] != 'Z') fuzzing::require(strptime(text.c_str() + zone + 1, "%H:%M", &offset) != nullptr);
  const std::int64_t seconds = (std::int64_t{offset.tm_hour} * 60 + offset.tm_min) * 60;
  return timegm(&date) - (text[zone] == '-' ? -seconds : seconds);
}

void checkTimestamp(const std::string& text) {
  const auto time = timing::readRfc3339(text);
  if (!time) return;
  const std::int64_t seconds = secondsOf(*time);
  fuzzing::require(seconds == secondsByLibrary(text));
  const auto wait = parseRetryAfter(timing::toUtcText(seconds), system_clock::time_point(std::chrono::seconds(now)));
  if (seconds >= 0 && seconds <= now) fuzzing::require(wait == std::chrono::seconds(0));
  if (seconds > now && seconds < now + year.count()) fuzzing::require(wait == std::chrono::seconds(seconds - now));
}

void checkRetryAfter(const std::string& text) {
  const auto wait = parseRetryAfter(text, system_clock::time_point(std::chrono::seconds(now)));
  if (!wait) return;
  fuzzing::require(*wait >= std::chrono::seconds(0) && *wait <= year);
  std::tm date{};
  const char* end = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
  if (end == nullptr || *end != '\0') return;
  const std::int64_t expected = std::max<std::int64_t>(timegm(&date) - now, 0);
  fuzzing::require(wait->count() == std::min<std::int64_t>(expected, year.count()));
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {"2025-01-31T12:30:00.073Z",
          "2024-02-29T23:59:59+14:00",
          "1970-01-01T00:00:00-00:01",
          "2262-04-11T23:47:16.854775807Z",
          "120",
          "Wed, 01 Jan 2025 00:02:00 GMT",
          "Wednesday, 01-Jan-25 00:02:00 GMT",
          "Wed Jan  1 00:02:00 2025"};
}

/// A timestamp is what the C library makes of it, and a wait lies between none and a year.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzzing::view(data, size));
  checkTimestamp(text);
  checkRetryAfter(text);
  return 0;
}
