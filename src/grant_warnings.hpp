/// Finds likely mistakes in the permissions of a token.
#pragma once

#include <string>
#include <vector>

#include "permission_matrix.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Returns a line for the log about each entry with several scopes for the same part of a room, or with scopes that
/// have no effect because of other entries. An entry that only repeats what others grant is no mistake. The patterns
/// are those of a session: a `*` stands only at the end.
std::vector<std::string> warningsAbout(const PermissionEntries& entries);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
