#include "clerk/reverification_check.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::int64_t never = -1;

}  // namespace

bool isRecent(const std::pair<std::int64_t, std::int64_t>& ages, const Reverification& asked) noexcept {
  const auto [first, second] = ages;
  if (first < never || second < never) return false;
  const bool firstIsRecent = first != never && first < asked.afterMinutes;
  const bool secondIsRecent = second != never && second < asked.afterMinutes;
  switch (asked.level) {
    case Reverification::Level::firstFactor:
      return firstIsRecent;
    case Reverification::Level::secondFactor:
      return second == never ? firstIsRecent : secondIsRecent;
    case Reverification::Level::multiFactor:
      return firstIsRecent && (second == never || secondIsRecent);
  }
  return false;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
