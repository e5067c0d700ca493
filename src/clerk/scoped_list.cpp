#include "clerk/scoped_list.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

/// White space and line ends of ECMAScript (ECMA-262 §12.2, §12.3) beyond ASCII, in UTF-8.
constexpr std::array<std::string_view, 19> foreignSpaces{
    "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
    "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF"};

bool endsWith(std::string_view text, std::string_view end) noexcept {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view trim(std::string_view text) noexcept {
  std::size_t before = 0;
  do {
    before = text.size();
    text = ascii::trim(text);
    for (const std::string_view space : foreignSpaces) {
      if (ascii::startsWith(text, space)) text.remove_prefix(space.size());
      if (endsWith(text, space)) text.remove_suffix(space.size());
    }
  } while (text.size() != before);
  return text;
}

}  // namespace

std::optional<std::string_view> ListElements::next() noexcept {
  if (isAtEnd_) return std::nullopt;
  const std::size_t comma = rest_.find(',');
  const std::string_view element = rest_.substr(0, comma);
  isAtEnd_ = comma == std::string_view::npos;
  if (!isAtEnd_) rest_.remove_prefix(comma + 1);
  return trim(element);
}

std::optional<ScopedName> readScopedName(std::string_view element) noexcept {
  const std::size_t colon = element.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view scope = element.substr(0, colon);
  const bool isOfBoth = scope == "uo" || scope == "ou";
  return ScopedName{element.substr(colon + 1), isOfBoth || scope == "o", isOfBoth || scope == "u"};
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
