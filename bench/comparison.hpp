/// Two ways to do one thing, timed in batches that alternate: what else the machine does meets both alike.
#pragma once

#include <chrono>
#include <vector>

#include <benchmark/benchmark.h>

namespace liveblocks_bench {

/// Seconds that one call of `work` takes in a batch.
template <class Work>
double secondsEach(int batch, Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < batch; ++i) work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / batch;
}

class Comparison {
 public:
  /// Takes one batch of each, the first one in turn, and returns the seconds one call of `ours` took.
  template <class Floor, class Ours>
  double round(int batch, Floor&& floor, Ours&& ours) {
    const bool floorFirst = floors_.size() % 2 == 0;
    if (floorFirst) floors_.push_back(secondsEach(batch, floor));
    const double seconds = secondsEach(batch, ours);
    if (!floorFirst) floors_.push_back(secondsEach(batch, floor));
    add(seconds);
    return seconds;
  }

  /// Adds a pair that was timed elsewhere.
  void add(double floor, double ours) {
    floors_.push_back(floor);
    add(ours);
  }

  /// Leaves medians in the counters `floor`, `ours` and `more`, what ours takes beyond the floor, in seconds, and
  /// `ratio`, the median of the ratios.
  void report(benchmark::State& state) const;

 private:
  void add(double ours) {
    ours_.push_back(ours);
    ratios_.push_back(ours / floors_.back());
    differences_.push_back(ours - floors_.back());
  }

  std::vector<double> floors_;
  std::vector<double> ours_;
  std::vector<double> ratios_;
  std::vector<double> differences_;
};

}  // namespace liveblocks_bench
