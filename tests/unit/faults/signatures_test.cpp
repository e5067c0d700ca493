// Webhooks and Ably's tokens while the crypto library fails.

#include <liveblocks/ably/jwt_signer.hpp>
#include <liveblocks/ably/token_request_signer.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>

#include "../webhooks/fixture.hpp"
#include "each_fault.hpp"
#include "tokens.hpp"

namespace ably = liveblocks::ably;
using liveblocks_tests::surviveEachFault;
using liveblocks_tests::Verdict;
using liveblocks_tests::verdictOn;

namespace {

constexpr const char* apiKey = "abcdef.ghijkl:0123456789abcdefghij";

webhooks_tests::Delivery forgedDelivery() {
  webhooks_tests::Delivery delivery;
  delivery.body += ' ';
  return delivery;
}

}  // namespace

TEST_CASE("a webhook is verified or not while OpenSSL fails, and never accepted wrongly") {
  const bool isForged = GENERATE(false, true);
  const auto delivery = isForged ? forgedDelivery() : webhooks_tests::Delivery();
  const webhooks_tests::webhooks::Verifier verifier(webhooks_tests::optionsAt(webhooks_tests::sentAt));
  REQUIRE(webhooks_tests::verify(verifier, {}));  // What OpenSSL keeps for good is fetched now.
  surviveEachFault({isForged ? Verdict::refused : Verdict::accepted,
                    [&] { return [&] { return verdictOn(webhooks_tests::verify(verifier, delivery)); }; }});
}

TEST_CASE("a signer of Ably signs or not while OpenSSL fails") {
  const ably::JwtSigner jwts(apiKey);
  const ably::TokenRequestSigner requests(apiKey);
  const auto bob = ably::ClientId::named("bob").value();
  const auto capability = ably::Capability::of({{"room", {ably::Operation::subscribe}}}).value();
  REQUIRE(jwts.sign({bob, capability}));
  SECTION("a JWT") {
    surviveEachFault({Verdict::accepted, [&] { return [&] { return verdictOn(jwts.sign({bob, capability})); }; }});
  }
  SECTION("a token request") {
    surviveEachFault({Verdict::accepted, [&] { return [&] { return verdictOn(requests.sign({bob, capability})); }; }});
  }
}

TEST_CASE("a delivery is claimed or not while OpenSSL fails") {
  const liveblocks::webhooks::Deduplicator deduplicator;
  const liveblocks::webhooks::Message message{"msg_1", {}, "{}"};
  surviveEachFault({Verdict::accepted, [&] { return [&] { return verdictOn(deduplicator.claim(message)); }; }});
}
