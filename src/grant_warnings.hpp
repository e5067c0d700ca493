/// What is likely a slip in the permissions of a token.
#pragma once

#include <string>
#include <vector>

#include "grants.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// A line for the log about each entry with several scopes for one thing, or with scopes that do not come to anything
/// because of other entries. An entry that only repeats what others grant is no slip. The patterns are those of a
/// session: a `*` stands only at their end.
std::vector<std::string> warningsAbout(const PermissionEntries& entries);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
