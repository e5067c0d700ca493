#include "core/time.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace timing {
namespace {

using std::chrono::system_clock;

/// Takes a text from its front; once something is missing, it stays `failed()`.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  bool failed() const noexcept { return failed_; }
  bool atEnd() const noexcept { return rest_.empty(); }

  bool takeIf(char c) noexcept {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void require(char c) noexcept { failed_ = !takeIf(c) || failed_; }

  /// A number of exactly so many digits, from `least` to `most`.
  std::int64_t number(std::size_t digits, std::int64_t least, std::int64_t most) noexcept {
    const std::string_view text = rest_.substr(0, digits);
    failed_ = failed_ || text.size() != digits || !std::all_of(text.begin(), text.end(), ascii::isDigit);
    rest_.remove_prefix(text.size());
    std::int64_t value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    failed_ = failed_ || value < least || value > most;
    return failed_ ? least : value;
  }

  /// One digit or more behind a point.
  std::chrono::nanoseconds fraction() noexcept {
    constexpr std::int64_t nanosecondsPerSecond = 1'000'000'000;
    std::int64_t value = number(1, 0, 9) * nanosecondsPerSecond / 10;
    for (std::int64_t unit = nanosecondsPerSecond / 100; !rest_.empty() && ascii::isDigit(rest_.front()); unit /= 10) {
      value += number(1, 0, 9) * unit;
    }
    return std::chrono::nanoseconds(value);
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

constexpr bool isLeap(std::int64_t year) noexcept { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

constexpr std::int64_t daysIn(std::int64_t month, std::int64_t year) noexcept {
  if (month == 2) return isLeap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::chrono::seconds takeDate(Scanner& scanner) noexcept {
  constexpr std::chrono::hours day(24);
  const std::int64_t year = scanner.number(4, 0, 9999);
  scanner.require('-');
  const std::int64_t month = scanner.number(2, 1, 12);
  scanner.require('-');
  return daysSince1970({year, month, scanner.number(2, 1, daysIn(month, year))}) * day;
}

std::chrono::seconds takeHoursAndMinutes(Scanner& scanner) noexcept {
  const std::chrono::hours hours(scanner.number(2, 0, 23));
  scanner.require(':');
  return hours + std::chrono::minutes(scanner.number(2, 0, 59));
}

std::chrono::seconds takeOffset(Scanner& scanner) noexcept {
  if (scanner.takeIf('Z')) return {};
  if (scanner.takeIf('-')) return -takeHoursAndMinutes(scanner);
  scanner.require('+');
  return takeHoursAndMinutes(scanner);
}

}  // namespace

std::optional<system_clock::time_point> readRfc3339(std::string_view text) noexcept {
  Scanner scanner(text);
  std::chrono::seconds time = takeDate(scanner);
  scanner.require('T');
  time += takeHoursAndMinutes(scanner);
  scanner.require(':');
  time += std::chrono::seconds(scanner.number(2, 0, 59));
  const std::chrono::nanoseconds fraction = scanner.takeIf('.') ? scanner.fraction() : std::chrono::nanoseconds();
  time -= takeOffset(scanner);
  if (scanner.failed() || !scanner.atEnd()) return std::nullopt;

  constexpr auto most = std::chrono::duration_cast<std::chrono::seconds>(system_clock::duration::max());
  if (time >= most || time <= -most) return std::nullopt;
  return system_clock::time_point(time) + std::chrono::duration_cast<system_clock::duration>(fraction);
}

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

}  // namespace timing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
