/// What a program of the benchmark says of itself at its end.
#pragma once

namespace liveblocks_bench {

/// Prints the memory that the program occupies, shared libraries included, in KiB. Linux.
void printResident();

}  // namespace liveblocks_bench
