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
  /// The body, which is signed as it is. Liveblocks and Clerk send `{"type":...,"data":{...}}`.
  std::string body = "{}";
  /// The id of an earlier delivery repeats it; empty for a new id.
  std::string id = {};
  /// The time in the signature, in whole seconds. Default: now.
  std::optional<std::chrono::system_clock::time_point> sentAt = {};
  /// Selects the header names of Liveblocks or of Clerk.
  webhooks::HeaderFamily family = webhooks::HeaderFamily::standard;
};

/// A signed delivery. Tests of failures may change its members.
struct SignedWebhook {
  /// The signed id, for `WebhookSpec::id` of a repeated delivery. Changing it here has no effect on the headers.
  std::string id;
  /// The id, the timestamp and the signature.
  std::vector<http::Header> headers;
  /// The signed bytes.
  std::string body;

  /// Returns a POST request that refers to this delivery.
  LIVEBLOCKS_EXPORT http::RequestView request(std::string_view url = "/webhooks") const&;
  /// Deleted because the request would refer to a temporary: keep the delivery in a variable.
  http::RequestView request(std::string_view url = "/webhooks") const&& = delete;
};

/// Signs webhooks by the Standard Webhooks scheme. Cheap to copy, immutable, thread-safe. All members throw
/// `std::runtime_error` if the crypto library fails.
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
class LIVEBLOCKS_EXPORT WebhookSigner {
 public:
  /// Generates a secret of 24 random bytes.
  WebhookSigner();
  /// Throws `std::invalid_argument` for a secret that `webhooks::Verifier` rejects or that has anything around it.
  explicit WebhookSigner(Secret secret);

  /// `whsec_...`, for `webhooks::VerifierOptions::secrets`.
  const Secret& secret() const noexcept;

  /// Signs a delivery.
  SignedWebhook sign(const WebhookSpec& spec) const;

  /// Returns `v1,` and the signature of any strings, even invalid ones. A header may contain several signatures,
  /// separated by spaces, such as those of two signers during a rotation.
  std::string signature(std::string_view id, std::string_view timestamp, std::string_view body) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
