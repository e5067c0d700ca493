/// What Ably's signers have in common.
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
namespace ably {

/// `appId.keyId:secret`. Immutable, thread-safe.
class ApiKey {
 public:
  /// White space and quotes around it are taken off. Throws `std::invalid_argument` when it is anything else.
  explicit ApiKey(const Secret& text);

  /// `appId.keyId`, which is public.
  const std::string& name() const noexcept { return name_; }

  /// What is signed with: the text as it is. It looks like base64url and is never decoded.
  std::string_view secret() const noexcept { return text_.reveal().substr(name_.size() + 1); }

  /// HMAC-SHA256 with the secret, raw bytes. `Errc::internal` when the crypto library refuses.
  Result<std::string> sign(std::string_view text) const;

 private:
  Secret text_;
  std::string name_;
};

/// Of a token, at most.
constexpr std::chrono::hours maxTtl{24};

struct SigningState {
  SigningState(const Secret& text, std::shared_ptr<const Clock> source)
      : key(text), clock(source ? std::move(source) : std::make_shared<const Clock>()) {}

  /// Since 1970.
  template <class Unit>
  Unit now() const {
    return std::chrono::floor<Unit>(clock->wall().time_since_epoch());
  }

  ApiKey key;
  std::shared_ptr<const Clock> clock;
};

/// As the params stand: they are not checked, and everything the key may do is left unsaid.
Result<std::string> signJwt(const ApiKey& key, const JwtParams& params, std::chrono::seconds issuedAt);

/// The nonce is of 16 characters or more, none of them a control character.
Result<TokenRequest> signTokenRequest(const ApiKey& key, const TokenParams& params, std::chrono::milliseconds timestamp,
                                      std::string nonce);

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
