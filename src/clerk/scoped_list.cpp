#include "clerk/scoped_list.hpp"

#include <cstddef>

#include "core/white_space.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
std::optional<std::string_view> ListElements::next() noexcept {
  if (isAtEnd_) return std::nullopt;
  const std::size_t comma = rest_.find(',');
  const std::string_view element = rest_.substr(0, comma);
  isAtEnd_ = comma == std::string_view::npos;
  if (!isAtEnd_) rest_.remove_prefix(comma + 1);
  return trimWhiteSpace(element);
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
