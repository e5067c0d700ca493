/// JSON Web Key Sets (RFC 7517 section 5), and the request that fetches one.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "crypto/rsa_public_key.hpp"
#include "http/attempt.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {

constexpr std::size_t maxDocumentSize = std::size_t{256} << 10;
constexpr std::size_t maxKeys = 64;

using KeyPointer = std::shared_ptr<const crypto::RsaPublicKey>;

/// Immutable.
class KeySet {
 public:
  /// Skips keys that are of another type than RSA, have no `kid`, are for another use or algorithm, are private, or
  /// whose numbers are refused. `Errc::malformed` when the document is no JWK Set, is too large, leaves no usable key,
  /// or has two usable keys with one `kid`. `Errc::internal` when OpenSSL cannot build a key: a set without it would
  /// make its tokens invalid. Keys that `previous` has too are taken over from there.
  static Result<KeySet> parse(std::string_view json, const KeySet* previous = nullptr);

  /// Null when no key has that id.
  KeyPointer find(std::string_view keyId) const;

  std::size_t size() const noexcept { return entries_.size(); }
  /// Keys of the document that were not usable.
  std::size_t skipped() const noexcept { return skipped_; }

 private:
  struct Entry {
    std::string keyId;
    /// As the document has them, in base64url.
    std::string modulus;
    std::string exponent;
    KeyPointer key;
  };

  static std::optional<Entry> read(std::string_view text);
  /// Null for numbers that are refused.
  static Result<KeyPointer> build(const Entry& entry);
  KeyPointer findSame(const Entry& wanted) const;
  std::optional<Error> add(std::string_view jwk, const KeySet* previous);

  std::vector<Entry> entries_;
  std::size_t skipped_ = 0;
};

struct FetchedKeys {
  std::shared_ptr<const KeySet> keys;
  /// What `Cache-Control: max-age` (RFC 9111 §5.2.2.1) says.
  std::optional<std::chrono::seconds> maxAge;
};

/// Sends `request` until the deadline, again after passing troubles if `repeats`. Only a JWK Set under status 200 will
/// do; redirects are not followed. 401 and 403 are `Errc::secretKeyRejected` when the request carried credentials.
Result<FetchedKeys> fetchKeySet(http::Transport& transport, const http::Request& request, Deadline deadline,
                                const KeySet* previous, const Clock& clock, bool repeats = true,
                                const http::detail::Watch& watch = {});

using KeySetCallback = std::function<void(Result<FetchedKeys>)>;

/// The asynchronous twin, which completes as `http::detail::startWithRetry()` does.
void startFetchingKeySet(std::shared_ptr<http::Transport> transport, http::Request request, Deadline deadline,
                         std::shared_ptr<const KeySet> previous, std::shared_ptr<const Clock> clock,
                         KeySetCallback done, bool repeats = true, const http::detail::Watch& watch = {});

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
