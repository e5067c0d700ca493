/// @file
/// Webhooks as Liveblocks and Clerk sign them. Part of the target `liveblocks::testing`.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/webhooks/verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// A delivery to sign.
struct WebhookSpec {
  /// Signed as it is. Of Liveblocks and Clerk: `{"type":...,"data":{...}}`.
  std::string body = "{}";
  /// Give the one of an earlier delivery to repeat it. Empty: one that no delivery had before.
  std::string id = {};
  /// In whole seconds. Default: now.
  std::optional<std::chrono::system_clock::time_point> sentAt = {};
  /// The names of the headers: those of Liveblocks, or of Clerk.
  webhooks::HeaderFamily family = webhooks::HeaderFamily::standard;
};

/// A delivery that was signed, to be sent or handed to what takes webhooks. Change what is in it to spoil it.
struct SignedWebhook {
  /// The one that was signed, to repeat it as `WebhookSpec::id`. Changing it here changes nothing else.
  std::string id;
  /// Id, timestamp, signature.
  std::vector<http::Header> headers;
  /// The bytes that were signed.
  std::string body;

  /// As a POST; borrows from this delivery.
  LIVEBLOCKS_EXPORT http::RequestView request(std::string_view url = "/webhooks") const&;
  /// What it borrows would be gone: keep the delivery in a variable.
  http::RequestView request(std::string_view url = "/webhooks") const&& = delete;
};

/// Signs webhooks after the Standard Webhooks scheme. Cheap to copy, immutable, thread-safe. All throw
/// `std::runtime_error` when the crypto library refuses.
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
class LIVEBLOCKS_EXPORT WebhookSigner {
 public:
  /// Makes a secret of 24 random bytes.
  WebhookSigner();
  /// Throws `std::invalid_argument` for what is no secret to `webhooks::Verifier`, and for one with anything around it.
  explicit WebhookSigner(Secret secret);

  /// `whsec_...`, for `webhooks::VerifierOptions::secrets`.
  const Secret& secret() const noexcept;

  /// Signs a delivery.
  SignedWebhook sign(const WebhookSpec& spec) const;

  /// `v1,` and the signature of any texts at all, however little sense they make. A header may hold several, separated
  /// by blanks, such as those of two signers during a rotation.
  std::string signature(std::string_view id, std::string_view timestamp, std::string_view body) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
