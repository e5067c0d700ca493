/// @file
/// How many verified session tokens are remembered, and how long. See docs/adr/0006-verified-token-cache.md.
#pragma once

#include <chrono>
#include <cstddef>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The cache of verified session tokens, which is off by default. A token that is in it is accepted without verifying
/// its signature and reading its claims again. Everything that can change is checked each time, as for any other token:
/// the key, `exp`, `nbf`, `iat`, and what the options and the request demand. So the cache accepts no token that would
/// be rejected without it. It contains no token that could be used again: of a signature it keeps a keyed hash.
struct TokenCacheOptions {
  /// The number of tokens, at most 1,000,000; 0 disables the cache. The least recently used token is removed first.
  /// Choose a fifth more than the number of users of one minute: the parts of a large cache are not filled evenly.
  std::size_t capacity = 0;
  /// The memory of all tokens, 64 KiB to 1 GiB. A token with 700 bytes of claims takes about 5 KiB. Tokens of more than
  /// 4 KiB are not cached.
  std::size_t maxBytes = std::size_t{32} << 20;
  /// A token is verified anew when its last verification is older, on `Clock::steady()`: 1 s to 24 h. It is never taken
  /// from the cache from `exp` on, which is a minute after Clerk issued it, unless its instance is configured
  /// otherwise.
  std::chrono::seconds maxAge{60};
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
