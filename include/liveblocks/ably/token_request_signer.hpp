/// @file
/// Signs requests for Ably tokens, which clients exchange for a token.
/// https://ably.com/docs/api/token-request-spec
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/ably/capability.hpp>
#include <liveblocks/ably/client_id.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// The content of the request. Decide each of these on the server: the client chooses the query of
/// an `authUrl`.
struct TokenParams {
  /// The identity of the bearer.
  ClientId clientId;
  /// The capability of the bearer; Ably restricts it to the capabilities of the key.
  Capability capability;
  /// The lifetime of the token: 1 ms to 24 h. nullopt: Ably's default, 60 min. Keys with revocable tokens allow 1 h.
  std::optional<std::chrono::milliseconds> ttl = {};
};

/// A signed request. Valid once, within 2 min of `timestamp`: never cache a response that contains it.
struct LIVEBLOCKS_EXPORT TokenRequest {
  /// The name of the key, `appId.keyId`.
  std::string keyName;
  /// The lifetime; nullopt for the default of Ably.
  std::optional<std::chrono::milliseconds> ttl;
  /// The capability as JSON text; nullopt for everything that the key may do.
  std::optional<std::string> capability;
  /// The client id; nullopt for an anonymous bearer.
  std::optional<std::string> clientId;
  /// The time of signing, since 1970.
  std::chrono::milliseconds timestamp{0};
  /// A random string of at least 16 characters, never used twice.
  std::string nonce;
  /// The signature: HMAC-SHA256 in base64.
  std::string mac;

  /// The response of an `authUrl`, to be sent as `application/json`.
  std::string json() const;
};

/// Signs with an API key. Does no I/O. Cheap to copy. Thread-safe.
class LIVEBLOCKS_EXPORT TokenRequestSigner {
 public:
  /// Throws `std::invalid_argument` for a key that is not `appId.keyId:secret`. With a null clock the system's is used.
  explicit TokenRequestSigner(const Secret& key, std::shared_ptr<const Clock> clock = {});

  /// Signs a request. Returns `Errc::invalidRequest`, with Ably's code 40003, for a lifetime out of range and for a
  /// clock that is before 1970; `Errc::internal` when the crypto library fails.
  Result<TokenRequest> sign(const TokenParams& params) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
