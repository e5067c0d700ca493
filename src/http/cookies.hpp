/// Cookies of a received request (RFC 6265 §4.2).
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/version.hpp>

#include "core/text.hpp"
#include "http/form.hpp"

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
  std::optional<Cookie> next() noexcept {
    while (!rest_.empty()) {
      const std::size_t end = std::min(rest_.find(';'), rest_.size());
      const std::string_view pair = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos) continue;
      return Cookie{ascii::trim(pair.substr(0, equals)), ascii::trim(pair.substr(equals + 1))};
    }
    return std::nullopt;
  }

 private:
  std::string_view rest_;
};

/// Decodes the escapes (RFC 3986 §2.1) of a value. A value with a malformed escape is returned as it is.
inline std::string decodeCookieValue(std::string_view value) {
  std::optional<std::string> decoded = percentDecode(value);
  return decoded ? *std::move(decoded) : std::string(value);
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
