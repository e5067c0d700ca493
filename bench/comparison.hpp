/// Times an operation of the library and a baseline in alternating batches, so that other load affects both alike.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include <benchmark/benchmark.h>

namespace liveblocks_bench {

/// Returns the seconds of one call of `work` in a batch.
template <class Work>
double secondsEach(int batch, Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < batch; ++i) work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / batch;
}

class Comparison {
 public:
  /// Runs a batch of each, in alternating order, and returns the seconds of one call of `library`.
  template <class Baseline, class Library>
  double round(int batch, Baseline&& baseline, Library&& library) {
    const bool baselineFirst = baselines_.size() % 2 == 0;
    if (baselineFirst) baselines_.push_back(secondsEach(batch, baseline));
    const double seconds = secondsEach(batch, library);
    if (!baselineFirst) baselines_.push_back(secondsEach(batch, baseline));
    add(seconds);
    return seconds;
  }

  /// Adds a pair of times that were measured elsewhere.
  void add(double baseline, double library) {
    baselines_.push_back(baseline);
    add(library);
  }

  /// Sets the counters `baseline`, `library` and `more` (the difference) to medians in seconds, and `ratio` to the
  /// median of the ratios. If each call consists of several operations, the seconds are those of one.
  void report(benchmark::State& state, std::size_t operations = 1) const;

 private:
  void add(double library) {
    library_.push_back(library);
    ratios_.push_back(library / baselines_.back());
    differences_.push_back(library - baselines_.back());
  }

  std::vector<double> baselines_;
  std::vector<double> library_;
  std::vector<double> ratios_;
  std::vector<double> differences_;
};

}  // namespace liveblocks_bench
