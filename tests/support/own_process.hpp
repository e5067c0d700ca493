/// What this program has of the system. Linux.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace liveblocks_tests {

/// The bytes of its memory that are resident.
inline std::size_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t pages = 0;
  file >> pages >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// How many descriptors are open.
inline std::size_t countOpenFiles() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  // The iterator has one of them.
  return count - 1;
}

}  // namespace liveblocks_tests
