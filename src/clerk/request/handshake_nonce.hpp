/// Handshakes whose cookies Clerk's Backend API keeps.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/result.hpp>

#include "clerk/request/context.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The JSON text of the list of cookies; it may be empty. Asks the Backend API, once, by the deadline. An error of the
/// kind `unavailable`: the handshake may be good.
Result<std::string> fetchHandshake(const RequestContext& context, std::string_view nonce);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
