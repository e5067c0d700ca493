#include "catch.hpp"
#include "fixture.hpp"

using namespace webhooks_tests;
using liveblocks::Errc;

namespace {

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// Only `invalidRequest` reports a limit.
bool isBeyondLimits(const liveblocks::Result<webhooks::Message>& message) {
  return !message && message.error().code == Errc::invalidRequest;
}

}  // namespace

TEST_CASE("a body may be as long as the option says") {
  webhooks::VerifierOptions options = optionsAt(sentAt);
  options.maxBody = 10;
  const webhooks::Verifier verifier(options);
  Delivery delivery;
  const auto size = GENERATE(as<std::size_t>(), 9, 10, 11);
  delivery.body = std::string(size, 'x');
  CHECK(isBeyondLimits(verify(verifier, delivery.signedAgain())) == (size > 10));
}

TEST_CASE("a body may have 1 MiB") {
  Delivery delivery;
  const auto size = GENERATE(as<std::size_t>(), (1U << 20) - 1, 1U << 20, (1U << 20) + 1);
  delivery.body = std::string(size, 'x');
  CHECK(isBeyondLimits(verify(delivery.signedAgain())) == (size > 1U << 20));
}

TEST_CASE("an id may have 256 bytes") {
  Delivery delivery;
  const auto size = GENERATE(as<std::size_t>(), 1, 255, 256, 257);
  delivery.id = std::string(size, 'x');
  CHECK(isBeyondLimits(verify(delivery.signedAgain())) == (size > 256));
}

TEST_CASE("the signature header may have 4096 bytes") {
  Delivery delivery;
  const auto size = GENERATE(as<std::size_t>(), 4095, 4096, 4097);
  delivery.signatures += " v2,";
  delivery.signatures += std::string(size - delivery.signatures.size(), 'x');
  CHECK(isBeyondLimits(verify(delivery)) == (size > 4096));
}

TEST_CASE("there may be 32 signatures, whatever their versions") {
  Delivery delivery;
  const std::string other = GENERATE("v1,x ", "v2,x ", "x ");
  const auto count = GENERATE(as<std::size_t>(), 30, 31, 32);
  delivery.signatures = repeated(other, count) + delivery.signatures;
  CHECK(isBeyondLimits(verify(delivery)) == (count + 1 > 32));
}

TEST_CASE("spaces between signatures are ignored") {
  Delivery delivery;
  delivery.signatures = std::string(100, ' ') + delivery.signatures + std::string(100, ' ');
  CHECK(verify(delivery));
}
