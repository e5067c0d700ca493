/// Sending a browser to Clerk and back.
#pragma once

#include <string>

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// To the Frontend API, which brings the cookies up to date. Signed out for the same reason where the request is not
/// for a document, where its public URL is unknown, and where the browser has been sent three times in a row.
RequestState handshakeOrSignedOut(const RequestContext& context, Refusal refusal);

/// Likewise to another place. Empty: signed out.
RequestState redirectOrSignedOut(const RequestContext& context, Refusal refusal, const std::string& location);

/// How often the browser has been sent in the last seconds, as its cookie says.
int redirectCount(const RequestContext& context);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
