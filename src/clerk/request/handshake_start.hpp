/// Sending a browser to Clerk and back.
#pragma once

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// A handshake where the request is for a document and may be redirected, else signed out for the same reason.
RequestState handshakeOrSignedOut(const RequestContext& context, Refusal refusal);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
