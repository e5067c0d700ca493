#include "core/utc_text.hpp"

#include <array>
#include <string_view>

#include "core/civil_date.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::int64_t secondsPerDay = 86400;

constexpr std::array<std::string_view, 7> weekdays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string dateText(std::int64_t daysSince1970) {
  const auto [year, month, day] = civilDate(daysSince1970);
  const std::string yearText = (year < 0 ? "-" : "") + padded(year < 0 ? -year : year, 4);
  return padded(day, 2) + ' ' + std::string(months[static_cast<std::size_t>(month - 1)]) + ' ' + yearText;
}

}  // namespace

std::string toUtcText(std::int64_t secondsSince1970) {
  const auto [days, second] = divideFloored(secondsSince1970, secondsPerDay);
  const auto weekday = static_cast<std::size_t>(divideFloored(days, 7).remainder);
  const std::string time = padded(second / 3600, 2) + ':' + padded(second / 60 % 60, 2) + ':' + padded(second % 60, 2);
  return std::string(weekdays[weekday]) + ", " + dateText(days) + ' ' + time + " GMT";
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
