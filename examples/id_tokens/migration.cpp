#include "migration.hpp"

#include <ostream>

#include "rooms.hpp"

namespace id_tokens {
namespace {

using liveblocks::Liveblocks;
using liveblocks::Result;
using liveblocks::Room;
using liveblocks::RoomIdUpdate;

bool startsWith(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

// rooms.md migration: begin
/// Collects all rooms before the first is renamed, because the list must not change while it is read.
std::vector<RoomIdUpdate> plan(const Liveblocks& liveblocks, const liveblocks::RoomFilter& filter,
                               const std::string& prefix, Migration& migration, std::ostream& report) {
  std::vector<RoomIdUpdate> updates;
  for (const Result<Room>& room : liveblocks.iterRooms(filter, liveblocks::RoomPageOptions::maxLimit)) {
    if (!room) {
      migration.sawAllRooms = false;
      report << "the list of rooms is incomplete: " << explain(room.error()) << "\n";
    } else if (startsWith(room->id, prefix)) {
      ++migration.unchanged;
    } else {
      updates.push_back({room->id, prefix + room->id});
    }
  }
  return updates;
}

/// A failure does not prevent the other rooms from being renamed.
void rename(const Liveblocks& liveblocks, const RoomIdUpdate& update, Migration& migration, std::ostream& report) {
  const Result<Room> room = liveblocks.updateRoomId(update);
  if (room) {
    migration.renamed.push_back(update);
    report << update.currentRoomId << " -> " << update.newRoomId << "\n";
  } else {
    ++migration.failed;
    report << update.currentRoomId << " is not renamed: " << explain(room.error()) << "\n";
  }
}
// rooms.md migration: end

}  // namespace

Migration prefixRoomIds(const Liveblocks& liveblocks, const liveblocks::RoomFilter& filter, const std::string& prefix,
                        std::ostream& report) {
  Migration migration;
  for (const RoomIdUpdate& update : plan(liveblocks, filter, prefix, migration, report)) {
    rename(liveblocks, update, migration, report);
  }
  report << migration.renamed.size() << " renamed, " << migration.unchanged << " already named so, " << migration.failed
         << " failed\n";
  return migration;
}

}  // namespace id_tokens
