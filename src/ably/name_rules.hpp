/// What clients and channels may be called.
#pragma once

#include <algorithm>
#include <string_view>

#include <liveblocks/core/version.hpp>

#include "core/ascii.hpp"
#include "core/utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// What keeps it from being a name; null when nothing does.
inline const char* problemOfName(std::string_view text) noexcept {
  if (text.empty()) return "is empty";
  if (std::any_of(text.begin(), text.end(), ascii::isControl)) return "holds a control character";
  return utf8::isValid(text) ? nullptr : "is malformed UTF-8";
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
