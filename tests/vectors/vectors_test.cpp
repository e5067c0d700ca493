#include "vectors.hpp"

#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "core/base64.hpp"
#include "test_key.hpp"
#include "vector_files.hpp"

using liveblocks_tests::sharedKey;
using liveblocks_tests::TestKey;
using namespace vectors_tests;
using nlohmann::json;

namespace {

std::string tokenOf(const std::string& header, const std::string& payload = "foo") {
  const std::string input = liveblocks::base64url::encode(header) + "." + liveblocks::base64url::encode(payload);
  return input + "." + liveblocks::base64url::encode(sharedKey().sign(input));
}

json tokenFile(const std::string& token, const std::string& result, const std::string& jwk,
               const std::string& type = "JsonWebSignature") {
  const json test{{"tcId", 7}, {"comment", "a token"}, {"jws", token}, {"result", result}};
  return {{"testGroups", {{{"type", type}, {"public", json::parse(jwk)}, {"tests", {test}}}}}};
}

const std::string goodHeader = R"({"alg":"RS256","kid":"a"})";

}  // namespace

TEST_CASE("signatures agree with what a file says of them") {
  std::string flipped = sharedKey().sign("message");
  flipped[100] ^= 1;
  const auto report =
      vectors::run(signatureFile({signatureCase(1, "message", sharedKey().sign("message"), "valid"),
                                  signatureCase(2, "message", flipped, "invalid"), signatureCase(3, "", "", "invalid"),
                                  signatureCase(4, "message", flipped, "acceptable")}));
  CHECK(report.cases == 4);
  CHECK(report.agreed == 4);
  CHECK(report.foreign.empty());
  CHECK(report.disagreements.empty());
}

TEST_CASE("a signature about which a file is wrong is a disagreement") {
  const auto report = vectors::run(signatureFile({signatureCase(1, "message", sharedKey().sign("message"), "invalid"),
                                                  signatureCase(2, "message", sharedKey().sign("other"), "valid")}));
  CHECK(report.agreed == 0);
  REQUIRE(report.disagreements.size() == 2);
  CHECK(report.disagreements[0].id == 1);
  CHECK(report.disagreements[0].comment == "case 1");
  CHECK(report.disagreements[0].flags == std::vector<std::string>{"A"});
  CHECK(report.disagreements[0].expected == "invalid");
  CHECK(report.disagreements[0].outcome == "accepted");
  CHECK(report.disagreements[1].expected == "valid");
  CHECK(report.disagreements[1].outcome == "the signature is not valid");
}

TEST_CASE("a file about another digest cannot be run") {
  const json good = signatureCase(1, "message", sharedKey().sign("message", "SHA384"), "valid");
  CHECK_THROWS_AS(vectors::run(signatureFile({good}, "SHA-384")), std::invalid_argument);
}

TEST_CASE("a key that is refused refuses all of its signatures") {
  static const TestKey small = TestKey::rsa(1024);
  const auto report =
      vectors::run(signatureFile({signatureCase(1, "m", small.sign("m"), "invalid")}, "SHA-256", small));
  CHECK(report.agreed == 1);
}

TEST_CASE("a token counts as accepted once its signature is") {
  const auto type = GENERATE(as<std::string>(), "JsonWebSignature", "JsonWebKey", "JsonWebCrypto");
  const auto payload = GENERATE(as<std::string>(), "foo", "{}");
  const auto report = vectors::run(tokenFile(tokenOf(goodHeader, payload), "valid", sharedKey().jwk("a"), type));
  CHECK(report.cases == 1);
  CHECK(report.agreed == 1);
}

TEST_CASE("a token without a key id is of the only key") {
  CHECK(vectors::run(tokenFile(tokenOf(R"({"alg":"RS256"})"), "valid", sharedKey().jwk("a"))).agreed == 1);
  json jwk = json::parse(sharedKey().jwk("a"));
  jwk.erase("kid");
  CHECK(vectors::run(tokenFile(tokenOf(R"({"alg":"RS256"})"), "valid", jwk.dump())).agreed == 1);
  CHECK(
      vectors::run(tokenFile(tokenOf(goodHeader), "valid", liveblocks_tests::keySet({sharedKey().jwk("a")}))).agreed ==
      1);
}

TEST_CASE("a token that is refused for anything but its algorithm is a disagreement") {
  const auto header = GENERATE(as<std::string>(), R"({"alg":"RS256","kid":"b"})",
                               R"({"alg":"RS256","kid":"a","crit":["x"]})", R"({"alg":"RS256","kid":"a","kid":"a"})");
  const auto report = vectors::run(tokenFile(tokenOf(header), "valid", sharedKey().jwk("a")));
  CHECK(report.disagreements.size() == 1);
  CHECK(report.foreign.empty());
}

TEST_CASE("a valid token of another algorithm is foreign") {
  CHECK(
      vectors::run(tokenFile(tokenOf(R"({"alg":"PS256","kid":"a"})"), "valid", sharedKey().jwk("a"))).foreign.size() ==
      1);
  const std::string jwk = sharedKey().jwk("a", R"(,"alg":"RS512")");
  CHECK(vectors::run(tokenFile(tokenOf(goodHeader), "valid", jwk)).foreign.size() == 1);
  CHECK(vectors::run(tokenFile(tokenOf(goodHeader), "invalid", jwk)).agreed == 1);
}

TEST_CASE("a valid token without a payload is foreign") {
  CHECK(vectors::run(tokenFile(tokenOf(goodHeader, ""), "valid", sharedKey().jwk("a"))).foreign.size() == 1);
}

TEST_CASE("a token of a key for another use is refused") {
  const std::string jwk = sharedKey().jwk("a", R"(,"use":"enc")");
  CHECK(vectors::run(tokenFile(tokenOf(goodHeader), "invalid", jwk)).agreed == 1);
  CHECK(vectors::run(tokenFile(tokenOf(goodHeader), "valid", jwk)).disagreements.size() == 1);
}

TEST_CASE("files of another kind are refused, and files without cases") {
  const json other{{"testGroups", {{{"type", "EcdsaVerify"}, {"tests", json::array()}}}}};
  CHECK_THROWS_AS(vectors::run(other), std::invalid_argument);
  CHECK_THROWS_AS(vectors::run(json::object()), std::invalid_argument);
  CHECK_THROWS_AS(vectors::run(signatureFile({})), std::invalid_argument);
  CHECK_THROWS_AS(vectors::run(json{{"testGroups", json::array()}}), std::invalid_argument);
  const json odd{{"tcId", 1}, {"msg", "0"}, {"sig", ""}, {"result", "valid"}};
  CHECK_THROWS_AS(vectors::run(signatureFile({odd})), std::invalid_argument);
}
