/// Cookies of a received request (RFC 6265 §4.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// As it was sent, except for the white space around name and value: quotes are part of the value.
struct Cookie {
  std::string_view name;
  std::string_view value;
};

/// Reads the cookies of one `Cookie` header in their order. Pairs are split first, so that an encoded `;` makes no
/// cookie; what has no `=` is skipped. Borrows the header.
class CookieReader {
 public:
  explicit CookieReader(std::string_view header) noexcept : rest_(header) {}

  /// nullopt at the end.
  std::optional<Cookie> next() noexcept;

 private:
  std::string_view rest_;
};

/// Decodes the escapes (RFC 3986 §2.1) of a value. A value with a malformed escape is returned as it is.
std::string decodeCookieValue(std::string_view value);

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
