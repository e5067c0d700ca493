#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using clerk::AcceptedTokens;
using clerk::RequestState;
using liveblocks_tests::RequestFixture;
using T = clerk::TokenType;

namespace {

struct Fixture : RequestFixture {
  Fixture() {
    options.secretKey = "sk_live_abc";
    transport->setHandler([](const http::Request& request, const http::Call&) { return answerTo(request.url); });
  }

  static http::Response answerTo(const std::string& url) {
    const std::string rest = R"(,"id":"id_1","scopes":[],"revoked":false,"expired":false})";
    if (url.find("/api_keys") != std::string::npos)
      return {200, {}, R"({"object":"api_key","subject":"user_1")" + rest};
    if (url.find("/m2m_tokens") != std::string::npos) {
      return {200, {}, R"({"object":"machine_to_machine_token","subject":"mch_1")" + rest};
    }
    return {200, {}, R"({"object":"clerk_idp_oauth_access_token","subject":"user_1")" + rest};
  }

  /// The bearer token of that name; empty for `nothing`.
  std::string tokenNamed(const std::string& name) const {
    testing::M2mTokenSpec machine;
    testing::OauthTokenSpec application;
    testing::TemplateTokenSpec other;
    machine.issuedAt = application.issuedAt = other.issuedAt = at(now * 1000);
    if (name == "session") return token();
    if (name == "template") return issuer->templateToken(other);
    if (name == "m2m JWT") return issuer->m2mToken(machine);
    if (name == "OAuth JWT") return issuer->oauthToken(application);
    return name == "nothing" ? "" : name;
  }
};

/// `in <type>`, or `out <type> <reason>`.
std::string resultOf(const RequestState& state) {
  const std::string type(state.tokenType() ? name(*state.tokenType()) : "none");
  return state.isAuthenticated() ? "in " + type : "out " + type + " " + state.reason();
}

}  // namespace

TEST_CASE_METHOD(Fixture, "tokens are accepted by their type") {
  const std::string mismatch = " token-type-mismatch";
  const std::string noToken = " No token in header";
  const std::string missing = "out session_token session-token-and-uat-missing";
  const std::vector<std::string> columns = {"nothing", "session", "template",  "ak_x", "mt_x",
                                            "oat_x",   "m2m JWT", "OAuth JWT", "bad"};
  using Row = std::tuple<AcceptedTokens, std::vector<std::string>>;
  const std::string other = "out none" + mismatch;
  const std::string noSession = "out session_token" + mismatch;
  const std::string noKey = "out api_key" + mismatch;
  const std::string noMachine = "out m2m_token" + mismatch;
  const std::string noApplication = "out oauth_token" + mismatch;
  const std::string bad = "out session_token token-invalid";
  const auto [accepted, expected] = GENERATE_COPY(values<Row>({
      {T::sessionToken, {missing, "in session_token", noSession, bad, bad, bad, noSession, noSession, bad}},
      {T::apiKey, {"out api_key" + noToken, noKey, noKey, "in api_key", noKey, noKey, noKey, noKey, noKey}},
      {T::m2mToken,
       {"out m2m_token" + noToken, noMachine, noMachine, noMachine, "in m2m_token", noMachine, "in m2m_token",
        noMachine, noMachine}},
      {T::oauthToken,
       {"out oauth_token" + noToken, noApplication, noApplication, noApplication, noApplication, "in oauth_token",
        noApplication, "in oauth_token", noApplication}},
      {AcceptedTokens{T::sessionToken, T::apiKey},
       {missing, "in session_token", noSession, "in api_key", other, other, other, other, bad}},
      {AcceptedTokens{T::m2mToken, T::oauthToken},
       {other, other, other, other, "in m2m_token", "in oauth_token", "in m2m_token", "in oauth_token", other}},
      {AcceptedTokens(std::vector{T::m2mToken}),
       {other, other, other, other, "in m2m_token", other, "in m2m_token", other, other}},
      {AcceptedTokens(std::vector<T>()), std::vector<std::string>(columns.size(), other)},
      {AcceptedTokens::any(),
       {missing, "in session_token", noSession, "in api_key", "in m2m_token", "in oauth_token", "in m2m_token",
        "in oauth_token", bad}},
  }));
  options.acceptsToken = accepted;
  const clerk::RequestAuthenticator all = authenticator();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    headers.clear();
    if (const std::string token = tokenNamed(columns[i]); !token.empty()) setBearer(token);
    CAPTURE(columns[i]);
    CHECK(resultOf(authenticate(all)) == expected[i]);
  }
}

TEST_CASE_METHOD(Fixture, "machine tokens are looked for in the header alone") {
  const std::string name = GENERATE("ak_x", "mt_x", "oat_x", "m2m JWT", "OAuth JWT");
  options.acceptsToken = AcceptedTokens::any();
  setHeader("cookie", "__session=" + tokenNamed(name) + "; __client_uat=1");
  CAPTURE(name);
  CHECK_FALSE(authenticate().isAuthenticated());
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "a malformed header has the wrong type where sessions are not accepted") {
  const auto [accepted, type] = GENERATE(table<AcceptedTokens, std::optional<clerk::TokenType>>({
      {clerk::TokenType::apiKey, clerk::TokenType::apiKey},
      {AcceptedTokens{clerk::TokenType::apiKey, clerk::TokenType::m2mToken}, std::nullopt},
  }));
  options.acceptsToken = accepted;
  options.secretKey = "sk_live_secret";
  setHeader("Authorization", "Bearer a b");
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out token-type-mismatch");
  CHECK(state.tokenType() == type);
}
