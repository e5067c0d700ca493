/// A browser that comes back from Clerk.
#pragma once

#include <optional>

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// nullopt: it brings no handshake, or one that leads nowhere; its cookies decide.
std::optional<RequestState> resolveHandshake(const RequestContext& context);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
