#include "clerk/route_path.hpp"

#include <algorithm>
#include <utility>

#include "core/text.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

/// The characters that decodeURI() of JavaScript leaves escaped, except `;` and `/`, which are rejected.
constexpr std::string_view reserved = "?:@&=+$,#";
/// Rejected in paths, raw or escaped. An escaped slash is rejected, too, and a raw `#`: no browser sends it, and
/// servers interpret it in different ways.
constexpr std::string_view ambiguous = ";\\";

bool isDotSegment(std::string_view segment) { return segment == "." || segment == ".."; }

/// Whether no segment is a dot segment, and no segment except the last is empty. `path` begins with `/`.
bool hasPlainSegments(std::string_view path) {
  path.remove_prefix(1);
  for (std::size_t end = path.find('/'); end != std::string_view::npos; end = path.find('/')) {
    if (end == 0 || isDotSegment(path.substr(0, end))) return false;
    path.remove_prefix(end + 1);
  }
  return !isDotSegment(path);
}

/// Both kinds of control characters, and the line ends of JavaScript.
bool isControl(char16_t unit) {
  return unit < 0x20 || (unit >= 0x7F && unit <= 0x9F) || unit == 0x2028 || unit == 0x2029;
}

bool containsEscape(std::string_view text) {
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    if (http::detail::percentEscapeAt(text, i)) return true;
  }
  return false;
}

/// The two readings of a path, in UTF-8.
struct Readings {
  std::string cautious;
  std::string decoded;
};

std::optional<Readings> decode(std::string_view path) {
  Readings readings;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::optional<char> escaped = http::detail::percentEscapeAt(path, i);
    if (path[i] == '%' && !escaped) return std::nullopt;
    const char c = escaped.value_or(path[i]);
    if (ambiguous.find(c) != std::string_view::npos || c == (escaped ? '/' : '#')) return std::nullopt;
    readings.decoded += c;
    if (escaped && reserved.find(c) != std::string_view::npos) {
      readings.cautious += path.substr(i, 3);
    } else {
      readings.cautious += c;
    }
    if (escaped) i += 2;
  }
  return readings;
}

}  // namespace

std::optional<RoutePath> readRoutePath(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  if (path.empty() || path.front() != '/' || path.size() > maxPathSize) return std::nullopt;
  const std::optional<Readings> readings = decode(path);
  if (!readings || containsEscape(readings->decoded) || !hasPlainSegments(readings->decoded)) return std::nullopt;
  std::optional<std::u16string> decoded = utf8::toUtf16(readings->decoded);
  std::optional<std::u16string> cautious = utf8::toUtf16(readings->cautious);
  if (!decoded || !cautious || std::any_of(decoded->begin(), decoded->end(), isControl)) return std::nullopt;
  return RoutePath{std::move(*cautious), std::move(*decoded)};
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
