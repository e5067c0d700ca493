#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace utf8 {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view replacementCharacter = "\xEF\xBF\xBD";

struct Range {
  unsigned char first;
  unsigned char last;

  bool holds(char c) const noexcept {
    return static_cast<unsigned char>(c) >= first && static_cast<unsigned char>(c) <= last;
  }
};

std::size_t continuationBytes(unsigned char lead) noexcept {
  if (lead >= 0xC2 && lead <= 0xDF) return 1;
  if (lead >= 0xE0 && lead <= 0xEF) return 2;
  if (lead >= 0xF0 && lead <= 0xF4) return 3;
  return 0;
}

/// Overlong forms, surrogates and code points beyond U+10FFFF show in the second byte.
Range secondByte(unsigned char lead) noexcept {
  switch (lead) {
    case 0xE0:
      return {0xA0, 0xBF};
    case 0xED:
      return {0x80, 0x9F};
    case 0xF0:
      return {0x90, 0xBF};
    case 0xF4:
      return {0x80, 0x8F};
    default:
      return {0x80, 0xBF};
  }
}

/// `sequence` is well-formed.
char32_t codePoint(std::string_view sequence) noexcept {
  constexpr unsigned continuationBits = 6;
  char32_t result = static_cast<unsigned char>(sequence.front());
  if (sequence.size() > 1) result &= 0x7FU >> sequence.size();
  for (const char c : sequence.substr(1))
    result = (result << continuationBits) | (static_cast<unsigned char>(c) & 0x3FU);
  return result;
}

}  // namespace

Sequence readSequence(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {1, true};
  const std::size_t length = 1 + continuationBytes(lead);
  if (length == 1) return {1, false};
  Range allowed = secondByte(lead);
  for (std::size_t i = 1; i < length; ++i) {
    if (i == text.size() || !allowed.holds(text[i])) return {i, false};
    allowed = {0x80, 0xBF};
  }
  return {length, true};
}

std::optional<std::size_t> utf16Length(std::string_view text) noexcept {
  std::size_t units = 0;
  while (!text.empty()) {
    const Sequence sequence = readSequence(text);
    if (!sequence.valid) return std::nullopt;
    units += sequence.length == 4 ? 2 : 1;
    text.remove_prefix(sequence.length);
  }
  return units;
}

std::optional<std::u16string> toUtf16(std::string_view text) {
  constexpr char32_t firstSupplementary = 0x10000;
  std::u16string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Sequence sequence = readSequence(text);
    if (!sequence.valid) return std::nullopt;
    const char32_t point = codePoint(text.substr(0, sequence.length));
    text.remove_prefix(sequence.length);
    if (point < firstSupplementary) {
      result += static_cast<char16_t>(point);
    } else {
      result += static_cast<char16_t>(0xD800U + ((point - firstSupplementary) >> 10U));
      result += static_cast<char16_t>(0xDC00U + (point & 0x3FFU));
    }
  }
  return result;
}

std::string decode(std::string_view text) {
  if (ascii::startsWith(text, byteOrderMark)) text.remove_prefix(byteOrderMark.size());
  return replaceMalformed(text);
}

std::string replaceMalformed(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t run = 0;  // What is well-formed is copied in runs.
  while (run < text.size()) {
    const Sequence sequence = readSequence(text.substr(run));
    run += sequence.length;
    if (sequence.valid) continue;
    result.append(text.substr(0, run - sequence.length)).append(replacementCharacter);
    text.remove_prefix(run);
    run = 0;
  }
  return result.append(text);
}

namespace {

constexpr std::array<std::string_view, 25> whiteSpace{
    "\t",           "\n",           "\v",           "\f",           "\r",           " ",
    "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
    "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89",
    "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
    "\xEF\xBB\xBF"};

}  // namespace

std::string_view trim(std::string_view text) noexcept {
  if (text.empty() || (ascii::isVisible(text.front()) && ascii::isVisible(text.back()))) return text;
  const auto begins = [&](std::string_view space) { return ascii::startsWith(text, space); };
  const auto ends = [&](std::string_view space) { return ascii::endsWith(text, space); };
  const auto matching = [](const auto& matches) {
    const auto found = std::find_if(whiteSpace.begin(), whiteSpace.end(), matches);
    return found == whiteSpace.end() ? std::size_t{0} : found->size();
  };
  while (const std::size_t size = matching(begins)) text.remove_prefix(size);
  while (const std::size_t size = matching(ends)) text.remove_suffix(size);
  return text;
}

namespace {
/// C0 and C1 controls, DEL, and the line and paragraph separators U+2028 and U+2029.
bool isControl(std::string_view sequence) noexcept {
  if (sequence.size() == 1) return ascii::isControl(sequence[0]);
  if (sequence.size() == 2) return sequence[0] == '\xC2' && static_cast<unsigned char>(sequence[1]) < 0xA0;
  return sequence == "\xE2\x80\xA8" || sequence == "\xE2\x80\xA9";
}

void appendEscaped(std::string& result, std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    result += "\\x";
    result += digits[byte >> 4];
    result += digits[byte & 0xF];
  }
}

}  // namespace

std::string printable(std::string_view text, std::size_t maxBytes) {
  std::string result;
  std::size_t used = 0;
  while (used < text.size()) {
    const utf8::Sequence sequence = utf8::readSequence(text.substr(used));
    if (used + sequence.length > maxBytes) return result += "…";
    const std::string_view bytes = text.substr(used, sequence.length);
    if (sequence.valid && !isControl(bytes)) {
      result += bytes;
    } else {
      appendEscaped(result, bytes);
    }
    used += sequence.length;
  }
  return result;
}

}  // namespace utf8
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
