/// The parts that the signers of Ably share.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/ably/jwt_signer.hpp>
#include <liveblocks/ably/token_request_signer.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably::detail {

/// An API key, `appId.keyId:secret`. Immutable, thread-safe.
class ApiKey {
 public:
  /// Removes white space and quotes around the key. Throws `std::invalid_argument` for an invalid key.
  explicit ApiKey(const Secret& text);

  /// The name, `appId.keyId`, which is public.
  const std::string& name() const noexcept { return name_; }

  /// The secret to sign with. It looks like base64url and is never decoded.
  std::string_view secret() const noexcept { return text_.reveal().substr(name_.size() + 1); }

  /// Returns the bytes of the HMAC-SHA256 with the secret. `Errc::internal` when the crypto library fails.
  Result<std::string> sign(std::string_view text) const;

 private:
  Secret text_;
  std::string name_;
};

/// The longest lifetime of a token.
constexpr std::chrono::hours maxTtl{24};

/// The state of a signer.
struct SigningState {
  SigningState(const Secret& text, std::shared_ptr<const Clock> source)
      : key(text), clock(source ? std::move(source) : std::make_shared<const Clock>()) {}

  /// The time since 1970.
  template <class Unit>
  Unit now() const {
    return std::chrono::floor<Unit>(clock->wall().time_since_epoch());
  }

  ApiKey key;
  std::shared_ptr<const Clock> clock;
};

/// Signs the parameters without checking them. `Capability::allKeyCapabilities()` is left out of the token.
Result<std::string> signJwt(const ApiKey& key, const JwtParams& params, std::chrono::seconds issuedAt);

/// The nonce must have 16 characters or more, and no control characters.
Result<TokenRequest> signTokenRequest(const ApiKey& key, const TokenParams& params, std::chrono::milliseconds timestamp,
                                      std::string nonce);

}  // namespace ably::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
