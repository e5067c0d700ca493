/// Counts what a program takes from the heap. Programs that want it are linked with allocated_bytes.cpp.
#pragma once

#include <cstddef>

namespace liveblocks_tests {

/// All that `operator new` was ever asked for, by any thread.
std::size_t allocatedBytes() noexcept;

}  // namespace liveblocks_tests
