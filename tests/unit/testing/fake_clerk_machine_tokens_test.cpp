#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "catch.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using clerk::TokenType;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr auto newYear = std::chrono::system_clock::time_point(1735689600s);

struct Endpoint {
  TokenType type;
  std::string path;
  std::string member;
  std::string prefix;
};

const std::vector<Endpoint>& endpoints() {
  static const std::vector<Endpoint> all = {
      {TokenType::apiKey, "/api_keys/verify", "secret", "ak_"},
      {TokenType::m2mToken, "/m2m_tokens/verify", "token", "mt_"},
      {TokenType::oauthToken, "/oauth_applications/access_tokens/verify", "access_token", "oat_"},
  };
  return all;
}

struct MachineTokensFixture {
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>(newYear);
  liveblocks::testing::FakeClerk fake{issuer(), "sk_test_fake", clock};

  static const liveblocks::testing::ClerkIssuer& issuer() {
    static const liveblocks::testing::ClerkIssuer instance;
    return instance;
  }

  http::Response post(const std::string& path, const std::string& body, const std::string& key = "sk_test_fake") {
    const http::Call call{std::chrono::steady_clock::now() + 1h};
    return fake.send({"POST", "https://api.clerk.com" + path, {{"Authorization", "Bearer " + key}}, body}, call)
        .value();
  }

  http::Response verify(const Endpoint& endpoint, const std::string& token) {
    return post(endpoint.path, json{{endpoint.member, token}}.dump());
  }

  static clerk::MachineToken tokenOf(TokenType type) {
    clerk::MachineToken token;
    token.type = type;
    token.id = "id_1";
    token.subject = "user_1";
    token.scopes = {"read", "write"};
    return token;
  }
};

}  // namespace

TEST_CASE_METHOD(MachineTokensFixture, "an added machine token is accepted by the endpoint of its type") {
  const Endpoint endpoint = GENERATE(from_range(endpoints()));
  CAPTURE(endpoint.path);
  const std::string token = fake.addMachineToken(tokenOf(endpoint.type));
  CHECK_THAT(token, Catch::Matchers::StartsWith(endpoint.prefix));
  CHECK(token != fake.addMachineToken(tokenOf(endpoint.type)));
  for (const Endpoint& other : endpoints()) {
    CAPTURE(other.path);
    CHECK(verify(other, token).status == (other.type == endpoint.type ? 200 : 404));
  }
}

TEST_CASE_METHOD(MachineTokensFixture, "an API key looks like Clerk's") {
  clerk::MachineToken key = tokenOf(TokenType::apiKey);
  key.name = "deploy";
  key.claims = liveblocks::Json::object({{"team", "infra"}});
  key.expiresAt = newYear + 1h;
  const http::Response response = verify(endpoints()[0], fake.addMachineToken(key));
  CHECK(json::parse(response.body) == json{{"object", "api_key"},
                                           {"id", "id_1"},
                                           {"type", "api_key"},
                                           {"name", "deploy"},
                                           {"subject", "user_1"},
                                           {"scopes", {"read", "write"}},
                                           {"claims", {{"team", "infra"}}},
                                           {"revoked", false},
                                           {"revocation_reason", nullptr},
                                           {"expired", false},
                                           {"expiration", 1735693200000},
                                           {"created_by", nullptr},
                                           {"description", nullptr},
                                           {"last_used_at", nullptr},
                                           {"created_at", 1735689600000},
                                           {"updated_at", 1735689600000}});
}

TEST_CASE_METHOD(MachineTokensFixture, "a machine's token looks like Clerk's") {
  const http::Response response = verify(endpoints()[1], fake.addMachineToken(tokenOf(TokenType::m2mToken)));
  CHECK(json::parse(response.body) == json{{"object", "machine_to_machine_token"},
                                           {"id", "id_1"},
                                           {"subject", "user_1"},
                                           {"scopes", {"read", "write"}},
                                           {"claims", nullptr},
                                           {"revoked", false},
                                           {"revocation_reason", nullptr},
                                           {"expired", false},
                                           {"expiration", nullptr},
                                           {"created_at", 1735689600000},
                                           {"updated_at", 1735689600000}});
}

TEST_CASE_METHOD(MachineTokensFixture, "an OAuth token looks like Clerk's, with times in seconds") {
  clerk::MachineToken token = tokenOf(TokenType::oauthToken);
  token.clientId = "client_1";
  token.expiresAt = newYear + 1500ms;
  token.actors = {{"agent_1", "https://agents.example"}, {"agent_2", ""}};
  const json actor{{"iss", "https://agents.example"}, {"sub", "agent_1"}, {"act", {{"sub", "agent_2"}}}};
  const http::Response response = verify(endpoints()[2], fake.addMachineToken(token));
  CHECK(json::parse(response.body) == json{{"object", "clerk_idp_oauth_access_token"},
                                           {"id", "id_1"},
                                           {"client_id", "client_1"},
                                           {"act", actor},
                                           {"type", "oauth:access_token"},
                                           {"subject", "user_1"},
                                           {"scopes", {"read", "write"}},
                                           {"revoked", false},
                                           {"revocation_reason", nullptr},
                                           {"expired", false},
                                           {"expiration", 1735689601},
                                           {"created_at", 1735689600},
                                           {"updated_at", 1735689600}});
}

TEST_CASE_METHOD(MachineTokensFixture, "a revoked token is reported as revoked, with status 200") {
  const Endpoint endpoint = GENERATE(from_range(endpoints()));
  const std::string token = fake.addMachineToken(tokenOf(endpoint.type));
  fake.revokeMachineToken(token);
  const http::Response response = verify(endpoint, token);
  CHECK(response.status == 200);
  CHECK(json::parse(response.body).at("revoked") == true);
}

TEST_CASE_METHOD(MachineTokensFixture, "a token expires at its moment, and is reported with status 200") {
  const Endpoint endpoint = GENERATE(from_range(endpoints()));
  clerk::MachineToken token = tokenOf(endpoint.type);
  token.expiresAt = newYear + 60s;
  const std::string text = fake.addMachineToken(token);
  clock->advance(60s - 1ns);
  CHECK(json::parse(verify(endpoint, text).body).at("expired") == false);
  clock->advance(1ns);
  const http::Response response = verify(endpoint, text);
  CHECK(response.status == 200);
  CHECK(json::parse(response.body).at("expired") == true);
}

TEST_CASE_METHOD(MachineTokensFixture, "a body without a token is rejected") {
  const std::string body = GENERATE("", "{}", "[]", "null", R"({"secret":1})", R"({"token":"ak_1"})", R"({"secret":)");
  CAPTURE(body);
  CHECK(post("/api_keys/verify", body).status == 422);
}

TEST_CASE_METHOD(MachineTokensFixture, "a machine's secret key verifies machines' tokens only") {
  const std::string token = fake.addMachineToken(tokenOf(TokenType::m2mToken));
  const std::string body = json{{"token", token}}.dump();
  CHECK(post("/m2m_tokens/verify", body, "ak_machine").status == 401);
  CHECK(post("/m2m_tokens/verify", body, "").status == 401);
  fake.setMachineSecretKey("ak_machine");
  CHECK(post("/m2m_tokens/verify", body, "ak_machine").status == 200);
  CHECK(post("/m2m_tokens/verify", body).status == 200);
  CHECK(post("/api_keys/verify", body, "ak_machine").status == 401);
}

TEST_CASE_METHOD(MachineTokensFixture, "a session token cannot be added as a machine token") {
  CHECK_THROWS_AS(fake.addMachineToken(tokenOf(TokenType::sessionToken)), std::invalid_argument);
  CHECK_THROWS_AS(fake.revokeMachineToken("ak_unknown"), std::invalid_argument);
}
