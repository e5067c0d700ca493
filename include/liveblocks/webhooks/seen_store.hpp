/// @file
/// The interface to a store of webhook ids, which several processes can share.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// The state of an id when it is claimed.
enum class SeenState {
  fresh,       ///< The id was free. It belongs to the caller now.
  inProgress,  ///< The id belongs to another holder.
  done,        ///< The work is completed.
};

/// Remembers the ids of deliveries for a `Deduplicator`. `MemorySeenStore` serves one process; `RedisSeenStore`,
/// `PostgresSeenStore` and `SqliteSeenStore`, in `<liveblocks/adapters/...>`, keep them where all of your processes
/// find them. Derive from it for another place.
///
/// An id is fresh, then held for the time of a lease, then done, and fresh again when it expires. `holder` identifies
/// who holds an id: a unique string of 1 to 64 bytes. A holder whose lease ended, and whose id belongs to another
/// holder now, must not change anything.
///
/// Implementations must be thread-safe and respect the deadline. An error means "unknown", whatever its code.
class LIVEBLOCKS_EXPORT SeenStore {
 public:
  /// The length of the longest id that a `Deduplicator` uses, in bytes.
  static constexpr std::size_t maxIdSize = 321;

  SeenStore() = default;
  SeenStore(const SeenStore&) = delete;
  SeenStore& operator=(const SeenStore&) = delete;
  virtual ~SeenStore();

  /// Claims an id atomically: one of several concurrent callers gets `SeenState::fresh`, and holds the id until it is
  /// done or released, or until `lease`, 1 s to 1 h, has passed. The same holder may claim again, for example when the
  /// first response got lost: it gets the same state, and its lease starts again.
  virtual Result<SeenState> claim(std::string_view id, std::string_view holder, std::chrono::seconds lease,
                                  Deadline deadline) = 0;

  /// Marks the id as done and remembers it for `keep`, 28 h to 30 days. Also after the lease has ended, unless another
  /// holder has the id now: then nothing changes, and the result is `Errc::conflict`. An id that is done stays done.
  virtual Result<void> done(std::string_view id, std::string_view holder, std::chrono::seconds keep,
                            Deadline deadline) = 0;

  /// Makes the id fresh again. An id that is done, or that another holder has, stays unchanged; that is not an error.
  virtual Result<void> release(std::string_view id, std::string_view holder, Deadline deadline) = 0;

 protected:
  /// @{
  /// For implementations: throws `std::invalid_argument` for an id or a holder that is empty or too long, or for a time
  /// out of range.
  static void checkId(std::string_view id);
  static void checkHolder(std::string_view holder);
  static void checkLease(std::chrono::seconds lease);
  static void checkKeep(std::chrono::seconds keep);
  /// @}
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
