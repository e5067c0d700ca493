/// Deliveries that are signed as a vendor signs them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhooks/verifier.hpp>

namespace webhooks_tests {

namespace webhooks = liveblocks::webhooks;

inline constexpr std::int64_t sentAt = 1735689600;
inline constexpr std::string_view secret = "whsec_dGVzdF9zaWduaW5nX3NlY3JldF8zMl9jaGFyc19sb25n";

inline std::chrono::system_clock::time_point at(std::int64_t seconds) {
  return std::chrono::system_clock::time_point{std::chrono::seconds(seconds)};
}

/// An entry of the signature header.
inline std::string sign(std::string_view id, std::string_view timestamp, std::string_view body) {
  static const liveblocks::testing::WebhookSigner signer{liveblocks::Secret(secret)};
  return signer.signature(id, timestamp, body);
}

/// A delivery that can be changed.
struct Delivery {
  std::string family = "webhook-";
  std::string id = "msg_1";
  std::string timestamp = std::to_string(sentAt);
  std::string body = R"({"type":"user.created","data":{"id":"user_1"}})";
  std::string signatures = sign("msg_1", std::to_string(sentAt), body);
  /// Headers in addition to the three.
  std::vector<std::pair<std::string_view, std::string_view>> more = {};

  Delivery& signedAgain() {
    signatures = sign(id, timestamp, body);
    return *this;
  }
};

inline webhooks::VerifierOptions optionsAt(std::int64_t seconds) {
  webhooks::VerifierOptions options;
  options.secrets = {secret};
  options.clock = std::make_shared<liveblocks::testing::ManualClock>(at(seconds));
  return options;
}

inline liveblocks::Result<webhooks::Message> verify(const webhooks::Verifier& verifier, const Delivery& delivery) {
  const std::string idName = delivery.family + "id";
  const std::string timestampName = delivery.family + "timestamp";
  const std::string signatureName = delivery.family + "signature";
  liveblocks::http::RequestView request{"POST", "/webhooks", delivery.more, delivery.body};
  request.headers.emplace_back(idName, delivery.id);
  request.headers.emplace_back(timestampName, delivery.timestamp);
  request.headers.emplace_back(signatureName, delivery.signatures);
  return verifier.verify(request);
}

/// Verifies at the time of signing, with the fixture's secret.
inline liveblocks::Result<webhooks::Message> verify(const Delivery& delivery) {
  return verify(webhooks::Verifier(optionsAt(sentAt)), delivery);
}

}  // namespace webhooks_tests
