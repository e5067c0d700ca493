/// Clerk's cookies in a request.
/// https://clerk.com/docs/how-clerk-works/cookies
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Values are as they came, percent-encoded; nullopt when they did not. Borrows the headers.
struct RequestCookies {
  using Value = std::optional<std::string_view>;

  /// The same cookie without and with the suffix of the instance.
  struct Pair {
    Value plain;
    Value suffixed;
  };

  /// There was more than is read; nothing here is to be relied on.
  bool areTooMany() const noexcept;

  Pair session;
  Pair clientUat;
  Pair devBrowser;
  Pair refresh;
  Value handshake;
  Value handshakeNonce;
  Value redirectCount;

  /// Of all cookies.
  std::size_t bytes = 0;
  std::size_t count = 0;
};

/// Reads one `Cookie` header (RFC 6265 §4.2) into `cookies`: pairs are split first, so that an encoded `;` makes no
/// cookie; the first of a name counts. `suffix`: of the instance; empty: there are no suffixed cookies.
void readCookies(std::string_view header, std::string_view suffix, RequestCookies& cookies);

/// Percent-decoded, or as it is where that does not give UTF-8.
std::string decodeCookie(std::string_view value);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
