// Holes that Clerk's own SDK once had, and has closed.

#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using clerk::AcceptedTokens;
using clerk::RequestState;
using clerk::TokenType;
using liveblocks_tests::RequestFixture;

namespace {

struct Fixture : RequestFixture {
  std::string machine(const testing::ClerkIssuer& instance = production()) const {
    testing::M2mTokenSpec spec;
    spec.issuedAt = at(now * 1000);
    return instance.m2mToken(spec);
  }

  std::string application() const {
    testing::OauthTokenSpec spec;
    spec.issuedAt = at(now * 1000);
    return production().oauthToken(spec);
  }

  /// With the keys of that instance.
  clerk::RequestAuthenticator authenticatorOf(const testing::ClerkIssuer& instance) const {
    return clerk::RequestAuthenticator(clerk::KeySource::jwks(instance.jwks()), options, transport);
  }

  bool acceptsInCookies(const std::string& token, const std::string& suffix) {
    headers.clear();
    setHeader("Cookie", "__session" + suffix + "=" + token + "; __client_uat" + suffix + "=1");
    const RequestState state = authenticate();
    CHECK(state.isAuthenticated() == !state.auth(false).userId().empty());
    return state.isAuthenticated() || state.machineToken();
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "GHSA-gjxx-92w9-8v8f: nothing in a request takes the secret key to another host or path") {
  options.acceptsToken = AcceptedTokens::any();
  options.secretKey = "sk_live_x";
  const std::string text = GENERATE("//evil.test", "/%2e%2e/v1/users", "@evil.test/", "?x=1#y");
  std::string path;
  SECTION("nonce") {
    setHeader("Cookie", "__clerk_handshake_nonce=" + text);
    setDocument();
    path = "/v1/clients/handshake_payload";
  }
  SECTION("opaque token") {
    setBearer("ak_" + text);
    path = "/api_keys/verify";
  }
  CHECK_FALSE(authenticate().isAuthenticated());
  REQUIRE(transport->requestCount() == 1);
  const std::string asked = transport->requests().front().url;
  CHECK(asked.substr(0, asked.find('?')) == "https://api.clerk.com" + path);
  CHECK(asked.find('#') == std::string::npos);
}

TEST_CASE_METHOD(Fixture, "PR #9168: a JWT of a machine or an application in a cookie is not a session") {
  const std::string suffix = GENERATE("", "_naoXFJnI");
  options.acceptsToken = GENERATE(AcceptedTokens(), AcceptedTokens::any());
  options.cookiePolicy = GENERATE(clerk::CookiePolicy::full, clerk::CookiePolicy::sessionOnly);
  CAPTURE(suffix);
  CHECK(acceptsInCookies(token(), suffix));
  CHECK_FALSE(acceptsInCookies(machine(), suffix));
  CHECK_FALSE(acceptsInCookies(application(), suffix));
}

TEST_CASE_METHOD(Fixture, "PR #9168: a machine's JWT in the header is no session, nor a session a machine's") {
  options.acceptsToken = AcceptedTokens::any();
  setBearer(machine());
  const RequestState asMachine = authenticate();
  CHECK(asMachine.tokenType() == TokenType::m2mToken);
  CHECK_FALSE(asMachine.auth().isAuthenticated());

  headers.clear();
  setBearer(token());
  const RequestState asUser = authenticate();
  CHECK(asUser.tokenType() == TokenType::sessionToken);
  CHECK_FALSE(asUser.machineToken());
}

TEST_CASE_METHOD(Fixture, "PR #9394: tokens of an instance with the same key id, or with the same keys, are foreign") {
  options.acceptsToken = AcceptedTokens::any();
  const clerk::RequestAuthenticator first = authenticatorOf(production());
  const clerk::RequestAuthenticator second = authenticatorOf(stranger());
  const auto outcomes = [&](const std::string& token) {
    headers.clear();
    setBearer(token);
    return std::pair(authenticate(first).isAuthenticated(), authenticate(second).isAuthenticated());
  };
  CHECK(outcomes(production().sessionToken(session())) == std::pair(true, false));
  CHECK(outcomes(stranger().sessionToken(session())) == std::pair(false, true));
  CHECK(outcomes(machine(production())) == std::pair(true, false));
  CHECK(outcomes(machine(stranger())) == std::pair(false, true));
  CHECK(outcomes(production().sessionToken(sessionWith("iss", "https://clerk.other.example"))) ==
        std::pair(false, false));
}

TEST_CASE_METHOD(Fixture, "PR #8332: nothing is said of the claims of a token that is not signed by the instance") {
  options.acceptsToken = AcceptedTokens::any();
  options.authorizedParties = {"https://app.example.com"};
  options.audience = {"api"};
  const auto [claim, value] = GENERATE(table<std::string, Claim>({
      {"sub", Json(1)},
      {"iss", Json("https://evil.example")},
      {"aud", Json("other")},
      {"azp", Json("https://evil.example")},
      {"exp", Json(now - 60)},
      {"nbf", Json(now + 60)},
      {"iat", Json(now + 60)},
      {"sts", Json("revoked")},
  }));
  CAPTURE(claim);
  setBearer(stranger().sessionToken(sessionWith(claim, value)));
  const RequestState state = authenticate();
  REQUIRE(state.error());
  CHECK(state.error()->code == Errc::badSignature);
  CHECK_THAT(state.message(), ContainsSubstring("JWT signature is invalid."));
}

TEST_CASE_METHOD(Fixture, "PR #8359: a clock skew of 0 is exact for machine JWTs, too") {
  options.acceptsToken = AcceptedTokens::any();
  options.clockSkew = std::chrono::milliseconds(0);
  setBearer(machine());
  const auto [milliseconds, accepted] = GENERATE(table<long long, bool>({
      {-1, false},
      {0, true},
      {59999, true},
      {60000, false},
  }));
  CAPTURE(milliseconds);
  clock->setWall(at(now * 1000 + milliseconds));
  CHECK(authenticate().isAuthenticated() == accepted);
}
