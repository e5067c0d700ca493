#include "http/percent.hpp"

#include "core/ascii.hpp"

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

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
