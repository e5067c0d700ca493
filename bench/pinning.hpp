/// Threads that stay where they are: figures of threads that the system moves about mean nothing on a small machine.
#pragma once

namespace liveblocks_bench {

/// Keeps the calling thread on one CPU, counted from 0 and around. Does nothing on systems other than Linux.
void pinToCpu(unsigned cpu);

}  // namespace liveblocks_bench
