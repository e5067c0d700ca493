/// How requests are authenticated, by where the token is and of what type.
#pragma once

#include <optional>
#include <string_view>

#include "clerk/request/context.hpp"
#include "clerk/request/result.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The kind of a machine token, by its prefix or, unverified, by what it says; nullopt for anything else.
std::optional<TokenType> machineTokenType(std::string_view token);

/// `type`: of the token, one that is accepted.
RequestState authenticateMachine(const RequestContext& context, TokenType type, std::string_view token);

/// Judges that token alone: cookies do not rescue it, and nothing is redirected.
RequestState authenticateByHeader(const RequestContext& context, const Result<std::string_view>& credential);

/// Nothing but machine tokens of one kind is accepted, and there is none.
RequestState withoutMachineToken(TokenType accepted);

/// By all of Clerk's cookies (`CookiePolicy::full`).
RequestState authenticateByCookies(const RequestContext& context);

/// By the session cookie alone (`CookiePolicy::sessionOnly`).
RequestState authenticateBySessionCookie(const RequestContext& context, const http::RequestView& request);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
