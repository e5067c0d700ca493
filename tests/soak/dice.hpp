/// Chance that the seed of a run determines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace soak {

/// For one thread. Each stream of a seed has its own sequence.
class Dice {
 public:
  Dice(std::uint32_t seed, std::uint32_t stream) {
    std::seed_seq sequence{seed, stream};
    random_.seed(sequence);
  }

  /// From 0 to `end - 1`.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

  /// From `first` to `last`.
  int between(int first, int last) {
    return first + static_cast<int>(below(static_cast<std::size_t>(last - first) + 1));
  }

  bool percent(unsigned chance) { return below(100) < chance; }

  template <class T>
  const T& pick(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 random_;
};

}  // namespace soak
