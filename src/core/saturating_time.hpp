/// Arithmetic with times that stops at the end of what they can hold, where that of the standard library is undefined.
#pragma once

#include <chrono>
#include <ratio>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

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

/// `time - wait`, likewise.
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

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
