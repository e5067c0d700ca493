/// @file
/// A clock that stands still until it is told to move. Part of the target `liveblocks::testing`.
#pragma once

#include <chrono>
#include <mutex>

#include <liveblocks/core/clock.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Thread-safe.
class LIVEBLOCKS_EXPORT ManualClock : public Clock {
 public:
  /// The steady clock starts at its epoch.
  explicit ManualClock(std::chrono::system_clock::time_point wall = {});
  ~ManualClock() override;

  std::chrono::system_clock::time_point wall() const override;
  std::chrono::steady_clock::time_point steady() const override;

  /// Moves both clocks, at most to the last or first moment they can tell.
  void advance(std::chrono::nanoseconds step);
  /// Moves the wall clock alone, as an administrator or NTP would.
  void setWall(std::chrono::system_clock::time_point wall);

 private:
  mutable std::mutex mutex_;
  std::chrono::system_clock::time_point wall_;
  std::chrono::steady_clock::time_point steady_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
