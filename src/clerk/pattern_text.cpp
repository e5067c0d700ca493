#include "clerk/pattern_text.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "core/printable.hpp"
#include "core/utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::routes {

PatternText::PatternText(std::string_view text) : text_(text) {
  if (text.size() > maxSize) refuse(maxSize, "it is longer than 1024 bytes");
  std::optional<std::u16string> units = utf8::toUtf16(text);
  if (!units) refuse(0, "it is not UTF-8");
  units_ = std::move(*units);
  const auto nul = units_.find(u'\0');
  if (nul != std::u16string::npos) refuse(nul, "it holds a NUL");
}

void PatternText::refuse(std::size_t offset, const char* why) const {
  throw std::invalid_argument("cannot read the route pattern \"" + printable(text_, 200) + "\" at offset " +
                              std::to_string(offset) + ": " + why);
}

}  // namespace clerk::routes
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
