#include "core/printable.hpp"

#include "core/utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// C0 and C1 controls, DEL, and the line and paragraph separators U+2028 and U+2029.
bool isControl(std::string_view sequence) noexcept {
  if (sequence.size() == 1) return static_cast<unsigned char>(sequence[0]) < 0x20 || sequence[0] == 0x7F;
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

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
