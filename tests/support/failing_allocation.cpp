#include "failing_allocation.hpp"

#include <cstdlib>
#include <new>

namespace {

struct Plan {
  bool armed = false;
  bool lasting = false;
  bool happened = false;
  std::size_t left = 0;
};

thread_local Plan plan;

bool mustFail() noexcept {
  if (!plan.armed || (plan.happened && !plan.lasting)) return false;
  if (plan.left > 0) {
    --plan.left;
    return false;
  }
  plan.happened = true;
  return true;
}

/// Null where there is no memory.
void* tryToAllocate(std::size_t size) noexcept { return mustFail() ? nullptr : std::malloc(size == 0 ? 1 : size); }

void* allocate(std::size_t size) {
  if (void* const memory = tryToAllocate(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return tryToAllocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return tryToAllocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace liveblocks_tests {

FailingAllocation::FailingAllocation(std::size_t number, Want want) noexcept {
  plan = {true, want == Want::lasting, false, number};
}

FailingAllocation::~FailingAllocation() { plan.armed = false; }

bool FailingAllocation::hasHappened() noexcept { return plan.happened; }

}  // namespace liveblocks_tests
