// Deliveries: their verification and the claim of their id.

#include <liveblocks/testing/event_recorder.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"

namespace lb = liveblocks;
namespace webhooks = liveblocks::webhooks;
using Lines = std::vector<std::string>;

namespace {

class BrokenStore : public webhooks::SeenStore {
 public:
  lb::Result<webhooks::SeenState> claim(std::string_view, std::string_view, std::chrono::seconds,
                                        lb::Deadline) override {
    throw std::runtime_error("broken");
  }
  lb::Result<void> done(std::string_view, std::string_view, std::chrono::seconds, lb::Deadline) override { return {}; }
  lb::Result<void> release(std::string_view, std::string_view, lb::Deadline) override { return {}; }
};

struct WebhookFixture {
  lb::testing::EventRecorder recorder;
  lb::testing::WebhookSigner signer;

  lb::Result<webhooks::Message> verify(const lb::testing::SignedWebhook& webhook) const {
    webhooks::VerifierOptions options;
    options.secrets = {signer.secret()};
    options.events = recorder.events();
    return webhooks::Verifier(options).verify(webhook.request());
  }
};

}  // namespace

TEST_CASE_METHOD(WebhookFixture, "a delivery is verified, or refused with its code") {
  auto webhook = signer.sign({});
  std::string outcome;
  SECTION("genuine") { outcome = "verified"; }
  SECTION("changed") {
    webhook.body += ' ';
    outcome = "bad_webhook_signature";
  }
  SECTION("without headers") {
    webhook.headers.clear();
    outcome = "invalid_request";
  }
  SECTION("old") {
    lb::testing::WebhookSpec spec;
    spec.sentAt = std::chrono::system_clock::now() - std::chrono::hours(1);
    webhook = signer.sign(spec);
    outcome = "webhook_too_old";
  }
  CHECK(verify(webhook).operator bool() == (outcome == "verified"));
  CHECK(recorder.lines() == Lines{"webhook webhooks.verify " + outcome});
}

TEST_CASE_METHOD(WebhookFixture, "a claim has the state of its id") {
  webhooks::DeduplicatorOptions options;
  options.events = recorder.events();
  const webhooks::Deduplicator deduplicator(options);
  const webhooks::Message message{"msg_1", {}, "{}"};
  auto first = deduplicator.claim(message);
  static_cast<void>(deduplicator.claim(message));
  REQUIRE(first->done());
  static_cast<void>(deduplicator.claim(message));
  CHECK(recorder.lines() ==
        Lines{"webhook webhooks.claim fresh", "webhook webhooks.claim in_progress", "webhook webhooks.claim done"});
}

TEST_CASE_METHOD(WebhookFixture, "a claim that cannot be made has the code of its error") {
  webhooks::DeduplicatorOptions options;
  options.events = recorder.events();
  options.store = std::make_shared<BrokenStore>();
  CHECK_FALSE(webhooks::Deduplicator(options).claim({"msg_1", {}, "{}"}));
  CHECK(recorder.lines() == Lines{"webhook webhooks.claim internal"});
}
