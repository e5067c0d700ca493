/// @file
/// Signed requests for Ably tokens, which a client exchanges for a token itself.
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

/// What is asked for. Decide each of these on the server: what a client writes into the query of an `authUrl` is its
/// wish.
struct TokenParams {
  /// Who the bearer will be.
  ClientId clientId;
  /// What the bearer may do at most; Ably grants what the key may do of it.
  Capability capability;
  /// How long the token lives: 1 ms to 24 h. nullopt: Ably's default, 60 min. Keys with revocable tokens allow 1 h.
  std::optional<std::chrono::milliseconds> ttl = {};
};

/// A request that was signed. Good once, within 2 min of `timestamp`: never cache an answer that holds it.
struct LIVEBLOCKS_EXPORT TokenRequest {
  /// `appId.keyId`.
  std::string keyName;
  /// nullopt: left to Ably.
  std::optional<std::chrono::milliseconds> ttl;
  /// JSON text; nullopt: everything the key may do.
  std::optional<std::string> capability;
  /// nullopt: anonymous.
  std::optional<std::string> clientId;
  /// Since 1970.
  std::chrono::milliseconds timestamp{0};
  /// At least 16 characters, never used twice.
  std::string nonce;
  /// The signature: HMAC-SHA256 in base64.
  std::string mac;

  /// The answer of an `authUrl`, to be sent as `application/json`.
  std::string json() const;
};

/// Signs with an API key. Does no I/O. Cheap to copy. Thread-safe.
class LIVEBLOCKS_EXPORT TokenRequestSigner {
 public:
  /// Throws `std::invalid_argument` for a key that is not `appId.keyId:secret`. A null clock: the system's.
  explicit TokenRequestSigner(const Secret& key, std::shared_ptr<const Clock> clock = {});

  /// `Errc::invalidRequest`, with Ably's code 40003, for a time to live out of range and for a clock that stands before
  /// 1970; `Errc::internal` when the crypto library fails.
  Result<TokenRequest> sign(const TokenParams& params) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
