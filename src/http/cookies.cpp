#include "http/cookies.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

std::optional<std::string_view> findInHeader(std::string_view header, std::string_view name) noexcept {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || ascii::trim(pair.substr(0, equals)) != name) continue;
    return ascii::trim(pair.substr(equals + 1));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> findCookie(const RequestView& request, std::string_view name) noexcept {
  for (const auto& [headerName, value] : request.headers) {
    if (!ascii::equalsIgnoringCase(headerName, "cookie")) continue;
    if (const auto found = findInHeader(value, name)) return found;
  }
  return std::nullopt;
}

std::string percentDecode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const std::optional<char> escaped = percentEscapeAt(text, i);
    if (!escaped) return std::string(text);
    decoded += *escaped;
    i += 2;
  }
  return decoded;
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
