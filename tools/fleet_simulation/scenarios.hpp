// What may happen to a fleet.
#pragma once

#include <string_view>
#include <vector>

#include "fleet.hpp"
#include "report.hpp"

namespace fleet {

struct Scenario {
  std::string_view name;
  std::vector<Row> (*run)(const FleetOptions& options);
};

const std::vector<Scenario>& scenarios();

/// Runs them, several at a time on a machine with several processors, and returns their rows in the order of the
/// scenarios. Rethrows the exception of one that fails.
std::vector<Row> runAll(const std::vector<Scenario>& wanted, const FleetOptions& options);

}  // namespace fleet
