#include "report.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace fleet {
namespace {

using liveblocks::Errc;

std::string nameOf(Errc code) {
  switch (code) {
    case Errc::unknownKey:
      return "unknownKey";
    case Errc::keysUnavailable:
      return "keysUnavailable";
    case Errc::timeout:
      return "timeout";
    case Errc::upstream:
      return "upstream";
    default:
      return liveblocks::make_error_code(code).message();
  }
}

std::string describeFailures(const Outcomes& calls) {
  if (calls.failures.empty()) return "0";
  std::string text = withCommas(calls.failed()) + ":";
  for (const auto& [code, times] : calls.failures) {
    text += " `" + nameOf(code) + "`";
    if (calls.failures.size() > 1) text += " " + withCommas(times);
  }
  return text;
}

std::string describeRate(const Row& row) {
  const auto tenths = (row.requests * 10 + static_cast<std::uint64_t>(row.span.count()) / 2) /
                      static_cast<std::uint64_t>(std::max<std::int64_t>(row.span.count(), 1));
  return withCommas(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

std::string withCommas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t end = text.size(); end > 3; end -= 3) text.insert(end - 3, ",");
  return text;
}

std::string inWords(nanoseconds time) {
  const std::int64_t tenths = std::chrono::round<milliseconds>(time).count() / 100;
  if (tenths < 600) return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
  const std::string minutes = std::to_string(tenths / 600) + " min";
  const std::int64_t rest = tenths % 600 / 10;
  return rest == 0 ? minutes : minutes + " " + std::to_string(rest) + " s";
}

void print(std::ostream& out, const std::vector<Row>& rows) {
  out << "Clerk's limits: none for keys. For users, and all else of the Backend API: " << withCommas(Clerk::userLimit)
      << " requests in " << Clerk::userWindow.count() << " s\nof a production instance, 100 of one for development.\n\n"
      << "| what happens | for | requests | a second | busiest second | busiest 10 s | calls | longest call | failed | "
         "remark |\n"
      << "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |\n";
  for (const Row& row : rows) {
    out << "| " << row.what << " | " << inWords(row.span) << " | " << withCommas(row.requests) << " | "
        << describeRate(row) << " | " << withCommas(row.busiestSecond) << " | " << withCommas(row.busiestTenSeconds)
        << " | " << withCommas(row.calls.total) << " | " << inWords(row.calls.longest) << " | "
        << describeFailures(row.calls) << " | " << row.remark << " |\n";
  }
}

}  // namespace fleet
