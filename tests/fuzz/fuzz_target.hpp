/// What every fuzz target defines. libFuzzer drives it, or the replay program, with mutations of the seeds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace fuzzing {

/// Well-formed inputs to start from. Called once.
std::vector<std::string> seeds();

/// Ends the program when a property does not hold.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
