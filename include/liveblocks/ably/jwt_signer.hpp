/// @file
/// Signs Ably JWTs, which clients use without an exchange.
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

/// The content of the token. Its bearer can read all of it.
struct JwtParams {
  /// The identity of the bearer.
  ClientId clientId;
  /// The capability of the bearer. `Capability::allKeyCapabilities()` is refused: a JWT must name its grants.
  Capability capability;
  /// The lifetime: 1 s to 24 h. Keys with revocable tokens allow 1 h.
  std::chrono::seconds ttl = std::chrono::hours(1);
  /// Tokens with the same revocation key can be revoked together. Not empty, without control characters.
  std::optional<std::string> revocationKey = {};
};

/// Signs with an API key (HS256, RFC 7518 section 3.2). Does no I/O. Cheap to copy. Thread-safe.
class LIVEBLOCKS_EXPORT JwtSigner {
 public:
  /// The size limit of a token, in bytes: it is sent in headers and queries.
  static constexpr std::size_t maxBytes = 8192;

  /// Throws `std::invalid_argument` for a key that is not `appId.keyId:secret`. With a null clock the system's is used.
  explicit JwtSigner(const Secret& key, std::shared_ptr<const Clock> clock = {});

  /// Signs the token, to be sent as `application/jwt`. Returns `Errc::invalidRequest`, with Ably's code 40003 or 40144,
  /// for params out of range, a token of more than `maxBytes` and a clock that is before 1970; `Errc::internal` when
  /// the crypto library fails.
  Result<std::string> sign(const JwtParams& params) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
