/// The permissions of an access token, and what they add up to in a room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/permissions.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// By room id or pattern.
using PermissionEntries = std::vector<std::pair<std::string, Permissions>>;

/// What entries grant in a room that all of them match. The strongest base access of all counts; any other part has the
/// access that the most specific entry states, the strongest where several are equally specific.
PermissionMatrix combinePermissions(const PermissionEntries& entries) noexcept;

/// The same for those of the entries that match the room; nullopt when none does.
std::optional<PermissionMatrix> resolvePermissions(const PermissionEntries& entries, std::string_view roomId) noexcept;

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
