#include "options.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "scenarios.hpp"

namespace fleet {
namespace {

std::int64_t asNumber(const std::string& name, const std::string& text, std::int64_t most) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end || number < 1 || number > most) {
    throw BadOption(name + " must be a number from 1 to " + std::to_string(most));
  }
  return number;
}

const std::string& asScenario(const std::string& name) {
  const bool isKnown = std::any_of(scenarios().begin(), scenarios().end(),
                                   [&](const Scenario& scenario) { return scenario.name == name; });
  if (!isKnown) throw BadOption("there is no scenario \"" + name + "\": see --help");
  return name;
}

}  // namespace

Options parseOptions(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name == "--help") {
      options.help = true;
      continue;
    }
    if (i + 1 == arguments.size()) throw BadOption(name + " needs a value: see --help");
    const std::string& value = arguments[++i];
    if (name == "--count") {
      options.fleet.count = static_cast<std::size_t>(asNumber(name, value, 1000000));
    } else if (name == "--seed") {
      options.fleet.seed = static_cast<Random::result_type>(asNumber(name, value, 2147483646));
    } else if (name == "--interval") {
      options.fleet.interval = milliseconds(asNumber(name, value, 60000));
    } else if (name == "--scenario") {
      options.scenarios.push_back(asScenario(value));
    } else {
      throw BadOption("there is no option " + name + ": see --help");
    }
  }
  return options;
}

}  // namespace fleet
