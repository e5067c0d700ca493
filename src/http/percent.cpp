#include "http/percent.hpp"

#include "ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

std::string percentEncode(std::string_view text, std::string_view escapes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x7F && !ascii::isControl(c) && escapes.find(c) == std::string_view::npos) {
      result.push_back(c);
    } else {
      result.append({'%', digits[byte >> 4U], digits[byte & 0xFU]});
    }
  }
  return result;
}

std::optional<char> percentEscapeAt(std::string_view text, std::size_t position) noexcept {
  if (position + 2 >= text.size() || text[position] != '%') return std::nullopt;
  const int high = ascii::hexDigit(text[position + 1]);
  const int low = ascii::hexDigit(text[position + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

std::string percentDecodeLeniently(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::optional<char> escaped = percentEscapeAt(text, i);
    result.push_back(escaped.value_or(text[i]));
    if (escaped) i += 2;
  }
  return result;
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
