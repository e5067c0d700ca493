/// Who uses a machine token in the name of its subject (RFC 8693 section 4.1).
#pragma once

#include <string_view>
#include <vector>

#include <liveblocks/clerk/machine_token.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Reads `act`, as JSON text; what is absent or null names nobody. Of a chain the first two are read, as Clerk's SDK
/// does. False when one of them cannot be named: an agent must not pass for the user.
bool readActors(std::string_view json, std::vector<TokenActor>& actors);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
