/// What may stand in a header field (RFC 9110 §5).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Which bytes may stand in a token.
constexpr std::array<bool, 256> tokenBytes() noexcept {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  std::array<bool, 256> bytes{};
  for (int byte = 0; byte < 128; ++byte) {
    const char c = static_cast<char>(byte);
    bytes[static_cast<std::size_t>(byte)] = ascii::isAlnum(c) || marks.find(c) != std::string_view::npos;
  }
  return bytes;
}

/// A token (RFC 9110 §5.6.2): the name of a field, or a method.
inline bool isToken(std::string_view text) noexcept {
  static constexpr std::array<bool, 256> allowed = tokenBytes();
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return allowed[static_cast<unsigned char>(c)]; });
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
