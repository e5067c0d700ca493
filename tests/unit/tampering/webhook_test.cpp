#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "tampering.hpp"

using namespace liveblocks;
using liveblocks_tests::tamper;

namespace {

/// Whether each change of a delivery is refused.
class Deliveries {
 public:
  explicit Deliveries(webhooks::HeaderFamily family) {
    const std::chrono::system_clock::time_point now{std::chrono::seconds(1735689600)};
    webhooks::VerifierOptions options;
    options.secrets = {signer_.secret()};
    options.clock = std::make_shared<testing::ManualClock>(now);
    // So that no change of the timestamp is refused for the time alone.
    options.tolerance = std::chrono::hours(1);
    verifier_ = std::make_unique<webhooks::Verifier>(options);
    testing::WebhookSpec spec;
    spec.body = R"({"type":"user.created","data":{"id":"user_1"}})";
    spec.sentAt = now;
    spec.family = family;
    good_ = signer_.sign(spec);
  }

  const testing::SignedWebhook& good() const { return good_; }

  bool accepts(const testing::SignedWebhook& delivery) const { return verifier_->verify(delivery.request()).ok(); }

  bool acceptsBody(const std::string& body) const {
    testing::SignedWebhook changed = good_;
    changed.body = body;
    return accepts(changed);
  }

  bool acceptsHeader(std::size_t index, const std::string& value) const {
    testing::SignedWebhook changed = good_;
    changed.headers.at(index).value = value;
    return accepts(changed);
  }

 private:
  testing::WebhookSigner signer_;
  testing::SignedWebhook good_;
  std::unique_ptr<webhooks::Verifier> verifier_;
};

webhooks::HeaderFamily anyFamily() { return GENERATE(webhooks::HeaderFamily::standard, webhooks::HeaderFamily::svix); }

bool isSignature(const http::Header& header) { return header.name.find("ignature") != std::string::npos; }

/// The entries between spaces.
std::vector<std::string> entriesOf(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> entries;
  for (std::string entry; std::getline(in, entry, ' ');) {
    if (!entry.empty()) entries.push_back(entry);
  }
  return entries;
}

}  // namespace

TEST_CASE("no change of one bit or byte of a webhook's body is accepted") {
  const Deliveries deliveries(anyFamily());
  REQUIRE(deliveries.accepts(deliveries.good()));
  const auto result = tamper(deliveries.good().body, liveblocks_tests::allBytes(),
                             [&](const std::string& body) { return deliveries.acceptsBody(body); });
  CHECK(result.tried > deliveries.good().body.size() * 500);
  CHECK(result.accepted.empty());
}

TEST_CASE("nor is one of its id and its timestamp") {
  const Deliveries deliveries(anyFamily());
  REQUIRE(deliveries.good().headers.size() == 3);
  for (std::size_t i = 0; i < deliveries.good().headers.size(); ++i) {
    const http::Header& header = deliveries.good().headers[i];
    if (isSignature(header)) continue;
    CAPTURE(header.name);
    const auto result = tamper(header.value, liveblocks_tests::allBytes(),
                               [&](const std::string& value) { return deliveries.acceptsHeader(i, value); });
    CHECK(result.tried > header.value.size() * 500);
    CHECK(result.accepted.empty());
  }
}

TEST_CASE("nor is one of its signature, but for a space, which begins an empty entry of the list") {
  const Deliveries deliveries(anyFamily());
  const auto& headers = deliveries.good().headers;
  const auto place = std::find_if(headers.begin(), headers.end(), isSignature);
  REQUIRE(place != headers.end());
  const auto index = static_cast<std::size_t>(place - headers.begin());
  const std::string signature = place->value;
  const auto result = tamper(signature, liveblocks_tests::allBytes(),
                             [&](const std::string& value) { return deliveries.acceptsHeader(index, value); });
  CHECK(result.tried > signature.size() * 500);
  for (const std::string& accepted : result.accepted) CHECK(entriesOf(accepted) == std::vector<std::string>{signature});
  CHECK(result.accepted == std::vector<std::string>{" " + signature, signature + " "});
}
