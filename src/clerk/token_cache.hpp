/// A cache of verified session tokens. See docs/adr/0006-verified-token-cache.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/token_cache_options.hpp>
#include <liveblocks/core/clock.hpp>

#include "clerk/key_source.hpp"
#include "crypto/sip_hash.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// A larger token is not cached.
constexpr std::size_t maxCachedToken = std::size_t{4} << 10;

/// What was found out about a token, which depends on nothing but its bytes and the key.
struct VerifiedToken {
  /// The `kid` of its header.
  SessionKeys::KeyId keyId;
  /// The key that its signature is valid under.
  jwks::KeyPointer key;
  /// Its claims, all of which have been read.
  std::shared_ptr<const SessionClaims::State> session;
};

/// Remembers what was found out about the tokens that were used most recently. A caller who finds a token must still
/// look up the key and compare it, and have the claims validated: see `SessionTokenVerifier::verify()`. Thread-safe.
///
/// A token is found only if all of it is the same: the signed text is compared, and of the signature a hash of 128 bits
/// under a random key. So there is no signature in memory, and nobody can choose tokens that share a place in the
/// index.
class TokenCache {
 public:
  using Pointer = std::shared_ptr<const VerifiedToken>;

  /// Null if the options disable the cache. Throws `std::runtime_error` if there are no random numbers.
  static std::shared_ptr<TokenCache> make(const TokenCacheOptions& options, std::shared_ptr<const Clock> clock);

  TokenCache(const TokenCacheOptions& options, std::shared_ptr<const Clock> clock);

  /// Null if the token is not there, has expired at the time `now`, or was verified too long ago. Allocates nothing.
  Pointer find(std::string_view token, std::chrono::system_clock::time_point now);

  /// Takes up a token that has just been verified, unless it is too large. If there is no memory, it is not cached.
  void store(std::string_view token, VerifiedToken verified) noexcept;

 private:
  struct Entry : VerifiedToken {
    crypto::SipTag tag;
    /// All of the token but the signature.
    std::string signedText;
    std::chrono::steady_clock::time_point verifiedAt;
    /// What it takes of `maxBytes`.
    std::size_t bytes;
  };
  using EntryPointer = std::shared_ptr<const Entry>;

  /// A part of the cache with a lock of its own, so that threads rarely wait for each other. Thread-safe.
  class Shard {
   public:
    Shard(std::size_t capacity, std::size_t maxBytes);

    /// Null if there is none. The entry becomes the most recently used one.
    EntryPointer find(const crypto::SipTag& tag);
    /// Makes space for an entry, which replaces one with the same tag. If it throws, it has changed nothing.
    void insert(const EntryPointer& entry);

    std::size_t maxBytes() const noexcept { return maxBytes_; }

   private:
    /// The most recently used entry is the first.
    using Entries = std::list<EntryPointer>;
    struct TagHash {
      std::size_t operator()(const crypto::SipTag& tag) const noexcept { return static_cast<std::size_t>(tag[0]); }
    };

    /// Moves the last entry to `removed`, to be destroyed without the lock.
    void removeLast(Entries& removed) noexcept;

    const std::size_t capacity_;
    const std::size_t maxBytes_;
    std::mutex mutex_;
    Entries entries_;
    std::unordered_map<crypto::SipTag, Entries::iterator, TagHash> index_;
    std::size_t bytes_ = 0;
  };

  Shard& shardOf(const crypto::SipTag& tag) noexcept;
  bool isCurrent(const Entry& entry, std::chrono::system_clock::time_point now) const;

  const std::chrono::seconds maxAge_;
  const std::shared_ptr<const Clock> clock_;
  const crypto::SipKey hashKey_;
  std::deque<Shard> shards_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
