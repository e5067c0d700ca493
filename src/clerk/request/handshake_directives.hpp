/// The cookies that a handshake brings.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/result.hpp>

#include "clerk/request/answers.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct HandshakeCookies {
  /// One `Set-Cookie` each.
  Headers headers;
  /// Of the last session cookie among them; empty when there is none.
  std::string sessionToken;
};

/// Reads `json`, the text of a list of `Set-Cookie` values; anything but a list counts as an empty one. Cookies that
/// are not Clerk's are left out. `Errc::malformed` for one that is no cookie or could end the header, and for more of
/// them than a handshake has.
Result<HandshakeCookies> readHandshakeCookies(std::string_view json);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
