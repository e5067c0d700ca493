#include "rooms.hpp"

#include <algorithm>

#include <liveblocks/permission_matrix.hpp>

namespace id_tokens {
namespace {

using liveblocks::Liveblocks;
using liveblocks::Result;
using liveblocks::Room;

constexpr std::string_view scheme = "Bearer ";

}  // namespace

const std::vector<Person>& people() {
  static const std::vector<Person> everybody = {
      {"alice", "Alice", {"product"}},
      {"bob", "Bob", {"sales"}},
      {"carol", "Carol", {}},
  };
  return everybody;
}

const Person* personOfSession(std::string_view session) {
  const auto found = std::find_if(people().begin(), people().end(),
                                  [session](const Person& person) { return session == "session-" + person.userId; });
  return found == people().end() ? nullptr : &*found;
}

// rooms.md create: begin
Result<Room> createTeamRoom(const Liveblocks& liveblocks, const std::string& roomId, const std::string& groupId,
                            const liveblocks::RoomMetadata& metadata) {
  liveblocks::CreateRoomOptions options;  // Its defaultAccesses are empty: the room is private.
  options.groupsAccesses[groupId] = liveblocks::FULL_ACCESS;
  options.metadata = metadata;
  options.metadata["team"] = groupId;
  return liveblocks.createRoom(roomId, options);
}
// rooms.md create: end

// rooms.md guests: begin
Result<Room> inviteGuest(const Liveblocks& liveblocks, const std::string& roomId, const std::string& userId) {
  liveblocks::UpdateRoomOptions update;
  update.usersAccesses[userId] = liveblocks::Permissions{"*:read", "comments:write"};
  return liveblocks.updateRoom(roomId, update);
}

Result<Room> removeGuest(const Liveblocks& liveblocks, const std::string& roomId, const std::string& userId) {
  liveblocks::UpdateRoomOptions update;
  update.usersAccesses[userId] = std::nullopt;
  return liveblocks.updateRoom(roomId, update);
}
// rooms.md guests: end

// rooms.md list: begin
liveblocks::RoomFilter roomsOfTeam(const std::string& groupId) {
  liveblocks::RoomFilter filter;
  filter.query.metadata("team", groupId);
  return filter;
}

Result<std::vector<std::string>> roomsOpenTo(const Liveblocks& liveblocks, const Person& person) {
  liveblocks::RoomFilter filter;
  filter.userId = person.userId;
  filter.groupIds = person.groupIds;
  std::vector<std::string> ids;
  for (const Result<Room>& room : liveblocks.iterRooms(filter)) {
    if (!room) return room.error();
    ids.push_back(room->id);
  }
  return ids;
}
// rooms.md list: end

// rooms.md access: begin
std::string accessOf(const Room& room, const Person& person) {
  const auto matrix = liveblocks::PermissionMatrix::of(room, person.userId, person.groupIds);
  if (!matrix.canRead()) return "nothing";
  std::string text = "room ";
  text.append(name(matrix.room)).append(", storage ").append(name(matrix.storage));
  text.append(", comments ").append(name(matrix.comments)).append(", feeds ").append(name(matrix.feeds));
  return text;
}
// rooms.md access: end

// rooms.md errors: begin
std::string explain(const liveblocks::Error& error) {
  std::string text = error.message;
  if (error.code == liveblocks::Errc::conflict) text = "there is a room of that id already";
  if (error.code == liveblocks::Errc::notFound) text = "there is no such room";
  if (error.info && !error.info->details.empty()) text += "\n" + error.info->details;
  return text;
}
// rooms.md errors: end

// rooms.md endpoint: begin
liveblocks::AuthEndpoint makeEndpoint(const liveblocks::Liveblocks& liveblocks) {
  const auto identify = [](const liveblocks::http::RequestView& request,
                           liveblocks::Deadline) -> liveblocks::Result<liveblocks::Caller> {
    const std::string_view credential = liveblocks::http::findHeader(request, "Authorization").value_or("");
    const bool isBearer = credential.substr(0, scheme.size()) == scheme;
    const Person* person = isBearer ? personOfSession(credential.substr(scheme.size())) : nullptr;
    if (person == nullptr) return liveblocks::Error{liveblocks::Errc::noToken, "not signed in"};
    liveblocks::Caller caller{person->userId, {liveblocks::Json::object({{"name", person->name}})}};
    caller.groupIds = person->groupIds;
    return caller;
  };
  return liveblocks::AuthEndpoint::withIdTokens(liveblocks, identify);
}
// rooms.md endpoint: end

}  // namespace id_tokens
