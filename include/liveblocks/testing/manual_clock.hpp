/// @file
/// A clock that only moves when told to. Part of the target `liveblocks::testing`.
#pragma once

#include <chrono>
#include <mutex>

#include <liveblocks/core/clock.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// A clock that tests set. Thread-safe.
class LIVEBLOCKS_EXPORT ManualClock : public Clock {
 public:
  /// The steady clock starts at its epoch.
  explicit ManualClock(std::chrono::system_clock::time_point wall = {});
  ~ManualClock() override;

  std::chrono::system_clock::time_point wall() const override;
  std::chrono::steady_clock::time_point steady() const override;

  /// Moves both clocks, at most to the end of their range.
  void advance(std::chrono::nanoseconds step);
  /// Moves only the wall clock, as an administrator or NTP would.
  void setWall(std::chrono::system_clock::time_point wall);

 private:
  mutable std::mutex mutex_;
  std::chrono::system_clock::time_point wall_;
  std::chrono::steady_clock::time_point steady_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
