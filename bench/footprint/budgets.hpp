/// What must not be exceeded.
#pragma once

#include <string>
#include <vector>

namespace liveblocks_bench {

/// What of a cost has a budget: all of it, or what the baseline is multiplied by, or what comes on top of it.
enum class Measure { whole, ratio, difference };

/// Something measured with the library and, unless it is measured as a whole, with the baseline as often.
struct Cost {
  std::string name;
  std::string unit;
  Measure measure;
  double budget;
  std::vector<double> baseline;
  std::vector<double> library;
};

/// Prints a table of medians, and then each cost that exceeds its budget. Returns whether there is none.
bool printCosts(const std::vector<Cost>& costs);

}  // namespace liveblocks_bench
