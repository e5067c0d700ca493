#include "http/retry_after.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>
#include <string>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

using std::chrono::seconds;

constexpr std::int64_t longestWait = std::int64_t{365} * 86400;

/// The preferred form, and the two obsolete ones a recipient must accept.
constexpr std::array<const char*, 3> dateFormats{"%a, %d %b %Y %H:%M:%S GMT", "%a, %d-%b-%y %H:%M:%S GMT",
                                                 "%a %b %d %H:%M:%S %Y"};

/// Days since 1970-01-01 in the proleptic Gregorian calendar; `month` counts from 1.
constexpr std::int64_t daysFromCivil(int year, int month, int day) noexcept {
  const int shiftedYear = month <= 2 ? year - 1 : year;
  const int era = shiftedYear / 400;
  const int yearOfEra = shiftedYear - era * 400;
  const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return std::int64_t{era} * 146097 + dayOfEra - 719468;
}

/// Seconds since 1970-01-01.
std::optional<std::int64_t> parseDate(const std::string& text) {
  for (const char* format : dateFormats) {
    std::tm date{};
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    in >> std::get_time(&date, format);
    if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) continue;
    const std::int64_t days = daysFromCivil(date.tm_year + 1900, date.tm_mon + 1, date.tm_mday);
    return ((days * 24 + date.tm_hour) * 60 + date.tm_min) * 60 + date.tm_sec;
  }
  return std::nullopt;
}

seconds bounded(std::int64_t wait) noexcept { return seconds(std::clamp<std::int64_t>(wait, 0, longestWait)); }

seconds parseDelta(std::string_view digits) noexcept {
  std::int64_t value = 0;
  for (const char digit : digits) value = std::min(value * 10 + (digit - '0'), longestWait);
  return bounded(value);
}

}  // namespace

std::optional<seconds> parseRetryAfter(std::string_view value, std::chrono::system_clock::time_point now) {
  value = ascii::trim(value);
  if (value.empty()) return std::nullopt;
  if (std::all_of(value.begin(), value.end(), ascii::isDigit)) return parseDelta(value);
  const std::optional<std::int64_t> date = parseDate(std::string(value));
  if (!date) return std::nullopt;
  return bounded(*date - std::chrono::floor<seconds>(now.time_since_epoch()).count());
}

std::optional<seconds> retryAfter(const Response& response, std::chrono::system_clock::time_point now) {
  const std::optional<std::string_view> value = findHeader(response, "Retry-After");
  return value ? parseRetryAfter(*value, now) : std::nullopt;
}

Header retryAfterHeader(seconds wait) { return {"Retry-After", std::to_string(bounded(wait.count()).count())}; }

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
