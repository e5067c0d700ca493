/// What a program uses from its start to its end.
#pragma once

#include <string>
#include <vector>

namespace liveblocks_bench {

struct Usage {
  double seconds = 0;
  /// Of the CPU, including programs that it has started.
  double cpuSeconds = 0;
  /// The peak of the greatest one, in KiB.
  double peakMemory = 0;
  /// What it has printed.
  std::string output;
};

/// Throws `std::runtime_error` if it fails. Linux.
Usage run(std::vector<std::string> command);

}  // namespace liveblocks_bench
