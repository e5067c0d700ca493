/// Requests that are judged by their cookies.
#pragma once

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// By all of Clerk's cookies (`CookiePolicy::full`).
RequestState authenticateByCookies(const RequestContext& context);

/// By the session cookie alone (`CookiePolicy::sessionOnly`).
RequestState authenticateBySessionCookie(const RequestContext& context, const http::RequestView& request);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
