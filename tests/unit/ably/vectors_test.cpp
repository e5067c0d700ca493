/// What ably-js signs, signed by us.
#include <fstream>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "ably/jwt_signing.hpp"
#include "ably/token_request_signing.hpp"
#include "catch.hpp"

namespace ably = liveblocks::ably;
using liveblocks::Result;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

const nlohmann::json& vectors() {
  static const nlohmann::json all = nlohmann::json::parse(std::ifstream(ABLY_VECTORS));
  return all;
}

Result<ably::ClientId> clientIdOf(const nlohmann::json& holder, const char* member) {
  if (!holder.contains(member)) return ably::ClientId::anonymous();
  const auto name = holder.at(member).get<std::string>();
  return name == "*" ? ably::ClientId::anyoneTheBearerLikes() : ably::ClientId::named(name);
}

Result<ably::Capability> capabilityOf(const nlohmann::json& holder, const char* member) {
  if (!holder.contains(member)) return ably::Capability::everythingTheKeyMayDo();
  return ably::Capability::parse(holder.at(member).get<std::string>());
}

Result<ably::TokenRequest> sign(const nlohmann::json& vector) {
  const auto clientId = clientIdOf(vector, "clientId");
  if (!clientId) return clientId.error();
  const auto capability = capabilityOf(vector, "capability");
  if (!capability) return capability.error();
  ably::TokenParams params{*clientId, *capability};
  if (vector.contains("ttl")) params.ttl = milliseconds(vector.at("ttl").get<std::int64_t>());
  return ably::signTokenRequest(ably::ApiKey(vector.at("key").get<std::string>()), params,
                                milliseconds(vector.at("timestamp").get<std::int64_t>()),
                                vector.at("nonce").get<std::string>());
}

Result<std::string> signJwt(const nlohmann::json& vector) {
  const nlohmann::json& claims = vector.at("claims");
  const auto issuedAt = claims.at("iat").get<std::int64_t>();
  ably::JwtParams params{clientIdOf(claims, "x-ably-clientId").value(),
                         capabilityOf(claims, "x-ably-capability").value()};
  params.ttl = seconds(claims.at("exp").get<std::int64_t>() - issuedAt);
  return ably::signJwt(ably::ApiKey(vector.at("key").get<std::string>()), params, seconds(issuedAt));
}

}  // namespace

TEST_CASE("token requests have the members and the signatures of ably-js") {
  CHECK(vectors().at("tokenRequests").size() == 40);
  for (const auto& vector : vectors().at("tokenRequests")) {
    INFO(vector.at("name") << ": " << vector.at("why"));
    const auto request = sign(vector);
    CHECK(static_cast<bool>(request) == (vector.at("verdict") != "refused"));
    if (vector.at("verdict") == "same") CHECK(nlohmann::json::parse(request.value().json()) == vector.at("request"));
    if (vector.at("verdict") == "fewer") CHECK(request.value().capability == R"({"a":["publish","subscribe"]})");
  }
}

TEST_CASE("Ably JWTs are those of other signers byte for byte") {
  CHECK(vectors().at("jwts").size() == 4);
  for (const auto& vector : vectors().at("jwts")) {
    INFO(vector.at("name") << ": " << vector.at("why"));
    CHECK(signJwt(vector).value() == vector.at("token"));
  }
}
