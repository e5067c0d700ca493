#include "budgets.hpp"

#include <cstddef>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "../median.hpp"

namespace liveblocks_bench {
namespace {

double valueOf(const Cost& cost) {
  if (cost.measure == Measure::whole) return median(cost.library);
  std::vector<double> values;
  for (std::size_t i = 0; i < cost.library.size(); ++i) {
    values.push_back(cost.measure == Measure::ratio ? cost.library[i] / cost.baseline[i]
                                                    : cost.library[i] - cost.baseline[i]);
  }
  return median(values);
}

std::string textOf(double number, const std::string& unit) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(number < 100 ? 2 : 0) << number << unit;
  return text.str();
}

std::string textOf(const Cost& cost, double value) {
  return textOf(value, cost.measure == Measure::ratio ? "" : " " + cost.unit);
}

void print(const Cost& cost) {
  const std::string unit = " " + cost.unit;
  std::cout << "| " << cost.name << " | " << (cost.baseline.empty() ? "" : textOf(median(cost.baseline), unit)) << " | "
            << textOf(median(cost.library), unit) << " | " << textOf(cost, valueOf(cost))
            << " | <= " << textOf(cost, cost.budget) << " |" << std::endl;
}

bool checkBudget(const Cost& cost) {
  const double value = valueOf(cost);
  if (value <= cost.budget) return true;
  std::cerr << "over budget: " << cost.name << ": " << textOf(cost, value) << " instead of "
            << textOf(cost, cost.budget) << std::endl;
  return false;
}

}  // namespace

bool printCosts(const std::vector<Cost>& costs) {
  std::cout << "| cost: baseline | baseline | library | ratio, difference or whole | budget |\n"
            << "| --- | ---: | ---: | ---: | ---: |\n";
  for (const Cost& cost : costs) print(cost);
  bool areKept = true;
  for (const Cost& cost : costs) areKept = checkBudget(cost) && areKept;
  return areKept;
}

}  // namespace liveblocks_bench
