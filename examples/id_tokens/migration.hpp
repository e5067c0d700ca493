/// New ids for rooms that are there already.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include <liveblocks/liveblocks.hpp>

namespace id_tokens {

/// What became of the rooms.
struct Migration {
  std::vector<liveblocks::RoomIdUpdate> renamed;
  /// Rooms that had the prefix before.
  std::size_t unchanged = 0;
  /// Rooms that keep their old id.
  std::size_t failed = 0;
  /// False when the list broke off: there may be more rooms.
  bool sawAllRooms = true;

  /// Otherwise call it again: what is done is not done twice.
  bool complete() const noexcept { return failed == 0 && sawAllRooms; }
};

/// Puts `prefix` in front of the id of every room of the filter that does not begin with it: `design` becomes
/// `acme:product:design`. Writes a line about each of them to `report`, and one about all of them at last.
Migration prefixRoomIds(const liveblocks::Liveblocks& liveblocks, const liveblocks::RoomFilter& filter,
                        const std::string& prefix, std::ostream& report);

}  // namespace id_tokens
