/// @file
/// Options for creating and updating rooms.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>

#include <liveblocks/permissions.hpp>
#include <liveblocks/room.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The options of a new room. https://liveblocks.io/docs/api-reference/liveblocks-node#post-rooms
struct CreateRoomOptions {
  /// The permissions of everybody with an ID token. Empty by default, so that only the users and groups named here may
  /// enter. A room that is created implicitly, when a user enters it with an access token, is open to everybody: create
  /// rooms before they are entered.
  Permissions defaultAccesses = {};
  /// The permissions of the members of groups, by group id.
  RoomAccesses groupsAccesses = {};
  /// The permissions of users, by user id.
  RoomAccesses usersAccesses = {};
  /// The metadata that the application keeps with the room.
  RoomMetadata metadata = {};
  /// The Liveblocks organization of the room, never empty. Tokens of other organizations do not open it. Unset:
  /// `default`.
  std::optional<std::string> organizationId = {};
};

/// An update of a room's default accesses. Like `std::optional<Permissions>`, except that `{}` is always the empty set,
/// which closes the room, and never "unchanged".
class DefaultAccessesUpdate {
 public:
  /// The accesses stay unchanged.
  static constexpr DefaultAccessesUpdate unchanged() noexcept { return DefaultAccessesUpdate(Unchanged{}); }

  /// The accesses are replaced by these.
  constexpr DefaultAccessesUpdate(const Permissions& permissions) noexcept : permissions_(permissions) {}
  /// The accesses are replaced by a list of scopes; an empty one closes the room.
  constexpr DefaultAccessesUpdate(std::initializer_list<Permission> permissions) : permissions_(permissions) {}

  /// Whether the accesses change.
  constexpr explicit operator bool() const noexcept { return permissions_.has_value(); }
  /// The new accesses. Undefined when they stay unchanged.
  constexpr const Permissions& operator*() const noexcept { return *permissions_; }

 private:
  struct Unchanged {};
  constexpr explicit DefaultAccessesUpdate(Unchanged) noexcept {}

  std::optional<Permissions> permissions_;
};

/// Updates of accesses, by id. A value replaces, nullopt removes the permissions of that id; other ids keep theirs.
using RoomAccessesUpdate = std::map<std::string, std::optional<Permissions>, std::less<>>;

/// Updates of metadata, by key. A value replaces, nullopt removes the entry; other entries stay.
using RoomMetadataUpdate = std::map<std::string, std::optional<RoomMetadataValue>, std::less<>>;

/// The options of an update. https://liveblocks.io/docs/api-reference/liveblocks-node#post-rooms-roomId
struct UpdateRoomOptions {
  /// Unchanged by default; `{}` closes the room to everybody who is not named.
  DefaultAccessesUpdate defaultAccesses = DefaultAccessesUpdate::unchanged();
  /// Updates of the permissions of groups, by group id.
  RoomAccessesUpdate groupsAccesses = {};
  /// Updates of the permissions of users, by user id.
  RoomAccessesUpdate usersAccesses = {};
  /// Updates of the metadata, by key.
  RoomMetadataUpdate metadata = {};
};

/// A change of a room's id. The ids are members, since two arguments of one type are easily swapped.
struct RoomIdUpdate {
  /// The id that the room has.
  std::string currentRoomId;
  /// The id that the room will have.
  std::string newRoomId;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
