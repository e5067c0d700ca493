/// @file
/// Where in a request the session token is.
/// https://clerk.com/docs/how-clerk-works/cookies
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// A session token as it was found.
struct SessionToken {
  /// Where it was.
  enum class Carrier { header, cookie };
  /// The token itself: a secret as long as it lives.
  std::string text;
  /// Where this one was.
  Carrier carrier;
};

/// The token of the `Authorization` header, else of the session cookie. Does not verify anything.
///
/// Header (RFC 9110 section 11.6.2): the scheme `Bearer` in any case, blanks, one token. Another scheme with its
/// credentials leaves the choice to the cookies. Anything else, a token without a scheme and a second `Authorization`
/// header included, is `Errc::malformed`: a bad header is not rescued by a good cookie.
///
/// Cookies (RFC 6265 section 4.2, then percent-decoded; the first of a name counts): `__session`, and with a
/// publishable key also the `__session_<suffix>` of that instance. Of two the plain one counts when it cannot be read,
/// when it names no issuer, or when the instance issued it later than the other. `__client_uat` is not looked at.
///
/// `Errc::noToken` when there is none, `Errc::tokenTooLarge` above 16 KiB. Throws `std::invalid_argument` for a
/// publishable key that is none. Thread-safe.
LIVEBLOCKS_EXPORT Result<SessionToken> findSessionToken(const http::RequestView& request,
                                                        std::string_view publishableKey = {});

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
