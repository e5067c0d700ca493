/// @file
/// Sources of the keys that verify Clerk's session tokens.
/// https://clerk.com/docs/backend-requests/manual-jwt
#pragma once

#include <memory>
#include <string_view>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/jwks/key_cache_options.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using jwks::KeyCacheOptions;

/// Describes where keys come from. Each verifier that is made from it has its own cache. Cheap to copy, immutable.
class LIVEBLOCKS_EXPORT KeySource {
 public:
  /// An RSA public key of 2048 to 8192 bits, as in `CLERK_JWT_KEY`: PEM ("PUBLIC KEY" or "RSA PUBLIC KEY") with real or
  /// escaped line ends, quoted or not, or its base64 body alone. Does no I/O.
  /// Throws `std::invalid_argument` with a message that says what was passed instead.
  static KeySource pem(std::string_view text);

  /// A JWK Set (RFC 7517 section 5). Does no I/O. Throws `std::invalid_argument` if it has no usable key.
  static KeySource jwks(std::string_view json);

  /// `GET <apiUrl>/v1/jwks` with the instance's secret key.
  /// Throws `std::invalid_argument` for an invalid secret key, an invalid URL, or a null transport.
  static KeySource backendApi(const Secret& secretKey, std::string_view apiUrl = "https://api.clerk.com",
                              std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// `GET https://<frontend API>/.well-known/jwks.json`, without a secret; the host is part of the publishable key
  /// (`pk_...`). Throws `std::invalid_argument` for an invalid publishable key or a null transport.
  static KeySource frontendApi(std::string_view publishableKey,
                               std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// @cond
  struct State;
  /// @endcond

 private:
  friend class Client;
  friend class RequestAuthenticator;
  friend class SessionVerifier;
  explicit KeySource(std::shared_ptr<const State> state) noexcept;

  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
