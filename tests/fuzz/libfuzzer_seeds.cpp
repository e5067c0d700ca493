/// Gives libFuzzer the seeds: now and then a mutation starts from one of them. Some hold keys made at start-up, so they
/// cannot come from files.
#include <algorithm>

#include "fuzz_target.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t maxSize);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t maxSize,
                                               unsigned int seed) {
  static const std::vector<std::string> seeds = fuzzing::seeds();
  if (seed % 8 == 0) {
    const std::string& start = seeds[seed / 8 % seeds.size()];
    size = std::min(start.size(), maxSize);
    std::copy_n(start.begin(), size, data);
  }
  return LLVMFuzzerMutate(data, size, maxSize);
}
