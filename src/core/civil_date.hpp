/// Days as dates of the proleptic Gregorian calendar, without the C library's shared state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

struct Floored {
  std::int64_t quotient;
  std::int64_t remainder;
};

/// Rounded towards minus infinity, so that the remainder is never negative.
constexpr Floored divideFloored(std::int64_t value, std::int64_t divisor) noexcept {
  const std::int64_t remainder = (value % divisor + divisor) % divisor;
  return {(value - remainder) / divisor, remainder};
}

struct CivilDate {
  std::int64_t year;
  /// From 1.
  std::int64_t month;
  std::int64_t day;
};

constexpr CivilDate civilDate(std::int64_t daysSince1970) noexcept {
  constexpr std::int64_t daysPer400Years = 146097;
  constexpr std::int64_t daysFromMarchOfYear0To1970 = 719468;
  const auto [era, dayOfEra] = divideFloored(daysSince1970 + daysFromMarchOfYear0To1970, daysPer400Years);
  const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const std::int64_t monthFromMarch = (5 * dayOfYear + 2) / 153;
  const std::int64_t day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
  const bool nextYear = monthFromMarch >= 10;
  return {era * 400 + yearOfEra + (nextYear ? 1 : 0), monthFromMarch + (nextYear ? -9 : 3), day};
}

/// The digits of a number that is not negative, with zeros in front.
inline std::string padded(std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? digits.insert(0, width - digits.size(), '0') : digits;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
