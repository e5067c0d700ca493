/// Fetches the rooms of a `RoomRange` page by page.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/room_list.hpp>

#include "api_exchange.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Detects cursors that repeat, however long the cycle is (R. P. Brent, "An improved Monte Carlo factorization
/// algorithm", 1980).
class CursorCycleDetector {
 public:
  /// Returns false when `cursor` has come before: within three rounds of a cycle, at once when it does not change.
  bool advancesTo(const std::string& cursor);

 private:
  std::string reference_;
  std::size_t steps_ = 0;
  std::size_t limit_ = 1;
};

/// Goes through all rooms of a filter.
class RoomPager {
 public:
  RoomPager(std::shared_ptr<const ClientState> client, RoomFilter filter, std::size_t pageSize,
            std::optional<Deadline> deadline);

  /// Fetches the first room. Does nothing when called again.
  void begin();
  /// Moves to the next room or to the end.
  void advance();
  /// The current room, or the error that ends the iteration; nullopt at the end.
  const std::optional<Result<Room>>& current() const noexcept { return current_; }

 private:
  void fetchNextPage();
  void endWith(Error error);

  std::shared_ptr<const ClientState> client_;
  RoomFilter filter_;
  RoomPageOptions options_;
  std::optional<Deadline> deadline_;
  std::vector<Room> page_;
  std::size_t next_ = 0;
  std::optional<Result<Room>> current_;
  CursorCycleDetector cursors_;
  bool begun_ = false;
  bool lastPage_ = false;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
