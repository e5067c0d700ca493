/// Points in time: their arithmetic, civil dates, and their forms as text.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ratio>
#include <stdexcept>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace timing {

/// `duration` in another unit, towards zero; the longest or shortest there is where it does not fit.
template <class To, class Rep, class Period>
constexpr To saturatedCast(std::chrono::duration<Rep, Period> duration) noexcept {
  using From = std::chrono::duration<Rep, Period>;
  if constexpr (std::ratio_greater_v<Period, typename To::period>) {
    if (duration > std::chrono::duration_cast<From>(To::max())) return To::max();
    if (duration < std::chrono::duration_cast<From>(To::min())) return To::min();
  }
  return std::chrono::duration_cast<To>(duration);
}

/// `time + wait`, at most the last and at least the first moment of its clock.
template <class Clock, class Duration, class Rep, class Period>
constexpr std::chrono::time_point<Clock, Duration> later(std::chrono::time_point<Clock, Duration> time,
                                                         std::chrono::duration<Rep, Period> wait) noexcept {
  using Time = std::chrono::time_point<Clock, Duration>;
  const auto step = saturatedCast<Duration>(wait);
  if (step > Duration::zero()) return time > Time::max() - step ? Time::max() : time + step;
  return time < Time::min() - step ? Time::min() : time + step;
}

/// The same for `time - wait`.
template <class Clock, class Duration, class Rep, class Period>
constexpr std::chrono::time_point<Clock, Duration> earlier(std::chrono::time_point<Clock, Duration> time,
                                                           std::chrono::duration<Rep, Period> wait) noexcept {
  using Time = std::chrono::time_point<Clock, Duration>;
  const auto step = saturatedCast<Duration>(wait);
  if (step > Duration::zero()) return time < Time::min() + step ? Time::min() : time - step;
  return time > Time::max() + step ? Time::max() : time - step;
}

/// `end - begin`, at most the longest and at least the shortest duration.
template <class Clock, class Duration>
constexpr Duration between(std::chrono::time_point<Clock, Duration> begin,
                           std::chrono::time_point<Clock, Duration> end) noexcept {
  return earlier(end, begin.time_since_epoch()).time_since_epoch();
}

/// Milliseconds since 1970 (UTC); the first or the last moment of the clock where it cannot hold the time.
constexpr std::chrono::system_clock::time_point fromUnixMilliseconds(std::int64_t count) noexcept {
  return later(std::chrono::system_clock::time_point(), std::chrono::milliseconds(count));
}

/// The reverse, without a fraction of a millisecond.
constexpr std::int64_t toUnixMilliseconds(std::chrono::system_clock::time_point time) noexcept {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

/// How much before its deadline something may end that counts in milliseconds, as libcurl does.
constexpr std::chrono::milliseconds timerSlack{2};

/// Throws `std::invalid_argument` for none at all, and for one so long that a clock may not hold its end.
inline void checkTimeout(std::chrono::milliseconds timeout) {
  if (timeout <= std::chrono::milliseconds::zero() || timeout > std::chrono::hours(24)) {
    throw std::invalid_argument("timeout must be more than 0 and at most 24 h");
  }
}

struct Floored {
  std::int64_t quotient;
  std::int64_t remainder;
};

/// Rounded towards minus infinity, so that the remainder is never negative.
constexpr Floored divideFloored(std::int64_t value, std::int64_t divisor) noexcept {
  const std::int64_t remainder = (value % divisor + divisor) % divisor;
  return {(value - remainder) / divisor, remainder};
}

/// In the proleptic Gregorian calendar.
struct CivilDate {
  std::int64_t year;
  /// From 1.
  std::int64_t month;
  std::int64_t day;
};

// Both calculate with years that begin in March, so that the leap day is the last.
inline constexpr std::int64_t daysPer400Years = 146097;
inline constexpr std::int64_t daysFromMarchOfYear0To1970 = 719468;

constexpr CivilDate civilDate(std::int64_t daysSince1970) noexcept {
  const auto [era, dayOfEra] = divideFloored(daysSince1970 + daysFromMarchOfYear0To1970, daysPer400Years);
  const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const std::int64_t monthFromMarch = (5 * dayOfYear + 2) / 153;
  const std::int64_t day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
  const bool nextYear = monthFromMarch >= 10;
  return {era * 400 + yearOfEra + (nextYear ? 1 : 0), monthFromMarch + (nextYear ? -9 : 3), day};
}

constexpr std::int64_t daysSince1970(const CivilDate& date) noexcept {
  const bool nextYear = date.month <= 2;
  const auto [era, yearOfEra] = divideFloored(date.year - (nextYear ? 1 : 0), 400);
  const std::int64_t dayOfYear = (153 * (date.month + (nextYear ? 9 : -3)) + 2) / 5 + date.day - 1;
  const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * daysPer400Years + dayOfEra - daysFromMarchOfYear0To1970;
}

/// The digits of a number that is not negative, with zeros in front.
inline std::string padded(std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? digits.insert(0, width - digits.size(), '0') : digits;
}

/// `2025-01-31T12:30:00.250Z`, or with an offset such as `+01:00` for the `Z`. Digits beyond the clock's are cut off.
/// nullopt for anything else, for days that no calendar has, leap seconds and what the clock cannot hold.
std::optional<std::chrono::system_clock::time_point> readRfc3339(std::string_view text) noexcept;

/// `2025-01-31T12:30:00.250Z`, as `Date.prototype.toISOString()` of ECMAScript writes it. Inline: the library of the
/// fakes writes times, too, and the libraries share no private symbols.
inline std::string toRfc3339(std::chrono::system_clock::time_point time) {
  constexpr std::int64_t millisecondsPerDay = 86'400'000;
  const auto sinceEpoch = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
  const auto [days, ofDay] = divideFloored(sinceEpoch.count(), millisecondsPerDay);
  const auto [year, month, day] = civilDate(days);
  const std::string date = padded(year, 4) + '-' + padded(month, 2) + '-' + padded(day, 2);
  const std::string hour = padded(ofDay / 3'600'000, 2) + ':' + padded(ofDay / 60'000 % 60, 2);
  return date + 'T' + hour + ':' + padded(ofDay / 1000 % 60, 2) + '.' + padded(ofDay % 1000, 3) + 'Z';
}

/// `Wed, 01 Jan 2025 00:00:00 GMT`, as `Date.prototype.toUTCString()` of ECMAScript writes it.
std::string toUtcText(std::int64_t secondsSince1970);

}  // namespace timing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
