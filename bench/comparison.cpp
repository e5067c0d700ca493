#include "comparison.hpp"

#include <cstddef>

#include "median.hpp"

namespace liveblocks_bench {

void Comparison::report(benchmark::State& state, std::size_t operations) const {
  const auto count = static_cast<double>(operations);
  state.counters["baseline"] = median(baselines_) / count;
  state.counters["library"] = median(library_) / count;
  state.counters["ratio"] = median(ratios_);
  state.counters["more"] = median(differences_) / count;
}

}  // namespace liveblocks_bench
