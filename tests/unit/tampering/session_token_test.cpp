#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <chrono>
#include <memory>
#include <string>

#include "catch.hpp"
#include "core/base64.hpp"
#include "tampering.hpp"
#include "test_key.hpp"

using namespace liveblocks;
using liveblocks_tests::sharedKey;
using liveblocks_tests::tamper;
using liveblocks_tests::TestKey;

namespace {

std::string tokenOf(const TestKey& key) {
  const std::string input = base64url::encode(R"({"alg":"RS256","typ":"JWT"})") + "." +
                            base64url::encode(R"({"sub":"user_1","sid":"sess_1","exp":1735689660,"iat":1735689600})");
  return input + "." + base64url::encode(key.sign(input));
}

clerk::SessionVerifier verifierOf(const TestKey& key, std::size_t cached = 0) {
  clerk::SessionVerifierOptions options;
  options.clock =
      std::make_shared<testing::ManualClock>(std::chrono::system_clock::time_point(std::chrono::seconds(1735689600)));
  options.tokenCache.capacity = cached;
  return clerk::SessionVerifier(clerk::KeySource::pem(key.spki()), options);
}

}  // namespace

// There are no other spellings of a token: what differs in anything is another one, which nobody signed.

TEST_CASE("no change of one bit or byte of a session token is accepted") {
  const std::size_t cached = GENERATE(0U, 10U);
  const clerk::SessionVerifier verifier = verifierOf(sharedKey(), cached);
  const std::string token = tokenOf(sharedKey());
  REQUIRE(verifier.verifyLocally(token));
  const auto result = tamper(token, liveblocks_tests::allBytes(),
                             [&](const std::string& changed) { return verifier.verifyLocally(changed).ok(); });
  CHECK(result.tried == token.size() * (8 + 1 + 256 + 255) + 256);
  CHECK(result.accepted.empty());
  CHECK(verifier.verifyLocally(token));
}

TEST_CASE("nor is one of a token whose signature has another size") {
  const unsigned bits = GENERATE(2056U, 3072U, 4096U);
  const TestKey key = TestKey::rsa(bits);
  const clerk::SessionVerifier verifier = verifierOf(key);
  const std::string token = tokenOf(key);
  REQUIRE(verifier.verifyLocally(token));
  const auto result =
      tamper(token, "A-=. \n", [&](const std::string& changed) { return verifier.verifyLocally(changed).ok(); });
  CHECK(result.tried > token.size() * 19);
  CHECK(result.accepted.empty());
}
