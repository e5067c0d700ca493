/// Ably's API keys.
#pragma once

#include <string>
#include <string_view>

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

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
