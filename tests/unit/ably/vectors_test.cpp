/// The same requests as ably-js signs, signed by this library.
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "ably/signing.hpp"
#include "ably_signing.hpp"
#include "catch.hpp"

namespace ably = liveblocks::ably;
using liveblocks::Result;
using liveblocks_tests::capabilityIn;
using liveblocks_tests::clientIdIn;
using std::chrono::seconds;

namespace {

const nlohmann::json& vectors() {
  static const nlohmann::json all = nlohmann::json::parse(std::ifstream(ABLY_VECTORS));
  return all;
}

Result<std::string> signJwt(const nlohmann::json& vector) {
  const nlohmann::json& claims = vector.at("claims");
  const auto issuedAt = claims.at("iat").get<std::int64_t>();
  ably::JwtParams params{clientIdIn(claims, "x-ably-clientId").value(),
                         capabilityIn(claims, "x-ably-capability").value()};
  params.ttl = seconds(claims.at("exp").get<std::int64_t>() - issuedAt);
  return ably::detail::signJwt(ably::detail::ApiKey(vector.at("key").get<std::string>()), params, seconds(issuedAt));
}

}  // namespace

TEST_CASE("token requests have the same members and signatures as those of ably-js") {
  CHECK(vectors().at("tokenRequests").size() == 40);
  for (const auto& vector : vectors().at("tokenRequests")) {
    INFO(vector.at("name") << ": " << vector.at("why"));
    const auto request = liveblocks_tests::signTokenRequest(vector);
    CHECK(static_cast<bool>(request) == (vector.at("verdict") != "refused"));
    if (vector.at("verdict") == "same") CHECK(nlohmann::json::parse(request.value().json()) == vector.at("request"));
    if (vector.at("verdict") == "fewer") CHECK(request.value().capability == R"({"a":["publish","subscribe"]})");
  }
}

TEST_CASE("Ably JWTs equal those of other signers byte for byte") {
  CHECK(vectors().at("jwts").size() == 4);
  for (const auto& vector : vectors().at("jwts")) {
    INFO(vector.at("name") << ": " << vector.at("why"));
    CHECK(signJwt(vector).value() == vector.at("token"));
  }
}
