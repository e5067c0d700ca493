/// What a job does when memory runs out.
#pragma once

#include <cstddef>
#include <new>

#include "catch.hpp"
#include "failing_allocation.hpp"

namespace liveblocks_tests {

/// Does what `prepare()` returns, once for each allocation it makes, and lets that one fail, alone or with all that
/// follow. Nothing but `std::bad_alloc` may come of it; above all the program goes on.
template <class Prepare>
void runOutOfMemory(const Prepare& prepare) {
  constexpr std::size_t manyAllocations = 20'000;
  for (const auto want : {FailingAllocation::Want::brief, FailingAllocation::Want::lasting}) {
    bool failed = true;
    std::size_t number = 0;
    for (; failed; ++number) {
      REQUIRE(number < manyAllocations);
      auto job = prepare();
      const FailingAllocation failing(number, want);
      try {
        job();
      } catch (const std::bad_alloc&) {
      }
      failed = FailingAllocation::hasHappened();
    }
    CHECK(number > 1);
  }
}

}  // namespace liveblocks_tests
