#include "clerk/opaque_tokens.hpp"

#include <nlohmann/json.hpp>

#include "catch.hpp"

using namespace liveblocks;
using clerk::MachineToken;
using clerk::TokenType;
using Answer = nlohmann::json;

namespace {

constexpr std::int64_t seconds = 1735689600;
const std::chrono::system_clock::time_point now{std::chrono::seconds(seconds)};

/// A good answer about a token of each kind.
Answer answerAbout(const std::string& token) {
  Answer answer = {{"id", "id_1"},      {"subject", "user_1"},  {"scopes", {"read", "write"}},
                   {"claims", nullptr}, {"revoked", false},     {"revocation_reason", nullptr},
                   {"expired", false},  {"expiration", nullptr}};
  if (token == "ak_x") answer.update({{"object", "api_key"}, {"name", "CI"}, {"claims", {{"level", 3}}}});
  if (token == "mt_x") answer.update({{"object", "machine_to_machine_token"}, {"subject", "mch_1"}});
  if (token == "oat_x") answer.update({{"object", "clerk_idp_oauth_access_token"}, {"client_id", "client_1"}});
  return answer;
}

Result<MachineToken> read(const std::string& token, const std::string& body,
                          const clerk::SessionVerifierOptions& options = {}) {
  return readMachineToken(*clerk::detail::findOpaqueKind(token), body, clerk::detail::ClaimsValidator(options, {}),
                          now);
}

/// Zero when the answer is accepted with this member instead; without the member where the text is empty.
Errc outcomeWith(const std::string& token, const std::string& member, const std::string& value) {
  Answer answer = answerAbout(token);
  answer.erase(member);
  std::string body = answer.dump();
  if (!value.empty()) body.insert(1, "\"" + member + "\":" + value + ",");
  const auto result = read(token, body);
  return result ? Errc{} : result.error().code;
}

}  // namespace

TEST_CASE("responses about machine tokens are read") {
  const auto key = read("ak_x", answerAbout("ak_x").dump()).value();
  CHECK(key.type == TokenType::apiKey);
  CHECK(key.id == "id_1");
  CHECK(key.userId() == "user_1");
  CHECK(key.orgId().empty());
  CHECK(key.machineId().empty());
  CHECK(key.scopes == std::vector<std::string>{"read", "write"});
  CHECK(key.name == "CI");
  CHECK(key.claims.text() == R"({"level":3})");
  CHECK_FALSE(key.expiresAt);

  const auto machine = read("mt_x", answerAbout("mt_x").dump()).value();
  CHECK(machine.type == TokenType::m2mToken);
  CHECK(machine.machineId() == "mch_1");
  CHECK(machine.userId().empty());
  CHECK(machine.claims.isNull());

  const auto application = read("oat_x", answerAbout("oat_x").dump()).value();
  CHECK(application.type == TokenType::oauthToken);
  CHECK(application.clientId == "client_1");
  CHECK(application.userId() == "user_1");
}

TEST_CASE("a response names the actors of an OAuth token") {
  Answer answer = answerAbout("oat_x");
  CHECK(read("oat_x", answer.dump()).value().actors.empty());
  answer["act"] = {{"sub", "agent_1"}, {"iss", "https://i"}, {"act", {{"sub", "agent_2"}}}};
  const auto token = read("oat_x", answer.dump()).value();
  REQUIRE(token.actors.size() == 2);
  CHECK(token.actors[0].subject == "agent_1");
  CHECK(token.actors[0].issuer == "https://i");
  CHECK(token.actors[1].subject == "agent_2");
  answer["act"] = {{"iss", "https://i"}};
  CHECK(read("oat_x", answer.dump()).error().code == Errc::upstream);
}

TEST_CASE("an organization can have an API key") {
  Answer answer = answerAbout("ak_x");
  answer["subject"] = "org_1";
  const auto key = read("ak_x", answer.dump()).value();
  CHECK(key.orgId() == "org_1");
  CHECK(key.userId().empty());
}

TEST_CASE("a response is accepted only if it is about a valid token of that type") {
  const auto [member, value, code] = GENERATE(table<std::string, std::string, Errc>({
      {"revoked", "true", Errc::tokenRejected},
      {"revoked", "", Errc::upstream},
      {"revoked", "null", Errc::upstream},
      {"revoked", "0", Errc::upstream},
      {"revoked", R"("false")", Errc::upstream},
      {"expired", "true", Errc::expired},
      {"expired", "", Errc::upstream},
      {"expired", "null", Errc::upstream},
      {"expired", R"("false")", Errc::upstream},
      {"id", "", Errc::upstream},
      {"id", "null", Errc::upstream},
      {"id", R"("")", Errc::upstream},
      {"id", "5", Errc::upstream},
      {"id", R"("a b")", Errc::upstream},
      {"id", '"' + std::string(128, 'a') + '"', Errc{}},
      {"id", '"' + std::string(129, 'a') + '"', Errc::upstream},
      {"subject", "", Errc::upstream},
      {"subject", "null", Errc::upstream},
      {"subject", R"("")", Errc::upstream},
      {"subject", R"("user_")", Errc::upstream},
      {"subject", R"("user_1\u0000")", Errc::upstream},
      {"subject", R"("admin_1")", Errc::upstream},
      {"subject", R"(["user_1"])", Errc::upstream},
      {"object", "", Errc::upstream},
      {"object", R"("user")", Errc::upstream},
      {"object", "null", Errc::upstream},
      {"scopes", "", Errc{}},
      {"scopes", "null", Errc{}},
      {"scopes", R"("read")", Errc::upstream},
      {"scopes", R"(["read",5])", Errc::upstream},
      {"claims", R"({"a":[1]})", Errc{}},
      {"claims", "[]", Errc::upstream},
      {"claims", R"("{}")", Errc::upstream},
      {"name", "null", Errc{}},
      {"name", "5", Errc::upstream},
      {"scopes", R"(["a\nb"])", Errc::upstream},
      {"client_id", "null", Errc{}},
      {"client_id", "5", Errc::upstream},
      {"client_id", R"("a\u0000")", Errc::upstream},
      {"token", R"("ignored")", Errc{}},
  }));
  const std::string token = GENERATE("ak_x", "mt_x", "oat_x");
  CAPTURE(token, member, value);
  CHECK(outcomeWith(token, member, value) == code);
}

TEST_CASE("each kind has its own subjects and objects") {
  const auto [token, subject, object] = GENERATE(table<std::string, std::string, std::string>({
      {"ak_x", R"("mch_1")", R"("machine_to_machine_token")"},
      {"mt_x", R"("user_1")", R"("api_key")"},
      {"mt_x", R"("org_1")", R"("machine_token")"},
      {"oat_x", R"("mch_1")", R"("api_key")"},
      {"oat_x", R"("org_1")", R"("oauth_access_token")"},
  }));
  CAPTURE(token);
  CHECK(outcomeWith(token, "subject", subject) == Errc::upstream);
  CHECK(outcomeWith(token, "object", object) == Errc::upstream);
}

TEST_CASE("a token is refused from its expiration on, in seconds or milliseconds") {
  const auto [value, code] = GENERATE(table<std::string, Errc>({
      {"1735689600", Errc::expired},
      {"1735689601", Errc{}},
      {"1735689599", Errc::expired},
      {"1735689600000", Errc::expired},
      {"1735689600999", Errc::expired},
      {"1735689601000", Errc{}},
      {"0", Errc::expired},
      {"-1", Errc::expired},
      {"99999999999", Errc{}},
      {"100000000000", Errc::expired},
      {"9223372036854775807", Errc{}},
      {"9223372036854775808", Errc::upstream},
      {"1.8e9", Errc::upstream},
      {"1835689600.5", Errc::upstream},
      {R"("1835689600")", Errc::upstream},
      {R"("2034-01-01T00:00:00Z")", Errc::upstream},
      {"true", Errc::upstream},
      {"null", Errc{}},
      {"", Errc{}},
  }));
  const std::string token = GENERATE("ak_x", "mt_x", "oat_x");
  const std::string member = GENERATE("expiration", "expires_at");
  CAPTURE(token, member, value);
  CHECK(outcomeWith(token, member, value) == code);
}

TEST_CASE("the earlier of two expirations counts") {
  Answer answer = answerAbout("ak_x");
  answer["expiration"] = seconds + 60;
  answer["expires_at"] = (seconds + 30) * 1000;
  CHECK(read("ak_x", answer.dump()).value().expiresAt == now + std::chrono::seconds(30));
  answer["expires_at"] = seconds - 1;
  CHECK(read("ak_x", answer.dump()).error().code == Errc::expired);
}

TEST_CASE("an OAuth token must have an expected audience") {
  const auto [audience, code] = GENERATE(table<std::string, Errc>({
      {R"("https://api.example.com")", Errc{}},
      {R"(["https://other.example","https://api.example.com"])", Errc{}},
      {R"("https://other.example")", Errc::wrongAudience},
      {"[]", Errc::wrongAudience},
      {R"("")", Errc::wrongAudience},
      {R"(["https://api.example.com",""])", Errc::wrongAudience},
      {R"(["https://api.example.com",5])", Errc::wrongAudience},
      {"null", Errc::wrongAudience},
  }));
  clerk::SessionVerifierOptions options;
  options.audience = {"https://api.example.com"};
  Answer answer = answerAbout("oat_x");
  CHECK(read("oat_x", answer.dump(), options).error().code == Errc::wrongAudience);
  answer["aud"] = Answer::parse(audience);
  CAPTURE(audience);
  const auto result = read("oat_x", answer.dump(), options);
  CHECK((result ? Errc{} : result.error().code) == code);
  CHECK(read("ak_x", answerAbout("ak_x").dump(), options));
}

TEST_CASE("a response that is not a strict JSON object is rejected") {
  const std::string body =
      GENERATE("", "{}", "[]", "null", "<html></html>", R"({"object":"api_key","object":"api_key"})", "{\"object\":");
  CAPTURE(body);
  CHECK(read("ak_x", body).error().code == Errc::upstream);
  CHECK(read("ak_x", answerAbout("ak_x").dump() + "x").error().code == Errc::upstream);
}
