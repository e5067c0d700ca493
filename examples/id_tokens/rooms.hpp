/// The users of the application, its rooms, whose permissions are stored with the room, and its auth endpoint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/liveblocks.hpp>

namespace id_tokens {

struct Person {
  std::string userId;
  std::string name;
  std::vector<std::string> groupIds;
};

/// Alice is of the group `product`, Bob of `sales`, Carol of none.
const std::vector<Person>& people();

/// Stands for the application's own sessions: `session-<user id>` is that person's. Null for any other text.
const Person* personOfSession(std::string_view session);

/// A new room in which the members of one group may do everything, and nobody else anything. The group is kept in its
/// metadata, too, so that `roomsOfTeam()` finds it.
liveblocks::Result<liveblocks::Room> createTeamRoom(const liveblocks::Liveblocks& liveblocks, const std::string& roomId,
                                                    const std::string& groupId,
                                                    const liveblocks::RoomMetadata& metadata = {});

/// Lets somebody into this one room, to look and to comment.
liveblocks::Result<liveblocks::Room> inviteGuest(const liveblocks::Liveblocks& liveblocks, const std::string& roomId,
                                                 const std::string& userId);

/// Takes back what was granted to that user in this room. What the user may do as a member of a group stays.
liveblocks::Result<liveblocks::Room> removeGuest(const liveblocks::Liveblocks& liveblocks, const std::string& roomId,
                                                 const std::string& userId);

/// The rooms that `createTeamRoom()` made for the group.
liveblocks::RoomFilter roomsOfTeam(const std::string& groupId);

/// The rooms somebody may enter, by id.
liveblocks::Result<std::vector<std::string>> roomsOpenTo(const liveblocks::Liveblocks& liveblocks,
                                                         const Person& person);

/// What somebody may do in a room, such as `room read, storage read, comments write, feeds read`.
std::string accessOf(const liveblocks::Room& room, const Person& person);

/// What went wrong, in the words of Liveblocks where there are any, and what may help.
std::string explain(const liveblocks::Error& error);

/// Whoever has a session of `personOfSession()` in the `Authorization` header gets an ID token.
liveblocks::AuthEndpoint makeEndpoint(const liveblocks::Liveblocks& liveblocks);

}  // namespace id_tokens
