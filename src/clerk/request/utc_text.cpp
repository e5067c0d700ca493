#include "clerk/request/utc_text.hpp"

#include <array>
#include <string_view>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::int64_t secondsPerDay = 86400;
/// 400 years.
constexpr std::int64_t daysPerEra = 146097;
/// From 0000-03-01 to 1970-01-01.
constexpr std::int64_t daysBeforeEpoch = 719468;

constexpr std::array<std::string_view, 7> weekdays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
constexpr std::array<std::string_view, 12> months{"Mar", "Apr", "May", "Jun", "Jul", "Aug",
                                                  "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"};

struct Floored {
  std::int64_t quotient;
  std::int64_t remainder;
};

constexpr Floored divide(std::int64_t value, std::int64_t divisor) noexcept {
  const std::int64_t remainder = (value % divisor + divisor) % divisor;
  return {(value - remainder) / divisor, remainder};
}

std::string padded(std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? digits.insert(0, width - digits.size(), '0') : digits;
}

/// In the proleptic Gregorian calendar, by years that begin in March.
std::string dateText(std::int64_t daysSince1970) {
  const auto [era, dayOfEra] = divide(daysSince1970 + daysBeforeEpoch, daysPerEra);
  const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const std::int64_t month = (5 * dayOfYear + 2) / 153;
  const std::int64_t day = dayOfYear - (153 * month + 2) / 5 + 1;
  const std::int64_t year = era * 400 + yearOfEra + (month >= 10 ? 1 : 0);
  const std::string yearText = (year < 0 ? "-" : "") + padded(year < 0 ? -year : year, 4);
  return padded(day, 2) + ' ' + std::string(months[static_cast<std::size_t>(month)]) + ' ' + yearText;
}

}  // namespace

std::string toUtcText(std::int64_t secondsSince1970) {
  const auto [days, second] = divide(secondsSince1970, secondsPerDay);
  const auto weekday = static_cast<std::size_t>(divide(days, 7).remainder);
  const std::string time = padded(second / 3600, 2) + ':' + padded(second / 60 % 60, 2) + ':' + padded(second % 60, 2);
  return std::string(weekdays[weekday]) + ", " + dateText(days) + ' ' + time + " GMT";
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
