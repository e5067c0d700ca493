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

std::chrono::system_clock::time_point toTimePoint(std::int64_t secondsSince1970) noexcept {
  using TimePoint = std::chrono::system_clock::time_point;
  using Seconds = std::chrono::duration<std::int64_t>;
  constexpr auto latest = std::chrono::duration_cast<Seconds>(TimePoint::max().time_since_epoch()).count();
  constexpr auto earliest = std::chrono::duration_cast<Seconds>(TimePoint::min().time_since_epoch()).count();
  if (secondsSince1970 >= latest) return TimePoint::max();
  if (secondsSince1970 <= earliest) return TimePoint::min();
  return TimePoint(Seconds(secondsSince1970));
}

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
