/// Percent-encoding and form encoding.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// The printable ASCII characters that are escaped in a part of a URL. `%` is in none but the last two: what is escaped
/// already stays as it is.
/// @{
inline constexpr std::string_view pathEscapes = " \"#<>?^`{}";
inline constexpr std::string_view queryEscapes = " \"#<>'";
inline constexpr std::string_view fragmentEscapes = " \"<>`";
inline constexpr std::string_view userInfoEscapes = " \"#/:;<=>?@[\\]^`{|}";
/// As `encodeURIComponent()` of ECMAScript has it.
inline constexpr std::string_view componentEscapes = " \"#$%&+,/:;<=>?@[\\]^`{|}";
/// A space becomes `+` there.
inline constexpr std::string_view formEscapes = "!\"#$%&'()+,/:;<=>?@[\\]^`{|}~";
/// @}

/// Escapes the characters in `escapes`, control characters and all that is not ASCII.
std::string percentEncode(std::string_view text, std::string_view escapes);

// Inline: the library of the fakes decodes, too, and the libraries share no private symbols.

/// The byte that the escape (`%XX`) at `position` stands for; nullopt when there is none.
inline std::optional<char> percentEscapeAt(std::string_view text, std::size_t position) noexcept {
  if (position + 2 >= text.size() || text[position] != '%') return std::nullopt;
  const int high = ascii::hexDigit(text[position + 1]);
  const int low = ascii::hexDigit(text[position + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

/// Appends the decoded text, in which malformed escapes are kept; returns whether there are none. The result may be any
/// bytes.
inline bool percentDecodeTo(std::string& result, std::string_view text) {
  bool isWellFormed = true;
  result.reserve(result.size() + text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::optional<char> escaped = percentEscapeAt(text, i);
    result.push_back(escaped.value_or(text[i]));
    if (escaped) {
      i += 2;
    } else if (text[i] == '%') {
      isWellFormed = false;
    }
  }
  return isWellFormed;
}

/// nullopt for a malformed escape.
inline std::optional<std::string> percentDecode(std::string_view text) {
  std::string result;
  if (!percentDecodeTo(result, text)) return std::nullopt;
  return result;
}

/// Keeps malformed escapes.
inline std::string percentDecodeLeniently(std::string_view text) {
  std::string result;
  percentDecodeTo(result, text);
  return result;
}

using FormParameters = std::vector<std::pair<std::string, std::string>>;

/// `text` without its `?`. Malformed escapes are kept, malformed UTF-8 becomes U+FFFD.
FormParameters parseForm(std::string_view text);

/// Names and values are UTF-8.
std::string writeForm(const FormParameters& parameters);

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
