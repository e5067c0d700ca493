/// @file
/// Ably JWTs: tokens that a client uses as they are, without an exchange.
/// https://ably.com/docs/auth/token/jwt
#pragma once

#include <chrono>
#include <cstddef>
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

/// What the token says. Its bearer can read all of it.
struct JwtParams {
  /// Who the bearer is.
  ClientId clientId;
  /// What the bearer may do. `Capability::allKeyCapabilities()` is refused: a JWT has to say it.
  Capability capability;
  /// How long it is good: 1 s to 24 h. Keys with revocable tokens allow 1 h.
  std::chrono::seconds ttl = std::chrono::hours(1);
  /// Tokens with the same key can be revoked together. Not empty, no control characters.
  std::optional<std::string> revocationKey = {};
};

/// Signs with an API key (HS256, RFC 7518 section 3.2). Does no I/O. Cheap to copy. Thread-safe.
class LIVEBLOCKS_EXPORT JwtSigner {
 public:
  /// Bytes of a token, at most: it travels in headers and queries.
  static constexpr std::size_t maxBytes = 8192;

  /// Throws `std::invalid_argument` for a key that is not `appId.keyId:secret`. A null clock: the system's.
  explicit JwtSigner(const Secret& key, std::shared_ptr<const Clock> clock = {});

  /// The token, to be sent as `application/jwt`. `Errc::invalidRequest`, with Ably's code 40003 or 40144, for params
  /// out of range, a token of more than `maxBytes` and a clock that stands before 1970; `Errc::internal` when the
  /// crypto library fails.
  Result<std::string> sign(const JwtParams& params) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
