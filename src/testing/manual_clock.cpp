#include <liveblocks/testing/manual_clock.hpp>

#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

ManualClock::ManualClock(std::chrono::system_clock::time_point wall) : wall_(wall) {}

ManualClock::~ManualClock() = default;

std::chrono::system_clock::time_point ManualClock::wall() const {
  const std::lock_guard lock(mutex_);
  return wall_;
}

std::chrono::steady_clock::time_point ManualClock::steady() const {
  const std::lock_guard lock(mutex_);
  return steady_;
}

void ManualClock::advance(std::chrono::nanoseconds step) {
  const std::lock_guard lock(mutex_);
  wall_ = timing::later(wall_, step);
  steady_ = timing::later(steady_, step);
}

void ManualClock::setWall(std::chrono::system_clock::time_point wall) {
  const std::lock_guard lock(mutex_);
  wall_ = wall;
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
