#include "core/base64.hpp"

#include <algorithm>

#include "core/base64url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

std::string base64::encode(std::string_view bytes) {
  std::string text = base64url::encode(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
