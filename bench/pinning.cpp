#include "pinning.hpp"

#ifdef __linux__

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

void liveblocks_bench::pinToCpu(unsigned cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu % std::max(1U, std::thread::hardware_concurrency()), &set);
  if (pthread_setaffinity_np(pthread_self(), sizeof set, &set) != 0) {
    throw std::runtime_error("cannot pin a thread to a CPU");
  }
}

#else

void liveblocks_bench::pinToCpu(unsigned) {}

#endif
