/// Renaming of existing rooms.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include <liveblocks/liveblocks.hpp>

namespace id_tokens {

/// The result of a migration.
struct Migration {
  std::vector<liveblocks::RoomIdUpdate> renamed;
  /// The number of rooms that already had the prefix.
  std::size_t unchanged = 0;
  /// The number of rooms that could not be renamed.
  std::size_t failed = 0;
  /// False if the list ended with an error: there may be more rooms.
  bool sawAllRooms = true;

  /// If false, call it again: renamed rooms are not changed again.
  bool complete() const noexcept { return failed == 0 && sawAllRooms; }
};

/// Adds `prefix` to the id of every room of the filter that does not begin with it: `design` becomes
/// `acme:product:design`. Writes a line about each room and a summary to `report`.
Migration prefixRoomIds(const liveblocks::Liveblocks& liveblocks, const liveblocks::RoomFilter& filter,
                        const std::string& prefix, std::ostream& report);

}  // namespace id_tokens
