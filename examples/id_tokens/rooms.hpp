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

/// Alice is in the group `product`, Bob in `sales`, Carol in none.
const std::vector<Person>& people();

/// Stands for the application's sessions: `session-<user id>` belongs to that user. Returns null for other strings.
const Person* personOfSession(std::string_view session);

/// Creates a room to which only the members of one group have access. The group is also stored in its metadata, so that
/// `roomsOfTeam()` finds it.
liveblocks::Result<liveblocks::Room> createTeamRoom(const liveblocks::Liveblocks& liveblocks, const std::string& roomId,
                                                    const std::string& groupId,
                                                    const liveblocks::RoomMetadata& metadata = {});

/// Gives a user access to this room, to read and to comment.
liveblocks::Result<liveblocks::Room> inviteGuest(const liveblocks::Liveblocks& liveblocks, const std::string& roomId,
                                                 const std::string& userId);

/// Removes the access of the user to this room. Access as a member of a group remains.
liveblocks::Result<liveblocks::Room> removeGuest(const liveblocks::Liveblocks& liveblocks, const std::string& roomId,
                                                 const std::string& userId);

/// Finds the rooms that `createTeamRoom()` created for the group.
liveblocks::RoomFilter roomsOfTeam(const std::string& groupId);

/// Returns the ids of the rooms that the user may enter.
liveblocks::Result<std::vector<std::string>> roomsOpenTo(const liveblocks::Liveblocks& liveblocks,
                                                         const Person& person);

/// Describes the access of a user to a room, such as `room read, storage read, comments write, feeds read`.
std::string accessOf(const liveblocks::Room& room, const Person& person);

/// Describes an error, with the details of Liveblocks if there are any.
std::string explain(const liveblocks::Error& error);

/// Requests with a session of `personOfSession()` in the `Authorization` header get an ID token.
liveblocks::AuthEndpoint makeEndpoint(const liveblocks::Liveblocks& liveblocks);

}  // namespace id_tokens
