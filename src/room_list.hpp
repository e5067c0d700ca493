/// The walk behind a `RoomRange`.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/room_list.hpp>

#include "client_state.hpp"
#include "rooms_api.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// `GET /v2/rooms`
Result<RoomPage> askForPage(const RoomService& service, const RoomFilter& filter, const RoomPageOptions& page);

/// Notices when cursors go round in a circle, however long (R. P. Brent, "An improved Monte Carlo factorization
/// algorithm", 1980).
class CursorWatch {
 public:
  /// False when `cursor` has been here before; noticed within three rounds, at once when it stands still.
  bool movesOn(const std::string& cursor);

 private:
  std::string kept_;
  std::size_t since_ = 0;
  std::size_t limit_ = 1;
};

class RoomWalk {
 public:
  RoomWalk(std::shared_ptr<const LiveblocksState> client, RoomFilter filter, std::size_t pageSize,
           std::optional<Deadline> deadline);

  /// The first step, once.
  void begin();
  /// To the next room, or the end.
  void advance();
  /// nullopt at the end.
  const std::optional<Result<Room>>& current() const noexcept { return current_; }

 private:
  void turnPage();
  void endWith(Error error);

  std::shared_ptr<const LiveblocksState> client_;
  RoomFilter filter_;
  RoomPageOptions options_;
  std::optional<Deadline> deadline_;
  std::vector<Room> page_;
  std::size_t next_ = 0;
  std::optional<Result<Room>> current_;
  CursorWatch watch_;
  bool begun_ = false;
  bool lastPage_ = false;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
