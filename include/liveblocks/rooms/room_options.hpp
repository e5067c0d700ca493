/// @file
/// What a room is created with, and what is changed about it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include <liveblocks/permissions.hpp>
#include <liveblocks/rooms/room.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What a room begins with. https://liveblocks.io/docs/api-reference/liveblocks-node#post-rooms
struct CreateRoomOptions {
  /// What everybody with an ID token may do. Empty, the default: nothing, so that only the users and groups named here
  /// get in. A room that comes to be because somebody enters it with an access token lets everybody in: create rooms
  /// before they are entered.
  Permissions defaultAccesses = {};
  /// What the members of a group may do, by group id.
  RoomAccesses groupsAccesses = {};
  /// What a user may do, by user id.
  RoomAccesses usersAccesses = {};
  /// What the application keeps with it.
  RoomMetadata metadata = {};
  /// The Liveblocks organization it belongs to, never empty. Tokens of another organization do not open it. Unset:
  /// `default`.
  std::optional<std::string> organizationId = {};
};

/// Changes of accesses, by id: replaced, or with nullopt removed. Who is not named keeps what there is.
using RoomAccessesUpdate = std::map<std::string, std::optional<Permissions>, std::less<>>;

/// Changes of metadata, by key: replaced, or with nullopt removed. What is not named stays.
using RoomMetadataUpdate = std::map<std::string, std::optional<RoomMetadataValue>, std::less<>>;

/// What is changed about a room. https://liveblocks.io/docs/api-reference/liveblocks-node#post-rooms-roomId
struct UpdateRoomOptions {
  /// Replaced, by an empty set too; unset: they stay. `Permissions{}` closes a room, while to assign `{}` unsets this
  /// and leaves the room as open as it is.
  std::optional<Permissions> defaultAccesses = {};
  /// By group id.
  RoomAccessesUpdate groupsAccesses = {};
  /// By user id.
  RoomAccessesUpdate usersAccesses = {};
  /// By key.
  RoomMetadataUpdate metadata = {};
};

/// A new name for a room. Two ids of one type are easily swapped, so each is named.
struct RoomIdUpdate {
  /// As it is called.
  std::string currentRoomId;
  /// As it will be called.
  std::string newRoomId;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
