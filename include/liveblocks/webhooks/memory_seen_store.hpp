/// @file
/// Which deliveries are being worked on and which are done, in the memory of this process.
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

/// How much to remember.
struct MemorySeenStoreOptions {
  /// Ids, at most: 1 to 10,000,000. Choose more than what arrives while an id is kept: beyond it the one that is done
  /// and would be forgotten first makes room, and counts as fresh if it comes once more. An id takes some 250 bytes.
  std::size_t capacity = 100'000;
  /// Null: the system's clock. Its steady time ends leases and forgets ids.
  std::shared_ptr<const Clock> clock = {};
};

/// Forgets everything when the process ends. Never does I/O, so that deadlines do not matter to it. Thread-safe.
class LIVEBLOCKS_EXPORT MemorySeenStore final : public SeenStore {
 public:
  /// Throws `std::invalid_argument` for an option out of range.
  explicit MemorySeenStore(const MemorySeenStoreOptions& options = {});
  ~MemorySeenStore() override;

  /// @{
  /// As `SeenStore` says. An id that somebody works on never makes room for another one: where there are as many of
  /// them as the capacity allows, `claim` answers `Errc::internal`, and so does `done` for an id that the store has no
  /// more.
  ///
  /// Throws `std::invalid_argument` for an id or a holder that is empty or too long, and for a time out of range.
  Result<SeenState> claim(std::string_view id, std::string_view holder, std::chrono::seconds lease,
                          Deadline deadline) override;
  [[nodiscard]] std::optional<Error> done(std::string_view id, std::string_view holder, std::chrono::seconds keep,
                                          Deadline deadline) override;
  [[nodiscard]] std::optional<Error> release(std::string_view id, std::string_view holder, Deadline deadline) override;
  /// @}

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
