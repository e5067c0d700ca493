/// The middle of what was measured again and again.
#pragma once

#include <vector>

namespace liveblocks_bench {

/// The greater one of the two in the middle if their number is even. There must be one.
double median(std::vector<double> values);

}  // namespace liveblocks_bench
