/// The search for a session token, for callers that have read the publishable key already.
#pragma once

#include <liveblocks/clerk/session_token.hpp>

#include "clerk/publishable_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// As `findSessionToken()`. Null: no publishable key.
Result<SessionToken> locateSessionToken(const http::RequestView& request, const PublishableKey* instance);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
