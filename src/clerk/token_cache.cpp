#include "clerk/token_cache.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "clerk/claims_validator.hpp"
#include "crypto/hash.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

constexpr std::size_t maxShards = 16;
/// The least that a shard has: tokens are not spread evenly, so that small shards would be full long before the cache
/// is.
constexpr std::size_t minShardCapacity = 1000;
constexpr std::size_t minShardBytes = std::size_t{1} << 20;

/// Nodes of the list and the index, and what a heap adds to each piece of memory.
constexpr std::size_t overhead = 256;

std::size_t shardCount(const TokenCacheOptions& options) noexcept {
  const std::size_t count = std::min(options.capacity / minShardCapacity, options.maxBytes / minShardBytes);
  return std::clamp(count, std::size_t{1}, maxShards);
}

struct TokenParts {
  std::string_view signedText;
  std::string_view signature;
};

/// nullopt for a string that is no token, or too large for the cache.
std::optional<TokenParts> partsOf(std::string_view token) noexcept {
  constexpr std::size_t npos = std::string_view::npos;
  const std::size_t first = token.size() > maxCachedToken ? npos : token.find('.');
  const std::size_t second = first == npos ? npos : token.find('.', first + 1);
  if (second == npos) return std::nullopt;
  return TokenParts{token.substr(0, second), token.substr(second + 1)};
}

crypto::SipKey randomKey() {
  const std::optional<std::string> bytes = crypto::randomBytes(sizeof(crypto::SipKey));
  if (!bytes) throw std::runtime_error("the crypto library has no random numbers, which a token cache needs");
  return {crypto::littleEndianWord(bytes->data()), crypto::littleEndianWord(bytes->data() + sizeof(std::uint64_t))};
}

std::size_t memoryOf(const std::string& text) noexcept { return sizeof(std::string) + text.capacity(); }

std::size_t memoryOf(const std::vector<std::string>& texts) noexcept {
  std::size_t size = sizeof(std::vector<std::string>) + texts.capacity() * sizeof(std::string);
  for (const std::string& text : texts) size += text.capacity();
  return size;
}

/// The memory that claims take, within some bytes for each string.
std::size_t memoryOf(const SessionClaims::State& session) noexcept {
  std::size_t size = sizeof(session) + session.claims.size();
  for (const std::string* text : {&session.subject, &session.issuer, &session.authorizedParty, &session.sessionId,
                                  &session.plans, &session.features}) {
    size += memoryOf(*text);
  }
  size += memoryOf(session.audience);
  if (const auto& actor = session.actor)
    size += memoryOf(actor->userId) + memoryOf(actor->sessionId) + memoryOf(actor->type);
  if (const auto& organization = session.organization) {
    size += memoryOf(organization->id) + memoryOf(organization->role) + memoryOf(organization->slug) +
            memoryOf(organization->permissions);
  }
  return size;
}

}  // namespace

std::shared_ptr<TokenCache> TokenCache::make(const TokenCacheOptions& options, std::shared_ptr<const Clock> clock) {
  return options.capacity > 0 ? std::make_shared<TokenCache>(options, std::move(clock)) : nullptr;
}

TokenCache::TokenCache(const TokenCacheOptions& options, std::shared_ptr<const Clock> clock)
    : maxAge_(options.maxAge), clock_(std::move(clock)), hashKey_(randomKey()) {
  const std::size_t count = shardCount(options);
  for (std::size_t i = 0; i < count; ++i) shards_.emplace_back(options.capacity / count, options.maxBytes / count);
}

TokenCache::Shard& TokenCache::shardOf(const crypto::SipTag& tag) noexcept {
  return shards_[static_cast<std::size_t>(tag[1] % shards_.size())];
}

TokenCache::Pointer TokenCache::find(std::string_view token, std::chrono::system_clock::time_point now) {
  const auto parts = partsOf(token);
  if (!parts) return nullptr;
  const crypto::SipTag tag = crypto::sipHash(hashKey_, parts->signature);
  EntryPointer entry = shardOf(tag).find(tag);
  if (entry == nullptr || entry->signedText != parts->signedText || !isCurrent(*entry, now)) return nullptr;
  return entry;
}

// The accepted difference between clocks is no reason to use the cache for longer.
bool TokenCache::isCurrent(const Entry& entry, std::chrono::system_clock::time_point now) const {
  const auto time = clock_->steady();
  const bool isRecent = time >= entry.verifiedAt && time - entry.verifiedAt < maxAge_;
  return isRecent && now < jwt::toTimePoint(entry.session->expiresAt);
}

void TokenCache::store(std::string_view token, VerifiedToken verified) noexcept {
  const auto parts = partsOf(token);
  if (!parts) return;
  const crypto::SipTag tag = crypto::sipHash(hashKey_, parts->signature);
  Shard& shard = shardOf(tag);
  try {
    Entry entry{std::move(verified), tag, std::string(parts->signedText), clock_->steady(), 0};
    const std::size_t keyIdSize = entry.keyId ? entry.keyId->capacity() : 0;
    entry.bytes = overhead + sizeof(entry) + entry.signedText.capacity() + keyIdSize + memoryOf(*entry.session);
    if (entry.bytes <= shard.maxBytes()) shard.insert(std::make_shared<const Entry>(std::move(entry)));
  } catch (...) {
    // It is verified anew the next time.
  }
}

// The index never grows, which would take long while others wait for the lock.
TokenCache::Shard::Shard(std::size_t capacity, std::size_t maxBytes) : capacity_(capacity), maxBytes_(maxBytes) {
  index_.reserve(capacity + 1);
}

TokenCache::EntryPointer TokenCache::Shard::find(const crypto::SipTag& tag) {
  const std::lock_guard lock(mutex_);
  const auto found = index_.find(tag);
  if (found == index_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return *found->second;
}

void TokenCache::Shard::insert(const EntryPointer& entry) {
  const Entry& content = *entry;
  Entries added(1, entry);
  Entries removed;
  const std::lock_guard lock(mutex_);
  const auto [place, isNew] = index_.try_emplace(content.tag, added.begin());
  if (!isNew) {
    bytes_ -= (*place->second)->bytes;
    removed.splice(removed.begin(), entries_, std::exchange(place->second, added.begin()));
  }
  entries_.splice(entries_.begin(), added);
  bytes_ += content.bytes;
  while (entries_.size() > capacity_ || bytes_ > maxBytes_) removeLast(removed);
}

void TokenCache::Shard::removeLast(Entries& removed) noexcept {
  const auto last = std::prev(entries_.end());
  bytes_ -= (*last)->bytes;
  index_.erase((*last)->tag);
  removed.splice(removed.begin(), entries_, last);
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
