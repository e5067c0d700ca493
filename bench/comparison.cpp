#include "comparison.hpp"

#include <algorithm>
#include <cstddef>

namespace liveblocks_bench {
namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

void Comparison::report(benchmark::State& state, std::size_t operations) const {
  const auto count = static_cast<double>(operations);
  state.counters["baseline"] = median(baselines_) / count;
  state.counters["library"] = median(library_) / count;
  state.counters["ratio"] = median(ratios_);
  state.counters["more"] = median(differences_) / count;
}

}  // namespace liveblocks_bench
