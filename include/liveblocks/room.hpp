/// @file
/// A Liveblocks room.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#get-rooms-roomId
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The permissions of users or groups in a room, by id.
using RoomAccesses = std::map<std::string, Permissions, std::less<>>;

/// One value of a room's metadata: a string, or a list of strings, written as `std::vector<std::string>{"a", "b"}`.
using RoomMetadataValue = std::variant<std::string, std::vector<std::string>>;

/// The metadata that an application keeps with a room, by key. Rooms are found by it with a `RoomQuery`.
using RoomMetadata = std::map<std::string, RoomMetadataValue, std::less<>>;

/// The limits of one room, which are checked before anything is sent. Lengths are in UTF-16 code units. Ids and keys
/// are never empty. https://liveblocks.io/docs/platform/limits
struct RoomLimits {
  /// The length of a room's id.
  static constexpr std::size_t idLength = 128;
  /// The length of the id of a user or group.
  static constexpr std::size_t accessIdLength = 256;
  /// The number of users in `usersAccesses`, and of groups in `groupsAccesses`.
  static constexpr std::size_t accesses = 1000;
  /// The number of metadata entries.
  static constexpr std::size_t metadataEntries = 50;
  /// The length of a metadata key.
  static constexpr std::size_t metadataKeyLength = 40;
  /// The length of a metadata value, and of each string in a list.
  static constexpr std::size_t metadataValueLength = 256;
};

/// A room. Scopes that this version of the library does not know are left out of the permissions, and values that are
/// neither a string nor a list of strings are left out of the metadata; `json` contains them. Do not send accesses back
/// as they were read, nor to another room: without a scope that takes access away, they would grant more.
struct Room {
  /// The room's id, chosen by the application.
  std::string id;
  /// When it was created.
  std::chrono::system_clock::time_point createdAt;
  /// When a user last connected; nullopt when none has.
  std::optional<std::chrono::system_clock::time_point> lastConnectionAt;
  /// The organization; `default` for a room that was created without one.
  std::string organizationId;
  /// The permissions of everybody with an ID token. Empty for a private room.
  Permissions defaultAccesses;
  /// The permissions of the members of groups.
  RoomAccesses groupsAccesses;
  /// The permissions of users.
  RoomAccesses usersAccesses;
  /// The metadata that the application keeps with the room.
  RoomMetadata metadata;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// A user who is connected to a room.
struct ActiveUser {
  /// The user's id; nullopt for an anonymous user.
  std::optional<std::string> id;
  /// The id of the connection, as others in the room see it.
  std::int64_t connectionId = 0;
  /// The `userInfo` of the token; null when it had none.
  Json info;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
