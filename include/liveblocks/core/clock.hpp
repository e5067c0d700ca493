/// @file
/// Time, injected: the wall clock judges claims, the steady clock ages caches.
#pragma once

#include <chrono>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The moment by which a whole job must be done. It is passed down, so that steps never add up their own timeouts.
/// Always real time, never an injected clock.
using Deadline = std::chrono::steady_clock::time_point;

/// Source of time. The base class reads the system's clocks; derive to control time in tests.
///
/// Thread safety: implementations must allow concurrent calls.
class LIVEBLOCKS_EXPORT Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock();

  /// The time of day, compared with `exp`, `nbf` and `iat`.
  virtual std::chrono::system_clock::time_point wall() const;

  /// Time that never jumps, compared with the age of cached keys and users.
  virtual std::chrono::steady_clock::time_point steady() const;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
