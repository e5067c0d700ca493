/// What this process takes up.
#pragma once

#include <cstddef>

namespace soak {

struct Resources {
  /// What the allocator has handed out and not got back.
  std::size_t allocatedBytes = 0;
  std::size_t residentBytes = 0;
  std::size_t files = 0;
};

Resources measure();

/// Whether a sanitizer is built in: the resident memory then says little, since it keeps freed memory.
bool isSanitized() noexcept;

}  // namespace soak
