#include <stdexcept>

#include "catch.hpp"
#include "core/base64.hpp"
#include "fixture.hpp"

using namespace webhooks_tests;
using liveblocks::Secret;

namespace {

std::string secretOf(const std::string& bytes) { return "whsec_" + liveblocks::base64::encode(bytes); }

webhooks::Verifier verifierWith(const std::string& text) {
  webhooks::VerifierOptions options;
  options.secrets = {text};
  return webhooks::Verifier(options);
}

/// Whether a verifier with the secret `text` accepts what is signed with another one.
bool accepts(const std::string& text, const std::string& signedWith) {
  const liveblocks::testing::SignedWebhook webhook = liveblocks::testing::WebhookSigner(Secret(signedWith)).sign({});
  return verifierWith(text).verify(webhook.request()).ok();
}

}  // namespace

TEST_CASE("a secret is read with and without prefix and padding, in both alphabets") {
  const std::string text =
      GENERATE("whsec_+//+AQIDBAUGBwgJCgsMDQ4=", "\"whsec_+//+AQIDBAUGBwgJCgsMDQ4=\"", " '+//+AQIDBAUGBwgJCgsMDQ4='\n",
               "whsec_+//+AQIDBAUGBwgJCgsMDQ4",
               "+//+AQIDBAUGBwgJCgsMDQ4=", "whsec_-__-AQIDBAUGBwgJCgsMDQ4=", "-__-AQIDBAUGBwgJCgsMDQ4");
  CAPTURE(text);
  CHECK(accepts(text, secretOf("\xFB\xFF\xFE\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E")));
  CHECK_FALSE(accepts(text, secretOf("\xFB\xFF\xFE\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0F")));
}

TEST_CASE("trailing bits of a secret that do not form a byte are ignored") {
  const auto [text, whole] = GENERATE(table<std::string, std::string>({
      {"whsec_sFOoBaR78ZZNyOl0TxbObFZWeo3rLg+dA", "whsec_sFOoBaR78ZZNyOl0TxbObFZWeo3rLg+d"},
      {"whsec_dGVzdF9zaWduaW5nX3NlY3JldB", "whsec_dGVzdF9zaWduaW5nX3NlY3JldA"},
      {"whsec_dGVzdF9zaWduaW5nX3NlY3J", "whsec_dGVzdF9zaWduaW5nX3NlY3I"},
  }));
  CAPTURE(text);
  CHECK(accepts(text, whole));
}

TEST_CASE("trailing bits that do not form a byte do not make a secret longer") {
  const auto [characters, accepted] = GENERATE(
      table<std::size_t, bool>({{20, false}, {21, false}, {22, true}, {171, true}, {172, false}, {173, false}}));
  CAPTURE(characters);
  const std::string text(characters, 'B');
  if (accepted) {
    CHECK_NOTHROW(verifierWith(text));
  } else {
    CHECK_THROWS_AS(verifierWith(text), std::invalid_argument);
  }
}

TEST_CASE("an invalid secret is refused by the constructor, and not shown") {
  const std::string text = GENERATE(
      "", "whsec_", "whsec_====", "not_a_valid_secret", "whsec_!!!not-valid-base64!!!",
      "whsec_dGVzdF9zaWduaW5nX3NlY3JldA=", "whsec_dGVzdF9zaWduaW5nX3NlY3JldA===", "whsec_ dGVzdF9zaWduaW5nX3NlY3JldF8",
      "whsec_dGVzdF9z\naWduaW5nX3NlY3JldF8", "whsec_whsec_dGVzdF9zaWduaW5nX3NlY3JldF8",
      "whsec_WHSEC_dGVzdF9zaWduaW5nX3NlY3JldF8", "sk_live_dGVzdF9zaWduaW5nX3NlY3JldF8",
      "pk_live_dGVzdF9zaWduaW5nX3NlY3JldF8", "polar_whs_dGVzdF9zaWduaW5nX3NlY3JldF8", "ep_dGVzdF9zaWduaW5nX3NlY3JldF8",
      "whsk_dGVzdF9zaWduaW5nX3NlY3JldF8", "whpk_dGVzdF9zaWduaW5nX3NlY3JldF8", "whsec_dGVzdF9zaWdu=aW5nX3NlY3JldF8",
      "WHSEC_dGVzdF9zaWduaW5nX3NlY3Jl", "whsec_sFOoBaR78ZZNyOl0TxbObFZWeo3rLg+d!",
      "whsec_sFOoBaR78ZZNyOl0TxbObFZWeo3rLg+dA===", "whsec_dGVzdF9zaWduaW5nX3Nl!");
  CAPTURE(text);
  webhooks::VerifierOptions options;
  options.secrets = {secret, text};
  try {
    const webhooks::Verifier verifier(options);
    FAIL("accepted");
  } catch (const std::invalid_argument& error) {
    const std::string message = error.what();
    CHECK_THAT(message, ContainsSubstring("webhook signing secret"));
    if (text.size() > 6) CHECK_THAT(message, !ContainsSubstring(text.substr(6)));
  }
}

TEST_CASE("a secret has 16 to 128 bytes") {
  const auto [bytes, accepted] =
      GENERATE(table<std::size_t, bool>({{15, false}, {16, true}, {17, true}, {127, true}, {128, true}, {129, false}}));
  CAPTURE(bytes);
  const std::string text = secretOf(std::string(bytes, 'x'));
  if (accepted) {
    CHECK_NOTHROW(verifierWith(text));
  } else {
    CHECK_THROWS_AS(verifierWith(text), std::invalid_argument);
  }
}

TEST_CASE("a verifier has 1 to 16 secrets") {
  const auto [count, accepted] = GENERATE(table<std::size_t, bool>({{0, false}, {1, true}, {16, true}, {17, false}}));
  webhooks::VerifierOptions options;
  options.secrets.assign(count, Secret(secret));
  if (accepted) {
    CHECK_NOTHROW(webhooks::Verifier(options));
  } else {
    CHECK_THROWS_AS(webhooks::Verifier(options), std::invalid_argument);
  }
}

TEST_CASE("tolerance and size have limits") {
  const auto [tolerance, maxBody, accepted] = GENERATE(table<int, std::size_t, bool>({
      {-1, 1, false},
      {0, 1, true},
      {3600, std::size_t{64} << 20, true},
      {3601, 1, false},
      {0, 0, false},
      {0, (std::size_t{64} << 20) + 1, false},
  }));
  CAPTURE(tolerance, maxBody);
  webhooks::VerifierOptions options = optionsAt(sentAt);
  options.tolerance = std::chrono::seconds(tolerance);
  options.maxBody = maxBody;
  if (accepted) {
    CHECK_NOTHROW(webhooks::Verifier(options));
  } else {
    CHECK_THROWS_AS(webhooks::Verifier(options), std::invalid_argument);
  }
}
