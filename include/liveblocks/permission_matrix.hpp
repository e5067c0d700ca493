/// @file
/// The access that permission scopes grant.
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

/// Access to a part of a room. Ordered: write access includes read access.
enum class Access {
  none,   ///< No access.
  read,   ///< Read access.
  write,  ///< Read and write access.
};

/// The name of an access: `none`, `read` or `write`.
LIVEBLOCKS_EXPORT std::string_view name(Access access) noexcept;

/// A part of a room.
enum class Resource {
  room,             ///< The room itself; the other parts inherit its access unless they have a scope of their own.
  storage,          ///< Storage and Yjs documents.
  comments,         ///< Threads, of either visibility.
  commentsPublic,   ///< Public threads.
  commentsPrivate,  ///< Private threads.
  feeds,            ///< Feeds.
  personal,         ///< The user's own inbox and notification settings.
};

/// Access to each part of one room, resolved as in the vendor's browser client. Without a base scope (`*:read`,
/// `*:write`, `room:read`, `room:write`) everything is `none`, whatever else is granted. A plain value.
struct LIVEBLOCKS_EXPORT PermissionMatrix {
  /// @{
  /// The access to that part.
  Access room = Access::none;
  Access storage = Access::none;
  Access comments = Access::none;
  Access commentsPublic = Access::none;
  Access commentsPrivate = Access::none;
  Access feeds = Access::none;
  Access personal = Access::none;
  /// @}

  /// The access that one set of scopes grants: the strongest scope of a part counts, and a part without a scope has the
  /// access of the room (threads of either visibility have that of `comments`).
  static PermissionMatrix of(const Permissions& permissions) noexcept;

  /// The access of a user with an ID token in a room. The accesses of the groups replace `defaultAccesses` part by
  /// part, the strongest group counting, and then the accesses of the user replace both.
  static PermissionMatrix of(const Room& room, std::string_view userId, const std::vector<std::string>& groupIds = {});

  /// Whether the matrix includes that access to that part. For `comments` either visibility suffices.
  bool allows(Resource resource, Access access) const noexcept;

  /// @{
  /// Whether that part may be read or written.
  bool canRead(Resource resource = Resource::room) const noexcept { return allows(resource, Access::read); }
  bool canWrite(Resource resource = Resource::room) const noexcept { return allows(resource, Access::write); }
  /// @}

  /// @{
  /// Compares all parts.
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
