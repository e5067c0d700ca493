/// @file
/// Where in a request the session token is.
/// https://clerk.com/docs/how-clerk-works/cookies
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/export.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct SessionToken {
  enum class Carrier { header, cookie };
  std::string text;
  Carrier carrier;
};

/// The token of the `Authorization: Bearer` header, else of the session cookie. A bad header is not rescued by a good
/// cookie. With a publishable key the cookie `__session_<suffix>` of that instance is known too.
///
/// `Errc::noToken` when there is none, `Errc::malformed` when the header cannot be read. Does not verify anything.
LIVEBLOCKS_EXPORT Result<SessionToken> findSessionToken(const http::RequestView& request,
                                                        std::string_view publishableKey = {});

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
