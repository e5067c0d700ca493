#include "jwks/aging_keys.hpp"

#include <algorithm>

#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {
namespace {

/// A server cannot make us fetch more often.
constexpr std::chrono::seconds minSoftAge{60};

/// A thread may have read the clock before another one replaced the set. More than that is a clock that was set back.
constexpr std::chrono::seconds maxFuture{1};

}  // namespace

AgingKeys::Age AgingKeys::ageOf(const Held& held, Moment now) const noexcept {
  if (held.set == nullptr) return Age::dead;
  const auto age = timing::between(held.fetchedAt, now);
  if (age < -maxFuture) return Age::dead;
  if (age < held.softAge) return Age::fresh;
  if (age < options_.hardAge) return Age::soft;
  return age < options_.staleIfError ? Age::grace : Age::dead;
}

AgingKeys::Age AgingKeys::ageAt(Moment now) const noexcept {
  return held_.read([&](const Held& held) { return ageOf(held, now); });
}

KeyPointer AgingKeys::find(std::string_view keyId, Age limit, Moment now) const {
  return held_.read([&](const Held& held) { return ageOf(held, now) <= limit ? held.set->find(keyId) : nullptr; });
}

std::shared_ptr<const KeySet> AgingKeys::set() const {
  return held_.read([](const Held& held) { return held.set; });
}

void AgingKeys::replace(const FetchedKeys& fetched, Moment now, double part) noexcept {
  std::chrono::milliseconds longest = options_.softAge;
  if (fetched.maxAge) longest = std::min<std::chrono::milliseconds>(longest, std::max(*fetched.maxAge, minSoftAge));
  const auto wanted = std::chrono::duration_cast<std::chrono::milliseconds>(longest * part);
  held_.publish({fetched.keys, now, std::min(longest, std::max<std::chrono::milliseconds>(wanted, minSoftAge))});
}

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
