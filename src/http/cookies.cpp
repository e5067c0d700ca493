#include "http/cookies.hpp"

#include <algorithm>

#include "ascii.hpp"

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

int hexDigit(char c) noexcept {
  if (ascii::isDigit(c)) return c - '0';
  const char lower = ascii::toLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
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
    const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::string(text);
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
