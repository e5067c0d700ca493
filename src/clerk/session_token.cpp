#include <liveblocks/clerk/session_token.hpp>

#include "clerk/publishable_key.hpp"
#include "clerk/request/request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

Result<SessionToken> findSessionToken(const http::RequestView& request, std::string_view publishableKey) {
  using detail::CookieLimits;
  using detail::ParsedRequest;
  if (publishableKey.empty()) return ParsedRequest(request, {}, CookieLimits::none()).sessionToken(nullptr);
  const detail::PublishableKey instance = detail::parsePublishableKey(publishableKey);
  return ParsedRequest(request, instance.cookieSuffix, CookieLimits::none()).sessionToken(&instance);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
