#include "resources.hpp"

#include <malloc.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#if defined(__has_feature)
#define SOAK_HAS_FEATURE(name) __has_feature(name)
#else
#define SOAK_HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || SOAK_HAS_FEATURE(address_sanitizer)
#define SOAK_SANITIZED 1
/// Of all sanitizers; g++ has no header for it.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#else
#define SOAK_SANITIZED 0
#endif

namespace soak {
namespace {

std::size_t allocatedBytes() {
#if SOAK_SANITIZED
  return __sanitizer_get_current_allocated_bytes();
#else
  const auto all = ::mallinfo2();
  return all.uordblks + all.hblkhd;
#endif
}

std::size_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t pages = 0;
  file >> pages >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t countFiles() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  // The iterator has one of them.
  return count - 1;
}

}  // namespace

Resources measure() { return {allocatedBytes(), residentBytes(), countFiles()}; }

bool isSanitized() noexcept { return SOAK_SANITIZED != 0; }

}  // namespace soak
