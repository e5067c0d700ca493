#include "http/cookies.hpp"

#include <algorithm>
#include <utility>

#include "core/text.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

std::optional<Cookie> CookieReader::next() noexcept {
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

std::string decodeCookieValue(std::string_view value) {
  std::optional<std::string> decoded = percentDecode(value);
  return decoded ? *std::move(decoded) : std::string(value);
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
