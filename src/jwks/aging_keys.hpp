/// The key set in use, and how old it is.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include <liveblocks/jwks/key_cache_options.hpp>

#include "core/published.hpp"
#include "jwks/key_set.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {

/// Any number of threads may look at it at any time, without a lock; one at a time may replace the set.
class AgingKeys {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  /// `grace`: too old, but usable while no newer set can be had. `dead` also if there is no set, or if the clock was
  /// set back, so that nobody knows.
  enum class Age { fresh, soft, grace, dead };

  explicit AgingKeys(const KeyCacheOptions& options) noexcept : options_(options) {}

  Age ageAt(Moment now) const noexcept;

  /// Null when the set has no key of that id, or is older than `limit`, which is not `dead`.
  KeyPointer find(std::string_view keyId, Age limit, Moment now) const;

  /// Null before the first one.
  std::shared_ptr<const KeySet> set() const;

  /// The set is fresh for a part of its time: `part` is from 0.8 to 1.
  void replace(const FetchedKeys& fetched, Moment now, double part) noexcept;

 private:
  struct Held {
    std::shared_ptr<const KeySet> set;
    Moment fetchedAt{};
    std::chrono::milliseconds softAge{};
  };

  Age ageOf(const Held& held, Moment now) const noexcept;

  const KeyCacheOptions options_;
  liveblocks::detail::Published<Held> held_;
};

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
