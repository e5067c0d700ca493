#include <liveblocks/permission_matrix.hpp>

#include <algorithm>

#include <liveblocks/room.hpp>

#include "grants.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

std::string_view name(Access access) noexcept {
  switch (access) {
    case Access::read:
      return "read";
    case Access::write:
      return "write";
    case Access::none:
      break;
  }
  return "none";
}

PermissionMatrix PermissionMatrix::of(const Permissions& permissions) noexcept {
  return StatedAccess(permissions).matrix();
}

PermissionMatrix PermissionMatrix::of(const Room& room, std::string_view userId,
                                      const std::vector<std::string>& groupIds) {
  StatedAccess merged(room.defaultAccesses);
  StatedAccess groups;
  for (const std::string& groupId : groupIds) {
    const auto group = room.groupsAccesses.find(groupId);
    if (group != room.groupsAccesses.end()) groups.raise(StatedAccess(group->second));
  }
  merged.replace(groups);
  const auto user = room.usersAccesses.find(userId);
  if (user != room.usersAccesses.end()) merged.replace(StatedAccess(user->second));
  return merged.matrix();
}

bool PermissionMatrix::allows(Resource resource, Access access) const noexcept {
  if (resource == Resource::comments) return std::max({comments, commentsPublic, commentsPrivate}) >= access;
  return accessTo(*this, resource) >= access;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
