#include "resident.hpp"

#include <unistd.h>

#include <fstream>
#include <iostream>

void liveblocks_bench::printResident() {
  std::ifstream file("/proc/self/statm");
  long pages = 0;
  file >> pages >> pages;
  std::cout << pages * (::sysconf(_SC_PAGESIZE) / 1024) << std::endl;
}
