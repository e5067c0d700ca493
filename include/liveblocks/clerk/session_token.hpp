/// @file
/// Finding the session token in a request.
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

/// A session token, and where it was found.
struct SessionToken {
  /// The places of a token in a request.
  enum class Carrier { header, cookie };
  /// The token: a secret until it expires.
  std::string text;
  /// Where the token was found.
  Carrier carrier;
};

/// Returns the token of the `Authorization` header, else of the session cookie, without verifying it.
///
/// Header (RFC 9110 section 11.6.2): the scheme `Bearer` in upper or lower case, white space, one token. With
/// credentials of another scheme the cookies count. Anything else, including a token without a scheme and a second
/// `Authorization` header, is `Errc::malformed`, whatever the cookies are.
///
/// Cookies (RFC 6265 section 4.2, then percent-decoded; the first of a name counts): `__session`, and with a
/// publishable key also the `__session_<suffix>` of that instance. If both are present, the plain one counts if it
/// cannot be parsed, if it names no issuer, or if the instance issued it later than the other. `__client_uat` is
/// ignored.
///
/// `Errc::noToken` if there is no token, `Errc::tokenTooLarge` if it is larger than 16 KiB. Throws
/// `std::invalid_argument` for an invalid publishable key. Thread-safe.
LIVEBLOCKS_EXPORT Result<SessionToken> findSessionToken(const http::RequestView& request,
                                                        std::string_view publishableKey = {});

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
