/// @file
/// What permission scopes add up to.
/// https://liveblocks.io/docs/api-reference/authentication/permissions
#pragma once

#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

struct Room;

/// What somebody may do with a part of a room. Ordered: who may write may read.
enum class Access {
  none,   ///< Nothing.
  read,   ///< Look.
  write,  ///< Look and change.
};

/// As the vendor writes it: `none`, `read`, `write`.
LIVEBLOCKS_EXPORT std::string_view name(Access access) noexcept;

/// A part of a room.
enum class Resource {
  room,      ///< The room itself; what the other parts take their access from unless a scope of their own says more.
  storage,   ///< Storage and Yjs documents.
  comments,  ///< Threads, of either visibility.
  commentsPublic,   ///< Public threads.
  commentsPrivate,  ///< Private threads.
  feeds,            ///< Feeds.
  personal,         ///< The user's own inbox and notification settings.
};

/// Access to each part of one room, resolved as the vendor's browser client does. Without a base scope (`*:read`,
/// `*:write`, `room:read`, `room:write`) everything is `none`, whatever else is granted. A plain value.
struct LIVEBLOCKS_EXPORT PermissionMatrix {
  /// @{
  /// Access to that part.
  Access room = Access::none;
  Access storage = Access::none;
  Access comments = Access::none;
  Access commentsPublic = Access::none;
  Access commentsPrivate = Access::none;
  Access feeds = Access::none;
  Access personal = Access::none;
  /// @}

  /// Of one set: the strongest scope of a part counts, and a part without a scope has the access of the room (threads
  /// of either visibility that of `comments`).
  static PermissionMatrix of(const Permissions& permissions) noexcept;

  /// Of a user with an ID token in a room: `defaultAccesses`, then those of the groups, of which the strongest counts
  /// part by part, then those of the user; the later replaces the earlier, part by part.
  static PermissionMatrix of(const Room& room, std::string_view userId, const std::vector<std::string>& groupIds = {});

  /// True when that part may be read or written so. For `comments` either visibility suffices.
  bool allows(Resource resource, Access access) const noexcept;

  /// @{
  /// The same for one access: "may Bob write here?"
  bool canRead(Resource resource = Resource::room) const noexcept { return allows(resource, Access::read); }
  bool canWrite(Resource resource = Resource::room) const noexcept { return allows(resource, Access::write); }
  /// @}

  /// @{
  /// Part by part.
  friend constexpr bool operator==(const PermissionMatrix& left, const PermissionMatrix& right) noexcept {
    return left.room == right.room && left.storage == right.storage && left.comments == right.comments &&
           left.commentsPublic == right.commentsPublic && left.commentsPrivate == right.commentsPrivate &&
           left.feeds == right.feeds && left.personal == right.personal;
  }
  friend constexpr bool operator!=(const PermissionMatrix& left, const PermissionMatrix& right) noexcept {
    return !(left == right);
  }
  /// @}
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
