/// Strings: ASCII, UTF-8, white space, what may be printed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ascii {

constexpr char toLower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr bool isAlnum(char c) noexcept { return isDigit(c) || (toLower(c) >= 'a' && toLower(c) <= 'z'); }

/// -1 when `c` is no hexadecimal digit.
constexpr int hexDigit(char c) noexcept {
  if (isDigit(c)) return c - '0';
  const char lower = toLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The characters of the vendors' keys.
constexpr bool isKeyCharacter(char c) noexcept { return isAlnum(c) || c == '_' || c == '-'; }

constexpr bool isSpace(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// With the space.
constexpr bool isPrintable(char c) noexcept { return c >= ' ' && c < '\x7F'; }

/// Printable, and not a space.
constexpr bool isVisible(char c) noexcept { return c > ' ' && c < '\x7F'; }

inline bool isPrintable(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return isPrintable(c); });
}

constexpr bool isControl(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }

/// Fast for names, most of which differ in their length or their first character.
inline bool equals(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && (a.empty() || (a.front() == b.front() && a == b));
}

inline bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return toLower(x) == toLower(y); });
}

inline bool startsWith(std::string_view text, std::string_view prefix) noexcept {
  return text.substr(0, prefix.size()) == prefix;
}

inline bool endsWith(std::string_view text, std::string_view end) noexcept {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

inline std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

/// What stands in front of the first `separator`, and what behind it; all of it and nothing when there is none.
inline std::pair<std::string_view, std::string_view> splitOnce(std::string_view text, char separator) noexcept {
  const std::size_t end = text.find(separator);
  if (end == std::string_view::npos) return {text, {}};
  return {text.substr(0, end), text.substr(end + 1)};
}

inline std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), toLower);
  return result;
}

}  // namespace ascii

namespace utf8 {

/// The first bytes of a text: one encoded code point, or the part of a malformed one that a decoder replaces.
struct Sequence {
  std::size_t length;
  bool valid;
};

/// Reads the front of `text`, which must not be empty.
Sequence readSequence(std::string_view text) noexcept;

/// The length in UTF-16 code units; nullopt when `text` is malformed.
std::optional<std::size_t> utf16Length(std::string_view text) noexcept;

/// nullopt when the text is malformed.
std::optional<std::u16string> toUtf16(std::string_view text);

inline bool isValid(std::string_view text) noexcept { return utf16Length(text).has_value(); }

/// As browsers decode a body (https://encoding.spec.whatwg.org/#utf-8-decode): a byte order mark in front is dropped,
/// malformed parts become U+FFFD.
std::string decode(std::string_view text);

/// The same, but a byte order mark stays.
std::string replaceMalformed(std::string_view text);

/// What `String.prototype.trim()` leaves (ECMA-262 §22.1.3.32); the text is UTF-8.
std::string_view trim(std::string_view text) noexcept;

/// `text` in one line of valid UTF-8: control characters, line separators and malformed bytes become `\xNN`, and what
/// lies beyond `maxBytes` becomes `…`.
std::string printable(std::string_view text, std::size_t maxBytes);

}  // namespace utf8

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
