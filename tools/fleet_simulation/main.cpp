// What a fleet of instances asks of Clerk: runs thousands of verifiers in simulated time. README.md describes it.

#include <algorithm>
#include <exception>
#include <iostream>
#include <iterator>
#include <string_view>
#include <vector>

#include "options.hpp"
#include "report.hpp"
#include "scenarios.hpp"

namespace {

void printHelp() {
  std::cout << "Usage: fleet_simulation [--count <instances>] [--seed <number>] [--interval <milliseconds>]\n"
               "                        [--scenario <name>]...\n"
               "\n"
               "Scenarios:";
  for (const fleet::Scenario& scenario : fleet::scenarios()) std::cout << " " << scenario.name;
  std::cout << "\nBy default all of them, with 10000 instances. While something happens, each of them gets a request "
               "every 1000 ms.\n";
}

bool isWanted(const fleet::Options& options, std::string_view name) {
  const auto& names = options.scenarios;
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const fleet::Options options = fleet::parseOptions({arguments + 1, arguments + count});
    if (options.help) {
      printHelp();
      return 0;
    }
    std::vector<fleet::Scenario> wanted;
    std::copy_if(fleet::scenarios().begin(), fleet::scenarios().end(), std::back_inserter(wanted),
                 [&](const fleet::Scenario& scenario) { return isWanted(options, scenario.name); });
    fleet::print(std::cout, fleet::runAll(wanted, options.fleet));
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "fleet_simulation: " << problem.what() << "\n";
    return 1;
  }
}
