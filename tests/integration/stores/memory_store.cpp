// The store in memory, on a clock of the test.
#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/webhooks/memory_seen_store.hpp>

#include "store_under_test.hpp"

namespace store_tests {
namespace {

class MemoryUnderTest final : public StoreUnderTest {
 public:
  std::shared_ptr<webhooks::SeenStore> open() override {
    return std::make_shared<webhooks::MemorySeenStore>(webhooks::MemorySeenStoreOptions{100'000, clock_});
  }
  void pass(seconds time) override { clock_->advance(time); }
  void clear() override {}

 private:
  std::shared_ptr<liveblocks::testing::ManualClock> clock_ = std::make_shared<liveblocks::testing::ManualClock>();
};

}  // namespace

const char* const kind = LIVEBLOCKS_TESTED_STORE;

StoreUnderTest& storeUnderTest() {
  static MemoryUnderTest memory;
  return memory;
}

}  // namespace store_tests
