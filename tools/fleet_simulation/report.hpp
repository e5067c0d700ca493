// The table that the program prints.
#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "fleet.hpp"

namespace fleet {

/// What happened in a span of time.
struct Row {
  std::string what;
  seconds span{0};
  /// At Clerk.
  std::uint64_t requests = 0;
  std::uint64_t busiestSecond = 0;
  std::uint64_t busiestTenSeconds = 0;
  /// Verifications, or look-ups of users.
  Outcomes calls;
  std::string remark = {};
};

/// In Markdown.
void print(std::ostream& out, const std::vector<Row>& rows);

/// "1 min 30 s"; to a tenth if it is less than a minute.
std::string inWords(nanoseconds time);

/// With commas between thousands.
std::string withCommas(std::uint64_t number);

}  // namespace fleet
