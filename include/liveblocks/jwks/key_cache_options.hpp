/// @file
/// How long fetched keys are used, and how long callers wait for them. See docs/adr/0003-key-cache.md.
#pragma once

#include <chrono>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {

/// Ages and waits of fetched keys. The ages are measured on `Clock::steady()`.
struct KeyCacheOptions {
  /// Older keys are still used, while one caller fetches new ones and waits at most 1 s for them. Each set is taken to
  /// be that old after 80 to 100 % of this time, so that many programs do not fetch at the same time.
  std::chrono::seconds softAge{300};
  /// Older keys are used only when fetching new ones failed.
  std::chrono::seconds hardAge{600};
  /// Older keys are never used. At least `hardAge`; equal switches the grace off.
  std::chrono::seconds staleIfError{3600};
  /// An unknown `kid` leads to a fetch at most this often.
  std::chrono::seconds cooldown{30};
  /// The longest that one caller without usable keys waits for a fetch, and never past its deadline; more than 0, at
  /// most 24 h. Where keys beyond `hardAge` can still be used if the fetch fails, it is 2 s. A caller whose deadline is
  /// shorter than the server's response time never gets keys: give it more time, or call `refreshKeys()` with more.
  std::chrono::milliseconds fetchTimeout{30000};
};

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
