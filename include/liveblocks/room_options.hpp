/// @file
/// What a room is created with, and what is changed about it.
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

/// What becomes of a room's default accesses. Like `std::optional<Permissions>`, but that `{}` is the empty set
/// wherever it is written, which closes the room, and never "as it is".
class DefaultAccessesUpdate {
 public:
  /// They stay.
  static constexpr DefaultAccessesUpdate unchanged() noexcept { return DefaultAccessesUpdate(Unchanged{}); }

  /// They become these.
  constexpr DefaultAccessesUpdate(const Permissions& permissions) noexcept : permissions_(permissions) {}
  /// The same for a list of scopes; an empty one closes the room.
  constexpr DefaultAccessesUpdate(std::initializer_list<Permission> permissions) : permissions_(permissions) {}

  /// True when they change.
  constexpr explicit operator bool() const noexcept { return permissions_.has_value(); }
  /// What they become. Undefined when they stay.
  constexpr const Permissions& operator*() const noexcept { return *permissions_; }

 private:
  struct Unchanged {};
  constexpr explicit DefaultAccessesUpdate(Unchanged) noexcept {}

  std::optional<Permissions> permissions_;
};

/// Changes of accesses, by id: replaced, or with nullopt removed. Who is not named keeps what there is.
using RoomAccessesUpdate = std::map<std::string, std::optional<Permissions>, std::less<>>;

/// Changes of metadata, by key: replaced, or with nullopt removed. What is not named stays.
using RoomMetadataUpdate = std::map<std::string, std::optional<RoomMetadataValue>, std::less<>>;

/// What is changed about a room. https://liveblocks.io/docs/api-reference/liveblocks-node#post-rooms-roomId
struct UpdateRoomOptions {
  /// Left out, they stay; `{}` closes the room to everybody who is not named.
  DefaultAccessesUpdate defaultAccesses = DefaultAccessesUpdate::unchanged();
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
