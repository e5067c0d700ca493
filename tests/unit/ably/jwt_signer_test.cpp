#include <liveblocks/ably/jwt_signer.hpp>

#include <nlohmann/json.hpp>

#include <liveblocks/testing/manual_clock.hpp>

#include "catch.hpp"
#include "core/base64.hpp"

namespace ably = liveblocks::ably;
using ably::Capability;
using ably::JwtSigner;
using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::system_clock;

namespace {

constexpr const char* keyText = "tstApp.keyOne:c2VjcmV0LWZvci10ZXN0cw";

JwtSigner signerAt(system_clock::duration sinceEpoch) {
  return JwtSigner(keyText, std::make_shared<liveblocks::testing::ManualClock>(system_clock::time_point(sinceEpoch)));
}

ably::JwtParams params() {
  return {ably::ClientId::named("jane").value(), Capability::parse(R"({"chat:*":["subscribe"]})").value()};
}

nlohmann::json claimsOf(const std::string& token) {
  const std::size_t begin = token.find('.') + 1;
  return nlohmann::json::parse(liveblocks::base64url::decode(token.substr(begin, token.rfind('.') - begin)).value());
}

void checkRefused(const liveblocks::Result<std::string>& token, const std::string& message) {
  REQUIRE_FALSE(token);
  CHECK(token.error().code == liveblocks::Errc::invalidRequest);
  CHECK_THAT(token.error().message, ContainsSubstring(message));
}

}  // namespace

TEST_CASE("an Ably JWT has the client id, the capability and the times") {
  auto asked = params();
  asked.revocationKey = "team-7";
  const auto token = signerAt(std::chrono::milliseconds(1700000000999)).sign(asked).value();
  CHECK(claimsOf(token) == nlohmann::json::parse(R"({
    "iat": 1700000000, "exp": 1700003600, "x-ably-clientId": "jane", "x-ably-revocation-key": "team-7",
    "x-ably-capability": "{\"chat:*\":[\"subscribe\"]}"})"));
}

TEST_CASE("an anonymous Ably JWT has no clientId") {
  auto asked = params();
  asked.clientId = ably::ClientId::anonymous();
  CHECK_FALSE(claimsOf(signerAt(hours(1)).sign(asked).value()).contains("x-ably-clientId"));
}

TEST_CASE("an Ably JWT has a lifetime of 1 s to 24 h") {
  const JwtSigner signer = signerAt(hours(1));
  auto asked = params();
  for (const seconds good : {seconds(1), seconds(hours(24))}) {
    asked.ttl = good;
    CHECK(signer.sign(asked));
  }
  for (const seconds bad : {seconds(0), seconds(-1), seconds(86401), seconds::max()}) {
    asked.ttl = bad;
    checkRefused(signer.sign(asked), "ttl must be 1 s to 24 h (Ably 40003)");
  }
}

TEST_CASE("an Ably JWT must name its capability") {
  auto asked = params();
  asked.capability = Capability::allKeyCapabilities();
  checkRefused(signerAt(hours(1)).sign(asked), "40144");
}

TEST_CASE("an invalid revocation key is refused") {
  auto asked = params();
  asked.revocationKey = GENERATE(as<std::string>(), "", "a\nb", "a\xFF");
  checkRefused(signerAt(hours(1)).sign(asked), "the revocation key ");
}

TEST_CASE("no Ably JWT is signed with a clock before 1970") {
  checkRefused(signerAt(seconds(-1)).sign(params()), "40003");
}

TEST_CASE("an Ably JWT is limited to the size of a header") {
  const JwtSigner signer = signerAt(hours(1));
  std::size_t length = 5000;
  const auto sign = [&] {
    const std::string json = R"({")" + std::string(length, 'x') + R"(":["subscribe"]})";
    return signer.sign({ably::ClientId::anonymous(), Capability::parse(json).value()});
  };
  while (sign()) ++length;
  checkRefused(sign(), "longer than 8192 bytes");
  --length;
  CHECK(sign().value().size() > JwtSigner::maxBytes - 2);
}
