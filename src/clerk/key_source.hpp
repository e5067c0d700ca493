/// The private part of `KeySource`, and the keys that it stands for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>

#include "core/event_sink.hpp"
#include "crypto/rsa_public_key.hpp"
#include "jwks/key_cache.hpp"
#include "jwks/key_set.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

/// The URL of a JWK Set, and how to fetch it.
struct RemoteKeys {
  std::shared_ptr<http::Transport> transport;
  std::string url;
  /// Empty: the set is public.
  Secret secretKey;
};

class SessionKeys;
class TokenCache;

}  // namespace detail

struct KeySource::State {
  std::variant<jwks::KeyPointer, jwks::KeySet, detail::RemoteKeys> keys;
  /// `iss` of the tokens, if the source determines it.
  std::string issuer = {};
  /// The keys that all verifiers of this source share; null if each has its own cache.
  std::shared_ptr<const detail::SessionKeys> shared = {};
  /// The verified tokens that they share together with the keys; null if they cache none.
  std::shared_ptr<detail::TokenCache> sharedTokens = {};
};

namespace detail {

/// Finds keys by their id, whatever the kind of source. A PEM key has no id, so the id of the token is ignored; in a
/// JWK Set a key is found by its id alone. Thread-safe.
class SessionKeys {
 public:
  using KeyId = std::optional<std::string>;

  SessionKeys(const KeySource::State& source, const KeyCacheOptions& options, const std::shared_ptr<const Clock>& clock,
              const Log& log, const liveblocks::detail::EventSinkPointer& events = {});

  /// Fetches keys if necessary, until the deadline.
  Result<jwks::KeyPointer> find(const KeyId& keyId, Deadline deadline) const;

  /// The same if it takes no waiting; else nullopt, and `findAsync()` goes on from there.
  std::optional<Result<jwks::KeyPointer>> findNow(const KeyId& keyId, Deadline deadline) const;

  /// As `jwks::KeyCache::findAsync()`. Only for an id that `findNow()` did not find.
  void findAsync(const std::string& keyId, const http::detail::AsyncWait& wait, jwks::KeyCache::Done done) const;

  /// Does no I/O: nullopt where `find()` would fetch keys and depend on the outcome.
  std::optional<Result<jwks::KeyPointer>> findLocally(const KeyId& keyId) const;

  Result<void> refresh(Deadline deadline) const;

  /// As `jwks::KeyCache::refreshAsync()`.
  void refreshAsync(const http::detail::AsyncWait& wait, jwks::KeyCache::Done done) const;

  /// That which keys are fetched by; null if none are.
  const std::shared_ptr<http::Transport>& transport() const noexcept { return transport_; }

 private:
  using Cache = std::shared_ptr<jwks::KeyCache>;

  /// If the keys are not in a cache.
  Result<jwks::KeyPointer> findFixed(const KeyId& keyId) const;
  /// Null if there is none, or if it need not be asked.
  jwks::KeyCache* cacheFor(const KeyId& keyId) const;

  std::variant<jwks::KeyPointer, jwks::KeySet, Cache> keys_;
  std::shared_ptr<http::Transport> transport_;
};

/// For the log.
constexpr std::string_view keysNotRefreshed = "the keys could not be refreshed";

/// As `SessionVerifier::refreshKeysAsync()`.
void refreshKeysAsync(const std::shared_ptr<const SessionKeys>& keys, const Log& log, Callback<Result<void>> done,
                      const AsyncOptions& options);

/// The error where keys would have to be fetched and may not be.
Error keysMustBeFetched();

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
