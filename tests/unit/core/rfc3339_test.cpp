#include "core/time.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "catch.hpp"

using liveblocks::timing::readRfc3339;
using std::chrono::system_clock;

namespace {

std::optional<std::chrono::nanoseconds> sinceEpoch(std::string_view text) {
  const auto time = readRfc3339(text);
  return time ? std::optional<std::chrono::nanoseconds>(time->time_since_epoch()) : std::nullopt;
}

}  // namespace

TEST_CASE("dates become times since 1970") {
  const auto [text, seconds] = GENERATE(table<std::string, std::int64_t>({
      {"1970-01-01T00:00:00Z", 0},
      {"2025-01-01T00:00:00Z", 1735689600},
      {"2025-01-01T01:00:00+01:00", 1735689600},
      {"2024-12-31T18:30:00-05:30", 1735689600},
      {"2024-02-29T23:59:59Z", 1709251199},
      {"2024-03-01T00:00:00Z", 1709251200},
      {"2000-02-29T12:00:00Z", 951825600},
      {"1969-12-31T23:59:59Z", -1},
      {"1700-01-01T00:00:00Z", -8520336000},
      {"2199-12-31T23:59:59Z", 7258118399},
  }));
  CHECK(sinceEpoch(text) == std::chrono::seconds(seconds));
}

TEST_CASE("fractions of a second count as far as the clock goes") {
  const auto [text, nanoseconds] = GENERATE(table<std::string, std::int64_t>({
      {"1970-01-01T00:00:00.5Z", 500000000},
      {"1970-01-01T00:00:00.000Z", 0},
      {"1970-01-01T00:00:01.073Z", 1073000000},
      {"1970-01-01T00:00:00.123456789Z", 123456789},
      {"1970-01-01T00:00:00.1234567899999999999999Z", 123456789},
      {"1969-12-31T23:59:59.25Z", -750000000},
  }));
  const std::chrono::nanoseconds expected(nanoseconds);
  CHECK(sinceEpoch(text) == std::chrono::duration_cast<system_clock::duration>(expected));
}

TEST_CASE("what is no date of a calendar and no time of a day is refused") {
  const std::string text = GENERATE(
      "", "Z", "2025-01-01", "2025-01-01T00:00:00", "2025-01-01 00:00:00Z", "2025-01-01t00:00:00z", "2025-01-01T00:00Z",
      "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z", "2025-01-32T00:00:00Z",
      "2025-04-31T00:00:00Z", "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2025-01-01T24:00:00Z",
      "2025-01-01T00:60:00Z", "2025-01-01T23:59:60Z", "2025-01-01T00:00:00.Z", "2025-01-01T00:00:00,5Z",
      "2025-01-01T00:00:00+0100", "2025-01-01T00:00:00+24:00", "2025-01-01T00:00:00+01:60", "2025-01-01T00:00:00ZZ",
      "2025-01-01T00:00:00Z ", " 2025-01-01T00:00:00Z", "25-01-01T00:00:00Z", "+002025-01-01T00:00:00Z",
      "-2025-01-01T00:00:00Z", "2025-1-01T00:00:00Z", "2025-01-01T0:00:00Z", "2025/01/01T00:00:00Z",
      "2O25-01-01T00:00:00Z", "2025-01-01T00:00:-1Z", "1735689600");
  CHECK_FALSE(readRfc3339(text));
}

TEST_CASE("times beyond the clock are refused, those at its ends are not") {
  const auto atEnd = [](system_clock::duration end) {
    return std::chrono::duration_cast<std::chrono::seconds>(end) / std::chrono::hours(24 * 366) + 1970;
  };
  const auto inYear = [](std::int64_t year) {
    const std::string digits = std::to_string(year);
    return std::string(4 - digits.size(), '0') + digits + "-01-01T00:00:00Z";
  };
  const std::int64_t last = std::min<std::int64_t>(atEnd(system_clock::duration::max()), 9999);
  const std::int64_t first = std::max<std::int64_t>(atEnd(system_clock::duration::min()), 0);
  CHECK(readRfc3339(inYear(last)).value() > system_clock::time_point());
  CHECK(readRfc3339(inYear(first)).value() < system_clock::time_point());
  if (last < 9000) CHECK_FALSE(readRfc3339(inYear(last + 3)));
  if (first > 1000) CHECK_FALSE(readRfc3339(inYear(first - 3)));
}
