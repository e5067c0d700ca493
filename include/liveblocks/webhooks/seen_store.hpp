/// @file
/// Which deliveries are being worked on and which are done: a memory that several processes can share.
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

/// What a store says about an id when it is asked for.
enum class SeenState {
  fresh,       ///< Nobody had it. It is the asker's from now on.
  inProgress,  ///< Somebody else works on it.
  done,        ///< It was done.
};

/// Remembers the ids of deliveries for a `Deduplicator`. Derive from it to keep them where all of your processes look,
/// such as in Redis or in a table with a unique column; `MemorySeenStore` serves one process.
///
/// An id is fresh, then somebody's for as long as a lease, then done, and after a while fresh again. Who holds an id is
/// told by `holder`, a text of 1 to 64 bytes that nobody else has: a holder whose lease ended while another one took
/// the id over must change nothing.
///
/// Implementations must be thread-safe and keep to the deadline. An error means "cannot say", whatever its code.
class LIVEBLOCKS_EXPORT SeenStore {
 public:
  /// The longest id that a `Deduplicator` asks for, in bytes.
  static constexpr std::size_t maxIdSize = 321;

  SeenStore() = default;
  SeenStore(const SeenStore&) = delete;
  SeenStore& operator=(const SeenStore&) = delete;
  virtual ~SeenStore();

  /// Asks for an id, in one indivisible step: of concurrent askers one gets `SeenState::fresh`, and has the id until it
  /// is done or released or `lease`, 1 s to 1 h, has passed. The same holder may ask again, as when the first answer
  /// got lost: it is told the same, and its lease begins anew.
  virtual Result<SeenState> claim(std::string_view id, std::string_view holder, std::chrono::seconds lease,
                                  Deadline deadline) = 0;

  /// The id is done, and remembered for `keep`, 28 h to 30 days. Also when the lease has ended, unless another holder
  /// has it by now: then nothing changes, and the answer is `Errc::conflict`. An id that is done stays so.
  [[nodiscard]] virtual std::optional<Error> done(std::string_view id, std::string_view holder,
                                                  std::chrono::seconds keep, Deadline deadline) = 0;

  /// The id is fresh again. What is done or another holder's stays as it is, which is no error.
  [[nodiscard]] virtual std::optional<Error> release(std::string_view id, std::string_view holder,
                                                     Deadline deadline) = 0;
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
