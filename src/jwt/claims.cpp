#include "jwt/claims.hpp"

#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {

Claims::Claims(std::string payload) : payload_(std::move(payload)), members_(json::members(payload_)) {}

std::optional<std::int64_t> toNumericDate(std::string_view text) noexcept {
  constexpr std::int64_t limit = 8'640'000'000'000;
  const std::optional<std::int64_t> value = json::toInteger(text);
  return value && *value >= -limit && *value <= limit ? value : std::nullopt;
}

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
