/// What may stand in a header field (RFC 9110 §5).
#pragma once

#include <algorithm>
#include <string_view>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// A token (RFC 9110 §5.6.2): the name of a field, or a method.
inline bool isToken(std::string_view text) noexcept {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return ascii::isAlnum(c) || marks.find(c) != std::string_view::npos;
  });
}

/// Free of control characters, CR, LF and NUL among them. A tab is allowed.
inline bool isFieldValue(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
