#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using clerk::AcceptedTokens;
using clerk::RequestState;
using clerk::TokenType;
using liveblocks_tests::RequestFixture;
using testing::M2mTokenSpec;
using testing::OauthTokenSpec;

namespace {

using Parts = std::vector<std::pair<std::string, std::optional<Json>>>;

constexpr const char* invalid = "out token-invalid";
constexpr const char* failed = "out token-verification-failed";
constexpr const char* mismatch = "out token-type-mismatch";

struct Fixture : RequestFixture {
  Fixture() { options.acceptsToken = AcceptedTokens::any(); }

  std::string machine(Parts claims = {}, Parts header = {}) const {
    M2mTokenSpec spec;
    spec.issuedAt = at(now * 1000);
    spec.claims = std::move(claims);
    spec.header = std::move(header);
    return issuer->m2mToken(spec);
  }

  std::string application(Parts claims = {}, Parts header = {}) const {
    OauthTokenSpec spec;
    spec.issuedAt = at(now * 1000);
    spec.claims = std::move(claims);
    spec.header = std::move(header);
    return issuer->oauthToken(spec);
  }

  using RequestFixture::authenticate;
  RequestState authenticate(const std::string& token) {
    headers.clear();
    setBearer(token);
    return RequestFixture::authenticate();
  }

  /// `in <subject>`, or as `outcomeOf()`.
  std::string outcome(const std::string& token) {
    const RequestState state = authenticate(token);
    return state.machineToken() ? "in " + state.machineToken()->subject : outcomeOf(state);
  }
};

Parts part(const std::string& name, const std::string& value) {
  return {{name, value.empty() ? std::optional<Json>() : Json::parse(value)}};
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a machine's JWT is verified without asking anybody") {
  M2mTokenSpec spec;
  spec.issuedAt = at(now * 1000);
  spec.scopes = {"mch_2", "mch_3"};
  spec.claims = {{"role", Json("worker")}, {"\"quoted\"", Json(1)}};
  const RequestState state = authenticate(production().m2mToken(spec));
  CHECK(state.tokenType() == TokenType::m2mToken);
  REQUIRE(state.machineToken());
  const clerk::MachineToken& token = *state.machineToken();
  CHECK(token.type == TokenType::m2mToken);
  CHECK(token.id == "mt_1");
  CHECK(token.machineId() == "mch_1");
  CHECK(token.scopes == spec.scopes);
  CHECK(token.expiresAt == at((now + 60) * 1000));
  CHECK(token.claims.text() == R"({"aud":["mch_2","mch_3"],"scopes":"mch_2 mch_3","role":"worker","\"quoted\"":1})");
  CHECK(state.auth().userId().empty());
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "an application's JWT is verified without asking anybody") {
  OauthTokenSpec spec;
  spec.issuedAt = at(now * 1000);
  spec.scopes = {"email", "profile"};
  const RequestState state = authenticate(production().oauthToken(spec));
  CHECK(state.tokenType() == TokenType::oauthToken);
  REQUIRE(state.machineToken());
  const clerk::MachineToken& token = *state.machineToken();
  CHECK(token.id == "oat_1");
  CHECK(token.userId() == "user_1");
  CHECK(token.clientId == "client_1");
  CHECK(token.scopes == spec.scopes);
  CHECK(token.claims.isNull());
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "scopes are words or a list") {
  const auto [claims, scopes] = GENERATE(table<Parts, std::vector<std::string>>({
      {part("scopes", R"("a  b ")"), {"a", "b"}},
      {part("scopes", R"("")"), {}},
      {part("aud", R"("mch_2")"), {"mch_2"}},
      {part("aud", R"(["mch_2","mch_3"])"), {"mch_2", "mch_3"}},
      {part("jti", ""), {}},
  }));
  CHECK(authenticate(machine(claims)).machineToken().value().scopes == scopes);
  CHECK(authenticate(application(part("scp", R"(["a b","c"])"))).machineToken().value().scopes ==
        std::vector<std::string>{"a b", "c"});
}

TEST_CASE_METHOD(Fixture, "the claims of machine JWTs are validated") {
  const auto [name, value, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"exp", "1735689595", failed},
      {"exp", "1735689596", "in"},
      {"exp", "", failed},
      {"exp", "null", failed},
      {"exp", R"("1735689660")", failed},
      {"exp", "1735689660.5", failed},
      {"nbf", "1735689605", "in"},
      {"nbf", "1735689606", failed},
      {"nbf", "null", failed},
      {"iat", "1735689605", "in"},
      {"iat", "1735689606", failed},
      {"iss", "5", failed},
      {"azp", R"("https://evil.example")", "in"},
      {"azp", "5", "in"},
      {"jti", "5", failed},
      {"jti", "", "in"},
  }));
  CAPTURE(name, value);
  const std::string good = expected == "in" ? "in mch_1" : expected;
  CHECK(outcome(machine(part(name, value))) == good);
  CHECK(outcome(application(part(name, value))) == (expected == "in" ? "in user_1" : expected));
}

TEST_CASE_METHOD(Fixture, "the subject of a machine JWT must fit its type") {
  const auto [token, expected] = GENERATE_REF(table<std::string, std::string>({
      {machine(part("sub", R"("mch_")")), failed},
      {machine(part("sub", R"("mch_1 ")")), failed},
      {machine(part("sub", R"("user_1")")), mismatch},
      {machine(part("sub", "")), mismatch},
      {application(part("sub", R"("mch_1")")), failed},
      {application(part("sub", R"("org_1")")), failed},
      {application(part("sub", R"("user_")")), failed},
      {application(part("sub", "")), failed},
      {machine(part("scopes", "5")), failed},
      {machine(part("scopes", R"(["a",5])")), failed},
      {machine(part("scopes", R"("a\u0000")")), failed},
      {application(part("scp", R"(["a\nb"])")), failed},
      {application(part("client_id", R"("a\u0000")")), failed},
      {application(part("scope", "{}")), failed},
      {application(part("client_id", "5")), failed},
  }));
  CHECK(outcome(token) == expected);
}

TEST_CASE_METHOD(Fixture, "the header of a machine JWT tells its kind") {
  const auto [token, expected] = GENERATE_REF(table<std::string, std::string>({
      {machine({}, part("cat", "")), "in mch_1"},
      {machine({}, part("cat", R"("cl_B7d4PD111AAA")")), invalid},
      {machine({}, part("cat", R"("cl_B7d4PD222AAA")")), invalid},
      {machine({}, part("cat", R"("cl_I7d4PD111III")")), invalid},
      {machine({}, part("cat", "null")), invalid},
      {machine({}, part("typ", "")), "in mch_1"},
      {machine({}, part("typ", R"("at+jwt")")), failed},
      {machine({}, part("alg", R"("none")")), failed},
      {machine({}, part("alg", R"("HS256")")), failed},
      {application({}, part("typ", R"("application/at+jwt")")), "in user_1"},
      {application({}, part("cat", R"("cl_B7d4PD111AAA")")), "in user_1"},
      {application({}, part("alg", R"("none")")), failed},
      {stranger().m2mToken(), failed},
      {stranger().oauthToken(), failed},
  }));
  CHECK(outcome(token) == expected);
}

TEST_CASE_METHOD(Fixture, "refused machine JWTs are explained in Clerk's words") {
  const auto [token, message] = GENERATE_REF(table<std::string, std::string>({
      {machine({}, part("cat", R"("cl_B7d4PD222AAA")")), "Invalid M2M JWT category. (code=token-invalid, status=n/a)"},
      {stranger().m2mToken(), "JWT signature is invalid. (code=token-verification-failed, status=n/a)"},
      {machine(part("exp", "1735689500")),
       "JWT is expired. Expiry date: Tue, 31 Dec 2024 23:58:20 GMT, Current date: Wed, 01 Jan 2025 00:00:00 GMT. "
       "(code=token-verification-failed, status=n/a)"},
  }));
  const RequestState state = authenticate(token);
  CHECK(state.message() == message);
  CHECK(state.tokenType() == TokenType::m2mToken);
  CHECK(state.error()->kind() == ErrorKind::unauthenticated);
  CHECK(headerOf(state, "x-clerk-auth-message") == message);
}

TEST_CASE_METHOD(Fixture, "a machine JWT must have an expected audience") {
  options.audience = {"https://api.example.com"};
  const auto [value, accepted] = GENERATE(table<std::string, bool>({
      {R"("https://api.example.com")", true},
      {R"(["https://other.example","https://api.example.com"])", true},
      {R"("https://other.example")", false},
      {R"(["https://api.example.com",""])", false},
      {R"(["https://api.example.com",5])", false},
      {"[]", false},
      {"null", false},
      {"", false},
  }));
  CAPTURE(value);
  CHECK(authenticate(application(part("aud", value))).isAuthenticated() == accepted);
  CHECK(authenticate(machine(part("aud", value))).isAuthenticated() == accepted);
}

TEST_CASE_METHOD(Fixture, "authorized parties are for sessions: a machine has no origin") {
  options.authorizedParties = {"https://app.example.com"};
  const std::string azp = GENERATE("", R"("https://app.example.com")", R"("https://evil.example")");
  CAPTURE(azp);
  CHECK(outcome(machine(part("azp", azp))) == "in mch_1");
  CHECK(outcome(application(part("azp", azp))) == "in user_1");
}

TEST_CASE_METHOD(Fixture, "authorized parties do not replace the other checks of a machine JWT") {
  options.authorizedParties = {"https://app.example.com"};
  options.audience = {"y"};
  CHECK(outcome(machine(part("aud", R"("x")"))) == failed);
  options.audience = {};
  const RequestState state = authenticate(machine(part("exp", "1735689500")));
  CHECK(state.reason() == "token-verification-failed");
  CHECK_THAT(state.message(), Catch::Matchers::StartsWith("JWT is expired."));
  Spec noParty = session();
  noParty.authorizedParty = "";
  CHECK(outcome(token(noParty)) == "out token-invalid-authorized-parties");
}

TEST_CASE_METHOD(Fixture, "the issuer of sessions, derived or given, is not that of machine JWTs") {
  options.issuer = GENERATE(as<clerk::AcceptedIssuers>(), "", "https://other.example");
  const std::string iss = GENERATE("", R"("https://clerk.example.com")", R"("https://clerk.m2m.example.test")");
  CAPTURE(iss);
  CHECK(outcome(machine(part("iss", iss))) == "in mch_1");
  CHECK(outcome(application(part("iss", iss))) == "in user_1");
}

TEST_CASE_METHOD(Fixture, "machine JWTs have accepted issuers of their own, which are not those of sessions") {
  options.machineIssuer = {"https://clerk.m2m.example.test", "https://clerk.oauth.example.test"};
  const auto [iss, accepted] = GENERATE(table<std::string, bool>({
      {R"("https://clerk.m2m.example.test")", true},
      {R"("https://clerk.oauth.example.test")", true},
      {R"("https://clerk.m2m.example.test/")", false},
      {R"("https://clerk.example.com")", false},
      {"5", false},
      {"", false},
  }));
  CAPTURE(iss);
  CHECK(outcome(machine(part("iss", iss))) == (accepted ? "in mch_1" : failed));
  CHECK(outcome(application(part("iss", iss))) == (accepted ? "in user_1" : failed));
  CHECK(outcome(token()) == "in user_1");
  CHECK(outcome(token(sessionWith("iss", Json("https://clerk.m2m.example.test")))) == "out token-invalid-issuer");
}

TEST_CASE_METHOD(Fixture, "a wrong issuer of a machine is named for the log, and in no header") {
  options.machineIssuer = "https://clerk.m2m.example.test";
  setBearer(machine(part("iss", R"("https://clerk.example.com")")));
  const clerk::RequestState state = RequestFixture::authenticate();
  const std::string how = " (code=token-verification-failed, status=n/a)";
  CHECK(state.message() ==
        "the token is of the issuer \"https://clerk.example.com\" (iss); accepted issuers are "
        "https://clerk.m2m.example.test" +
            how);
  CHECK(headerOf(state, "x-clerk-auth-message") == "the token is of another issuer" + how);
}

TEST_CASE_METHOD(Fixture, "the actors of an OAuth token are reported") {
  OauthTokenSpec spec;
  spec.issuedAt = at(now * 1000);
  spec.actors = {{"agent_1", "https://agents.example"}, {"agent_2", ""}};
  const RequestState state = authenticate(production().oauthToken(spec));
  REQUIRE(state.machineToken());
  const auto& actors = state.machineToken()->actors;
  REQUIRE(actors.size() == 2);
  CHECK(actors[0].subject == "agent_1");
  CHECK(actors[0].issuer == "https://agents.example");
  CHECK(actors[1].subject == "agent_2");
  CHECK(actors[1].issuer.empty());
  CHECK(authenticate(machine(part("act", "5"))).machineToken().value().actors.empty());
}

TEST_CASE_METHOD(Fixture, "an OAuth JWT whose actor cannot be named is refused") {
  CHECK(outcome(application(part("act", R"({"sub":"a","act":{"sub":"b"}})"))) == "in user_1");
  const std::string act = GENERATE(R"("a")", R"([{"sub":"a"}])", R"({"sub":5})", R"({"sub":"a","act":{}})");
  CAPTURE(act);
  CHECK(outcome(application(part("act", act))) == failed);
}

TEST_CASE_METHOD(Fixture, "a machine JWT is not rejected because keys cannot be fetched") {
  setBearer(machine());
  const clerk::RequestAuthenticator fetching(clerk::KeySource::frontendApi(options.publishableKey, transport), options,
                                             transport);
  const RequestState state = authenticate(fetching);
  CHECK_FALSE(state.isAuthenticated());
  CHECK(state.reason() == "token-verification-failed");
  CHECK(state.error()->kind() == ErrorKind::unavailable);
}
