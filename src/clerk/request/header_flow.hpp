/// Requests with a token in their `Authorization` header.
#pragma once

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Judges that token alone: cookies do not rescue it, and nothing is redirected.
RequestState authenticateByHeader(const RequestContext& context, const Result<std::string_view>& credential);

/// Nothing but machine tokens of one kind is accepted, and there is none.
RequestState withoutMachineToken(TokenType accepted);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
