#include "tour.hpp"

#include <iostream>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "migration.hpp"
#include "people.hpp"
#include "rooms.hpp"

namespace id_tokens {
namespace {

using liveblocks::Liveblocks;
using liveblocks::Result;
using liveblocks::Room;

constexpr const char* team = "product";
/// In the metadata of what the tour makes, so that it touches nothing else.
constexpr const char* markKey = "made-by";
constexpr const char* markValue = "the tour of id_tokens";

template <class T>
T require(const std::string& what, Result<T> result) {
  if (!result) throw std::runtime_error(what + ": " + explain(result.error()));
  return *std::move(result);
}

/// Deletes what the tour has made.
class OwnRooms {
 public:
  explicit OwnRooms(Liveblocks liveblocks) : liveblocks_(std::move(liveblocks)) {}
  OwnRooms(const OwnRooms&) = delete;
  OwnRooms& operator=(const OwnRooms&) = delete;
  ~OwnRooms() {
    for (const std::string& id : ids_) {
      const auto error = liveblocks_.deleteRoom(id);
      if (error) std::cerr << "the room " + id + " is not deleted: " + explain(*error) + "\n";
    }
  }

  void add(const std::string& id) { ids_.insert(id); }

  void follow(const Migration& migration) {
    for (const liveblocks::RoomIdUpdate& update : migration.renamed) {
      ids_.erase(update.currentRoomId);
      ids_.insert(update.newRoomId);
    }
  }

 private:
  Liveblocks liveblocks_;
  std::set<std::string> ids_;
};

void printAccess(const std::string& title, const Room& room) {
  std::cout << title << "\n";
  for (const Person& person : people()) {
    std::cout << "  " << person.userId << ": " << accessOf(room, person) << "\n";
  }
}

void showGuest(const Liveblocks& liveblocks, OwnRooms& own) {
  for (const char* id : {"roadmap", "design"}) {
    const Room room =
        require(std::string("create ") + id, createTeamRoom(liveblocks, id, team, {{markKey, markValue}}));
    own.add(id);
    printAccess(room.id + " is a private room of the group " + team, room);
  }
  printAccess("carol is a guest in design", require("invite carol", inviteGuest(liveblocks, "design", "carol")));
  std::cout << "carol may enter:";
  for (const std::string& id : require("list rooms", roomsOpenTo(liveblocks, people().back()))) std::cout << " " << id;
  std::cout << "\n";
  printAccess("carol is taken out", require("remove carol", removeGuest(liveblocks, "design", "carol")));
}

void showMigration(const Liveblocks& liveblocks, OwnRooms& own) {
  liveblocks::RoomFilter filter = roomsOfTeam(team);
  filter.query.metadata(markKey, markValue);
  for (const char* title : {"room ids get a pattern", "and once more"}) {
    std::cout << title << "\n";
    const Migration migration = prefixRoomIds(liveblocks, filter, "acme:product:", std::cout);
    own.follow(migration);
    if (!migration.complete()) throw std::runtime_error("some rooms have no new id");
  }
}

}  // namespace

void showTour(const Liveblocks& liveblocks) {
  OwnRooms own(liveblocks);
  showGuest(liveblocks, own);
  showMigration(liveblocks, own);
}

}  // namespace id_tokens
