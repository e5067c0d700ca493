/// @file
/// A room as Liveblocks keeps it.
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

/// What each user or group may do in a room, by id.
using RoomAccesses = std::map<std::string, Permissions, std::less<>>;

/// One value of a room's metadata: a text, or a list, written as `std::vector<std::string>{"a", "b"}`.
using RoomMetadataValue = std::variant<std::string, std::vector<std::string>>;

/// What an application keeps with a room, to find it again with a `RoomQuery`; by key.
using RoomMetadata = std::map<std::string, RoomMetadataValue, std::less<>>;

/// What one room may hold. Held to before anything is sent; lengths are in UTF-16 code units. Ids and keys are never
/// empty. https://liveblocks.io/docs/platform/limits
struct RoomLimits {
  /// Of a room's id.
  static constexpr std::size_t idLength = 128;
  /// Of the id of a user or group.
  static constexpr std::size_t accessIdLength = 256;
  /// Users in `usersAccesses`, and groups in `groupsAccesses`.
  static constexpr std::size_t accesses = 1000;
  /// Entries of metadata.
  static constexpr std::size_t metadataEntries = 50;
  /// Of a key of metadata.
  static constexpr std::size_t metadataKeyLength = 40;
  /// Of a value of metadata, and of each string in a list.
  static constexpr std::size_t metadataValueLength = 256;
};

/// A room. Scopes that this version of the library does not know are left out of the permissions, and values that are
/// neither a string nor a list of strings out of the metadata; they stand in `json`. Do not send accesses back
/// as they were read, nor to another room: where a scope that takes something away was left out, they would grant more.
struct Room {
  /// As the application named it.
  std::string id;
  /// When it was created.
  std::chrono::system_clock::time_point createdAt;
  /// When somebody last connected; nullopt for nobody yet.
  std::optional<std::chrono::system_clock::time_point> lastConnectionAt;
  /// `default` for a room that was created without one.
  std::string organizationId;
  /// What everybody with an ID token may do. Empty: nothing, as is right for a private room.
  Permissions defaultAccesses;
  /// What the members of a group may do.
  RoomAccesses groupsAccesses;
  /// What a user may do.
  RoomAccesses usersAccesses;
  /// What the application keeps with it.
  RoomMetadata metadata;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// Somebody who is connected to a room.
struct ActiveUser {
  /// nullopt for an anonymous user.
  std::optional<std::string> id;
  /// Of the connection, as others in the room see it.
  std::int64_t connectionId = 0;
  /// The `userInfo` of the token; null when it had none.
  Json info;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
