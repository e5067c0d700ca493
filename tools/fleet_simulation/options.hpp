// What the command line asks for.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "fleet.hpp"

namespace fleet {

/// Thrown for a command line that cannot be used; the message is for its author.
struct BadOption : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

struct Options {
  FleetOptions fleet;
  /// Names of scenarios; empty for all.
  std::vector<std::string> scenarios;
  bool help = false;
};

/// Throws `BadOption`.
Options parseOptions(const std::vector<std::string>& arguments);

}  // namespace fleet
