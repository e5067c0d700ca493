/// @file
/// The outcome of asking Liveblocks for a token.
#pragma once

#include <optional>
#include <string>

#include <liveblocks/core/error.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The outcome of `Session::authorize()` and `Liveblocks::identifyUser()`: pass `status` and `body` to the browser.
struct [[nodiscard]] AuthResponse {
  /// 200 for any 2xx; 503 for 5xx and when there was no response; any other status as Liveblocks sent it.
  int status = 503;
  /// The body that Liveblocks sent, on success `{"token":"..."}`. It is decoded as browsers do: without a byte order
  /// mark, and with U+FFFD for malformed UTF-8. A success is not inspected: a body without a token, or with an empty
  /// one, is passed on unchanged. In any other response credentials are replaced by `...***`. When there was no
  /// response, a sentence that says so.
  std::string body;
  /// Why there was no response, or none that may be passed on: a success that repeats the secret key. Otherwise empty,
  /// whatever status Liveblocks sent.
  std::optional<Error> error = {};
  /// The status that Liveblocks sent; 0 when there was no response, or none that may be passed on.
  int upstreamStatus = 0;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
