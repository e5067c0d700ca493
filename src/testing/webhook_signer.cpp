#include <liveblocks/testing/webhook_signer.hpp>

#include <stdexcept>
#include <utility>

#include <openssl/hmac.h>

#include "core/base64.hpp"
#include "crypto/hash.hpp"
#include "crypto/openssl.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

constexpr std::string_view secretPrefix = "whsec_";
/// A multiple of 3, so that base64 needs no padding.
constexpr std::size_t secretBytes = 24;

const unsigned char* bytesOf(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Returns an empty string for invalid base64.
std::string keyOf(const Secret& secret) {
  constexpr base64::Policy encoding{base64::Alphabet::either, base64::Padding::optional,
                                    base64::TrailingBits::ignoredDigit};
  std::string_view text = secret.reveal();
  if (text.substr(0, secretPrefix.size()) == secretPrefix) text.remove_prefix(secretPrefix.size());
  return base64::decode(text, encoding).value_or("");
}

Secret makeSecret() {
  const auto bytes = crypto::randomBytes(secretBytes);
  if (!bytes) throw std::runtime_error("the crypto library failed");
  return Secret(std::string(secretPrefix) + base64::encode(*bytes));
}

std::string timestampOf(const WebhookSpec& spec) {
  const auto sentAt = spec.sentAt.value_or(std::chrono::system_clock::now());
  return std::to_string(std::chrono::floor<std::chrono::seconds>(sentAt.time_since_epoch()).count());
}

}  // namespace

struct WebhookSigner::State {
  Secret secret;
  std::string key;
};

WebhookSigner::WebhookSigner() : WebhookSigner(makeSecret()) {}

WebhookSigner::WebhookSigner(Secret secret) {
  webhooks::VerifierOptions options;
  options.secrets = {secret};
  // Throws for an invalid secret and says why.
  const webhooks::Verifier verifier(options);
  std::string key = keyOf(secret);
  state_ = std::make_shared<const State>(State{std::move(secret), std::move(key)});
  const SignedWebhook webhook = sign({});
  if (!verifier.verify(webhook.request())) {
    throw std::invalid_argument("a webhook secret consists of whsec_ and base64, with nothing around it");
  }
}

const Secret& WebhookSigner::secret() const noexcept { return state_->secret; }

SignedWebhook WebhookSigner::sign(const WebhookSpec& spec) const {
  const std::string names = spec.family == webhooks::HeaderFamily::svix ? "svix-" : "webhook-";
  const std::string id = spec.id.empty() ? "msg_" + randomText() : spec.id;
  const std::string timestamp = timestampOf(spec);
  return {id,
          {{names + "id", id},
           {names + "timestamp", timestamp},
           {names + "signature", signature(id, timestamp, spec.body)}},
          spec.body};
}

std::string WebhookSigner::signature(std::string_view id, std::string_view timestamp, std::string_view body) const {
  std::string text;
  for (const std::string_view part : {id, std::string_view("."), timestamp, std::string_view("."), body}) text += part;
  const std::string& key = state_->key;
  std::string code(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  const crypto::ErrorQueueGuard guard;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytesOf(text), text.size(),
           reinterpret_cast<unsigned char*>(code.data()), &size) == nullptr) {
    throw std::runtime_error("the crypto library failed");
  }
  code.resize(size);
  return "v1," + base64::encode(code);
}

http::RequestView SignedWebhook::request(std::string_view url) const& {
  return http::RequestView::from("POST", url, headers, body);
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
