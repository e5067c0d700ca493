/// Makes allocations fail. Programs that want it are linked with failing_allocation.cpp.
#pragma once

#include <cstddef>

namespace liveblocks_tests {

/// While it lives `operator new` fails on this thread: at the allocation of that number, counted from 0, and where the
/// want is lasting at all that follow. There may be one at a time.
class FailingAllocation {
 public:
  enum class Want { brief, lasting };

  FailingAllocation(std::size_t number, Want want) noexcept;
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;
  ~FailingAllocation();

  /// Whether an allocation has failed.
  static bool hasHappened() noexcept;
};

}  // namespace liveblocks_tests
