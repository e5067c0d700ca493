#include "resources.hpp"

#include <malloc.h>

#include "own_process.hpp"

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

}  // namespace

Resources measure() {
  return {allocatedBytes(), liveblocks_tests::residentBytes(), liveblocks_tests::countOpenFiles()};
}

bool isSanitized() noexcept { return SOAK_SANITIZED != 0; }

}  // namespace soak
