/// @file
/// Keeps the ids of webhook deliveries in the memory of this process.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/webhooks/seen_store.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// The options of a `MemorySeenStore`.
struct MemorySeenStoreOptions {
  /// The number of ids: 1 to 10,000,000. Choose more than the number of events that arrive while an id is kept. When
  /// the store is full, the completed id that would expire first is erased, and is fresh when it arrives again. An id
  /// takes about 250 bytes.
  std::size_t capacity = 100'000;
  /// Its steady time ends leases and expires ids. Null: the system's clock.
  std::shared_ptr<const Clock> clock = {};
};

/// A store that is lost when the process ends. Never does I/O, so it ignores deadlines. Thread-safe.
class LIVEBLOCKS_EXPORT MemorySeenStore final : public SeenStore {
 public:
  /// Throws `std::invalid_argument` for an option out of range.
  explicit MemorySeenStore(const MemorySeenStoreOptions& options = {});
  ~MemorySeenStore() override;

  /// @{
  /// As in `SeenStore`. An id in progress is never erased for another one: when the store is full of them, `claim`
  /// returns `Errc::internal`, and so does `done` for an id that the store no longer has.
  ///
  /// Throws `std::invalid_argument` for an id or a holder that is empty or too long, and for a time out of range.
  Result<SeenState> claim(std::string_view id, std::string_view holder, std::chrono::seconds lease,
                          Deadline deadline) override;
  Result<void> done(std::string_view id, std::string_view holder, std::chrono::seconds keep,
                    Deadline deadline) override;
  Result<void> release(std::string_view id, std::string_view holder, Deadline deadline) override;
  /// @}

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
