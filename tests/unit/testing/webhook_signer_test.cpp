#include <liveblocks/testing/webhook_signer.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include <liveblocks/testing/manual_clock.hpp>

#include "catch.hpp"

namespace testing = liveblocks::testing;
namespace webhooks = liveblocks::webhooks;
using liveblocks::Errc;
using liveblocks::http::findHeader;
using webhooks::HeaderFamily;

namespace {

webhooks::Verifier verifierOf(const testing::WebhookSigner& signer,
                              const std::shared_ptr<const liveblocks::Clock>& clock = nullptr) {
  webhooks::VerifierOptions options;
  options.secrets = {signer.secret()};
  options.clock = clock;
  return webhooks::Verifier(options);
}

template <class Webhook, class = void>
constexpr bool canBorrow = false;
template <class Webhook>
constexpr bool canBorrow<Webhook, std::void_t<decltype(std::declval<Webhook>().request())>> = true;

}  // namespace

TEST_CASE("a signed webhook is one, under the header names of both vendors") {
  const testing::WebhookSigner signer;
  testing::WebhookSpec spec;
  spec.body = GENERATE("", R"({"type":"a"})", "\xFF");
  spec.family = GENERATE(HeaderFamily::standard, HeaderFamily::svix);
  const testing::SignedWebhook webhook = signer.sign(spec);
  const auto message = verifierOf(signer).verify(webhook.request()).value();
  CHECK(message.body == spec.body);
  CHECK(message.headerFamily == spec.family);
  CHECK(webhook.headers.size() == 3);
  CHECK(webhook.request().method == "POST");
  CHECK(webhook.request("/hook?a").url == "/hook?a");
}

TEST_CASE("a webhook is signed for the given second") {
  const testing::WebhookSigner signer;
  const auto clock = std::make_shared<testing::ManualClock>(
      std::chrono::system_clock::time_point(std::chrono::milliseconds(1735689600999)));
  testing::WebhookSpec spec;
  spec.id = "msg_1";
  spec.sentAt = clock->wall();
  const testing::SignedWebhook webhook = signer.sign(spec);
  CHECK(findHeader(webhook.request(), "webhook-timestamp") == "1735689600");
  CHECK(findHeader(webhook.request(), "webhook-id") == "msg_1");
  CHECK(verifierOf(signer, clock).verify(webhook.request()));
  clock->advance(std::chrono::hours(1));
  CHECK(verifierOf(signer, clock).verify(webhook.request()).error().code == Errc::webhookTooOld);
}

TEST_CASE("webhooks have ids of their own, and can be repeated") {
  const testing::WebhookSigner signer;
  const auto verifier = verifierOf(signer);
  const testing::SignedWebhook first = signer.sign({});
  CHECK(verifier.verify(first.request()).value().id == first.id);
  const testing::SignedWebhook second = signer.sign({});
  CHECK(second.id != first.id);
  testing::WebhookSpec spec;
  spec.body = "[]";
  spec.id = first.id;
  spec.family = GENERATE(HeaderFamily::standard, HeaderFamily::svix);
  const testing::SignedWebhook again = signer.sign(spec);
  CHECK(again.id == first.id);
  CHECK(verifier.verify(again.request()).value().id == first.id);
}

TEST_CASE("nobody borrows a request from a webhook that ends with the statement") {
  STATIC_REQUIRE(canBorrow<testing::SignedWebhook&>);
  STATIC_REQUIRE(canBorrow<const testing::SignedWebhook&>);
  STATIC_REQUIRE_FALSE(canBorrow<testing::SignedWebhook>);
  STATIC_REQUIRE_FALSE(canBorrow<const testing::SignedWebhook>);
}

TEST_CASE("a changed webhook, and one of another signer, is none") {
  const testing::WebhookSigner signer;
  testing::SignedWebhook webhook = signer.sign({});
  CHECK(verifierOf(testing::WebhookSigner()).verify(webhook.request()).error().code == Errc::badWebhookSignature);
  webhook.body += " ";
  CHECK(verifierOf(signer).verify(webhook.request()).error().code == Errc::badWebhookSignature);
}

TEST_CASE("the signature is that of the scheme, whatever form the secret has") {
  const std::string secret =
      GENERATE("whsec_dGVzdF9zaWduaW5nX3NlY3JldF8zMl9jaGFyc19sb25n", "dGVzdF9zaWduaW5nX3NlY3JldF8zMl9jaGFyc19sb25n");
  const testing::WebhookSigner signer{liveblocks::Secret(secret)};
  CHECK(signer.signature("msg_1", "1735689600", R"({"type":"user.created","data":{"id":"user_1"}})") ==
        "v1,D+zyI0362fee2ih7m4kszqc8dKxU3sg20YvdI96UrgM=");
}

TEST_CASE("a signer reads a secret as the verifier does: both alphabets, padding, bits too many") {
  const std::string secret = GENERATE("whsec_+//+AQIDBAUGBwgJCgsMDQ4=", "whsec_-__-AQIDBAUGBwgJCgsMDQ4",
                                      "-__-AQIDBAUGBwgJCgsMDQ4=", "whsec_sFOoBaR78ZZNyOl0TxbObFZWeo3rLg+dA",
                                      "whsec_dGVzdF9zaWduaW5nX3NlY3J", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  CAPTURE(secret);
  const testing::WebhookSigner signer{liveblocks::Secret(secret)};
  CHECK(signer.secret().reveal() == secret);
  const testing::SignedWebhook webhook = signer.sign({});
  CHECK(verifierOf(signer).verify(webhook.request()));
}

TEST_CASE("what is no secret cannot sign") {
  const std::string secret =
      GENERATE("", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!not-valid-base64!!!",
               " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"");
  CHECK_THROWS_AS(testing::WebhookSigner{liveblocks::Secret(secret)}, std::invalid_argument);
}
