/// @file
/// Each webhook once: the ids of those that were taken lately.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

#include <liveblocks/clock.hpp>
#include <liveblocks/export.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// What to remember.
struct ReplayWindowOptions {
  /// How long after its timestamp an id is remembered. It must be longer than the tolerance of the verifier, so that
  /// nothing is forgotten while it would still be accepted. 1 s to 24 h.
  std::chrono::seconds window = std::chrono::minutes(10);
  /// Ids remembered, at most. 1 to 1,000,000. Beyond it the one that would be forgotten first goes, so choose more than
  /// what arrives in the window.
  std::size_t capacity = 10000;
  /// Null: the system's clock.
  std::shared_ptr<const Clock> clock = {};
};

/// Tells first deliveries from repeated ones, in the memory of this process. Give it the ids of verified messages only:
/// others would let anybody fill it.
///
/// Vendors repeat a delivery, under the same id, until it is answered with success. So ask `firstSeen()` before the
/// work, answer a repeated delivery with success, and call `forget()` when the work failed.
///
/// Cheap to copy; copies share the ids. Thread-safe.
class LIVEBLOCKS_EXPORT ReplayWindow {
 public:
  /// The longest id, in bytes: as much as `Verifier` lets through.
  static constexpr std::size_t maxIdSize = 256;

  /// Throws `std::invalid_argument` for an option out of range.
  explicit ReplayWindow(const ReplayWindowOptions& options = {});

  /// True, once, for an id that is not remembered, which it is from now on. False for one that is, and for a `time`,
  /// the message's timestamp, that the window has left behind. Of concurrent calls with one id, one gets true. Throws
  /// `std::invalid_argument` for an id that is empty or too long.
  bool firstSeen(std::string_view id, std::chrono::system_clock::time_point time);

  /// The next delivery with that id counts as the first.
  void forget(std::string_view id);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
