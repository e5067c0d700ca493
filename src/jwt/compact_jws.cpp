#include "jwt/compact_jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {

Result<CompactJws> splitCompactJws(std::string_view token) {
  constexpr std::size_t npos = std::string_view::npos;
  if (token.empty()) return Error{Errc::malformed, "the token is empty"};
  if (token.size() > maxTokenSize) return Error{Errc::tokenTooLarge, "the token is larger than 16 KiB"};
  const std::size_t first = token.find('.');
  const std::size_t second = first == npos ? npos : token.find('.', first + 1);
  if (second == npos || token.find('.', second + 1) != npos || first == 0 || second == first + 1) {
    return Error{Errc::malformed, "the token does not consist of three parts"};
  }
  return CompactJws{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
                    token.substr(0, second)};
}

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
