#include "catch.hpp"
#include "log_lines.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

const std::string expiry = "session-token-expired-refresh-non-eligible-no-refresh-cookie";
const std::string expiryMessage =
    "JWT is expired. Expiry date: Tue, 31 Dec 2024 23:59:00 GMT, Current date: Wed, 01 Jan 2025 00:00:00 GMT. "
    "(reason=token-expired, token-carrier=cookie)";
const std::string here = "redirect_url=https%3A%2F%2Fapp.example.com%2Fdash%3Fq%3D1";

std::string parameters(const std::string& reason) {
  return "&__clerk_api_version=2026-05-12&suffixed_cookies=false&__clerk_hs_reason=" + reason + "&format=nonce";
}

/// `name: value` lines.
std::string listed(const clerk::RequestState& state) {
  std::string lines;
  for (const http::Header& header : state.headers()) lines += header.name + ": " + header.value + "\n";
  return lines;
}

struct StartFixture : RequestFixture {
  std::string expired = token(expiredSession());

  StartFixture() {
    options.secretKey = "sk_live_x";
    setDocument();
    setHeader("Cookie", "__session=" + expired + "; __client_uat=1");
  }

  std::string location() const { return headerOf(authenticate(), "location"); }
};

struct DevelopmentFixture : RequestFixture {
  DevelopmentFixture() : RequestFixture(development()) { options.secretKey = "sk_test_x"; }

  void setCookies(const std::string& cookies) { setHeader("Cookie", cookies); }
};

}  // namespace

TEST_CASE_METHOD(RequestFixture,
                 "where the public URL is unknown the log tells once what to set, and the message always") {
  liveblocks_tests::LogLines log;
  options.log = log.callback();
  options.trustForwardedHeaders = GENERATE(false, true);
  setDocument();
  setHeader("Cookie", "__client_uat=1");
  url = "/dash";
  const clerk::RequestAuthenticator same = authenticator();
  for (int i = 0; i < 3; ++i) {
    const clerk::RequestState state = authenticate(same);
    CHECK(outcomeOf(state) == "out client-uat-but-no-session-token");
    CHECK(state.message() == "a redirect is needed, and the public URL of the page is unknown");
  }
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == LogLevel::warning);
  CHECK_THAT(log.lines->front().second, ContainsSubstring("set publicOrigin"));
}

TEST_CASE_METHOD(RequestFixture, "a malformed URL does not lead to a hint about the options") {
  liveblocks_tests::LogLines log;
  options.log = log.callback();
  setDocument();
  setHeader("Cookie", "__client_uat=1");
  url = GENERATE(as<std::string>(), "", "*", "example.com:443", "/" + std::string(17000, 'a'));
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out client-uat-but-no-session-token");
  CHECK_FALSE(state.message().empty());
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(StartFixture, "an expired session on a page is sent to Clerk with all that Clerk needs") {
  const clerk::RequestState state = authenticate();
  CHECK(listed(state) ==
        "Cache-Control: no-store\n"
        "Location: https://clerk.example.com/v1/client/handshake?" +
            here + parameters(expiry) + "&__session=" + expired +
            "\n"
            "Set-Cookie: __clerk_redirect_count=1; SameSite=Lax; HttpOnly; Max-Age=2\n"
            "X-Clerk-Auth-Message: " +
            expiryMessage +
            "\n"
            "X-Clerk-Auth-Reason: " +
            expiry +
            "\n"
            "X-Clerk-Auth-Status: handshake\n");
  CHECK(state.message() == expiryMessage);
  CHECK(state.error()->code == Errc::expired);
  CHECK_FALSE(state.isAuthenticated());
  REQUIRE(state.redirect());
  CHECK(state.redirect()->status == 307);
  CHECK(state.redirect()->headers.size() == state.headers().size());
  for (const http::Header& header : state.headers()) CHECK(header.sensitive == (header.name == "Location"));
}

TEST_CASE_METHOD(StartFixture, "without access to the Backend API no nonce is requested") {
  SECTION("no secret key") { options.secretKey = {}; }
  SECTION("no transport") { transport = nullptr; }
  CHECK(location().find("&__clerk_hs_reason=" + expiry + "&__session=") != std::string::npos);
}

TEST_CASE_METHOD(StartFixture, "the same request by a script is told the reason and goes nowhere") {
  headers.front().second = "empty";
  const clerk::RequestState state = authenticate();
  CHECK(listed(state) == "X-Clerk-Auth-Message: " + expiryMessage +
                             "\n"
                             "X-Clerk-Auth-Reason: " +
                             expiry +
                             "\n"
                             "X-Clerk-Auth-Status: signed-out\n");
  CHECK_FALSE(state.redirect());
}

TEST_CASE_METHOD(RequestFixture, "a token of the header never leads to a redirect") {
  setDocument();
  const auto [spec, reason] = GENERATE(table<Spec, std::string>({
      {expiredSession(), expiry},
      {sessionWith("nbf", now + 60), "session-token-nbf"},
      {sessionWith("iat", now + 60), "session-token-iat-in-the-future"},
  }));
  setBearer(token(spec));
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out " + reason);
  CHECK_FALSE(state.redirect());
}

TEST_CASE_METHOD(RequestFixture, "messages hold times as Clerk's SDK writes them, and the carrier") {
  const auto [spec, message] = GENERATE(table<Spec, std::string>({
      {expiredSession(),
       "JWT is expired. Expiry date: Tue, 31 Dec 2024 23:59:00 GMT, Current date: Wed, 01 Jan 2025 00:00:00 GMT. "
       "(reason=token-expired, token-carrier=header)"},
      {sessionWith("nbf", now + 60),
       "JWT cannot be used prior to not before date claim (nbf). Not before date: Wed, 01 Jan 2025 00:01:00 GMT; "
       "Current date: Wed, 01 Jan 2025 00:00:00 GMT; (reason=token-not-active-yet, token-carrier=header)"},
      {sessionWith("iat", now + 60),
       "JWT issued at date claim (iat) is in the future. Issued at date: Wed, 01 Jan 2025 00:01:00 GMT; "
       "Current date: Wed, 01 Jan 2025 00:00:00 GMT; (reason=token-iat-in-the-future, token-carrier=header)"},
  }));
  setBearer(token(spec));
  CHECK(authenticate().message() == message);
}

TEST_CASE_METHOD(RequestFixture, "headers hold no value of the token, nor of the configuration") {
  options.authorizedParties = {"https://s3cret.test"};
  options.audience = {"s3cret"};
  const Spec spec = GENERATE(sessionWithHeader("typ", "s3cret"), sessionWithHeader("alg", "s3cret"),
                             sessionWithHeader("kid", 5), sessionWith("sub", Json::parse(R"(["s3cret"])")),
                             sessionWith("azp", "s3cret"), sessionWith("aud", "s3cret"), sessionWith("exp", "s3cret"));
  setBearer(token(spec));
  const clerk::RequestState state = authenticate();
  CHECK_FALSE(state.message().empty());
  CHECK_FALSE(headerOf(state, "x-clerk-auth-message").empty());
  CHECK(headerOf(state, "x-clerk-auth-message").find("s3cret") == std::string::npos);
  if (state.reason() != "token-invalid-authorized-parties") CHECK(state.message().find("s3cret") == std::string::npos);
}

TEST_CASE_METHOD(RequestFixture, "a wrong party is named for the log, and in no header") {
  options.authorizedParties = {"https://a.test"};
  setBearer(token());
  const clerk::RequestState state = authenticate();
  CHECK(state.message() ==
        "the token is for the party \"https://app.example.com\" (azp); authorizedParties are https://a.test "
        "(reason=token-invalid-authorized-parties, token-carrier=header)");
  CHECK(headerOf(state, "x-clerk-auth-message") ==
        "the token is for a party that is not authorized (reason=token-invalid-authorized-parties, "
        "token-carrier=header)");
}

TEST_CASE_METHOD(RequestFixture, "a wrong issuer is named for the log, and in no header") {
  options.issuer = "https://clerk.a.test";
  setBearer(token());
  const clerk::RequestState state = authenticate();
  CHECK(state.message() == "the token is of the issuer \"" + issuer->issuer() +
                               "\" (iss); accepted issuers are https://clerk.a.test "
                               "(reason=token-invalid-issuer, token-carrier=header)");
  CHECK(headerOf(state, "x-clerk-auth-message") ==
        "the token is of another issuer (reason=token-invalid-issuer, token-carrier=header)");
}

TEST_CASE_METHOD(RequestFixture, "messages without values are those of Clerk's SDK") {
  const auto [text, message] = GENERATE(table<std::string, std::string>({
      {"bad",
       "Invalid JWT form. A JWT consists of three parts separated by dots. (reason=token-invalid, "
       "token-carrier=header)"},
      {"a.b.c",
       "Invalid JWT form. The header, payload, or signature could not be decoded. (reason=token-invalid, "
       "token-carrier=header)"},
      {"eA.eA.eA",
       "Invalid JWT form. The header, payload, or signature could not be decoded. (reason=token-invalid, "
       "token-carrier=header)"},
      {production().sign("{}", "x"),
       "Invalid JWT form. The header, payload, or signature could not be decoded. (reason=token-invalid, "
       "token-carrier=header)"},
      {stranger().sessionToken(session()),
       "JWT signature is invalid. (reason=token-invalid-signature, token-carrier=header)"},
      {production().sessionToken(sessionWith("sub", 5)),
       "the claim sub is missing or not of its type (reason=token-verification-failed, token-carrier=header)"},
  }));
  setBearer(text);
  CHECK(authenticate().message() == message);
}

TEST_CASE_METHOD(RequestFixture, "a token is rejected with a message that says why") {
  options.authorizedParties = {"https://app.example.com"};
  options.audience = {"a"};
  const auto [changed, message] = GENERATE(table<Spec, std::string>({
      {sessionWithHeader("typ", "x"), "the token is of another type"},
      {sessionWithHeader("alg", "HS256"), "the token is not signed with RS256"},
      {sessionWithHeader("crit", Json::parse(R"(["x"])")), "the token's header asks for an extension"},
      {sessionWithHeader("kid", 5), "the token's key id is not a string of at most 256 bytes"},
      {sessionWith("aud", std::nullopt), "the token's audience is missing or unreadable"},
      {sessionWith("aud", "b"), "the token is for another audience"},
      {sessionWith("azp", std::nullopt),
       "the token names no authorized party (azp); authorizedParties are https://app.example.com"},
      {sessionWith("iss", std::nullopt),
       "the token names no issuer (iss); accepted issuers are https://clerk.example.com"},
      {sessionWith("exp", "1"), "the claim exp is missing or not of its type"},
      {sessionWith("nbf", "1"), "the claim nbf is missing or not of its type"},
      {sessionWith("sid", std::nullopt), "the claim sid is missing or not of its type"},
      {sessionWith("act", 5), "the claim act is missing or not of its type"},
      {sessionWith("sts", "ended"), "the session is not active"},
      {sessionWith("fea", "x"), "the claim \"fea\" has an element without a scope"},
  }));
  Spec spec = changed;
  const bool hasAudience = !spec.claims.empty() && spec.claims.front().first == "aud";
  if (!hasAudience) spec.claims.emplace_back("aud", "a");
  if (spec.claims.front().first == "fea") spec.claims.emplace_back("o", Json::parse("{}"));
  setBearer(token(spec));
  const clerk::RequestState state = authenticate();
  CHECK(state.message().substr(0, state.message().find(" (reason=")) == message);
}

TEST_CASE_METHOD(RequestFixture, "a token that names no key of a JWK Set is rejected with a message that says so") {
  setBearer(token(sessionWithHeader("kid", std::nullopt)));
  const clerk::RequestAuthenticator verifying(clerk::KeySource::jwks(issuer->jwks()), options, transport);
  CHECK(authenticate(verifying).message() == "the token names no key (reason=jwk-kid-mismatch, token-carrier=header)");
}

TEST_CASE_METHOD(StartFixture, "a browser is sent three times in a row and no more") {
  const auto [count, expected] = GENERATE(table<std::string, std::string>({
      {"", "1"},
      {"0", "1"},
      {"1", "2"},
      {"2", "3"},
      {"3", ""},
      {"4", ""},
      {"99999999999", ""},
      {"abc", "1"},
      {"2x", "1"},
      {"-7", "1"},
  }));
  CAPTURE(count);
  headers.back().second += "; __clerk_redirect_count=" + count;
  const clerk::RequestState state = authenticate();
  const std::string attributes = "; SameSite=Lax; HttpOnly; Max-Age=2";
  CHECK(headerOf(state, "set-cookie") ==
        (expected.empty() ? expected : "__clerk_redirect_count=" + expected + attributes));
  CHECK(outcomeOf(state) == (expected.empty() ? "out " : "handshake ") + expiry);
}

TEST_CASE_METHOD(StartFixture, "the way back has no development browser in it") {
  url = "https://app.example.com/dash?__clerk_db_jwt=x&q=1&__dev_session=y";
  CHECK(location().find("?" + here + "&") != std::string::npos);
}

TEST_CASE_METHOD(StartFixture,
                 "the public URL is configured, or the request's own, or forwarded where that is trusted") {
  const auto [target, origin, trusted, forwardedHost, forwardedProto, expected] =
      GENERATE(table<std::string, std::string, bool, std::string, std::string, std::string>({
          {"/p?q=1", "https://a.test", false, "", "", "https%3A%2F%2Fa.test%2Fp%3Fq%3D1"},
          {"http://in.test/p?q=1", "https://a.test", false, "", "", "https%3A%2F%2Fa.test%2Fp%3Fq%3D1"},
          {"/p", "https://A.test:443", false, "", "", "https%3A%2F%2Fa.test%2Fp"},
          {"http://in.test/p", "https://a.test", true, "evil.test", "https", "https%3A%2F%2Fa.test%2Fp"},
          {"http://in.test/p", "", false, "evil.test", "https", "http%3A%2F%2Fin.test%2Fp"},
          {"http://in.test/p", "", true, "a.test, b.test", "https, http", "https%3A%2F%2Fa.test%2Fp"},
          {"http://in.test/p", "", true, "a.test:8443", "", "http%3A%2F%2Fa.test%3A8443%2Fp"},
          {"http://in.test/p", "", true, "a.test", "javascript", "http%3A%2F%2Fin.test%2Fp"},
          {"http://in.test/p", "", true, "evil.test/path", "https", "http%3A%2F%2Fin.test%2Fp"},
          {"http://in.test/p", "", true, "user@evil.test", "https", "http%3A%2F%2Fin.test%2Fp"},
          {"http://in.test/p", "", true, "<bad>", "https", "http%3A%2F%2Fin.test%2Fp"},
          {"http://in.test/p", "", true, "", "https", "http%3A%2F%2Fin.test%2Fp"},
          {"/p", "", true, "a.test", "https", "https%3A%2F%2Fa.test%2Fp"},
          {"/p", "", true, "a.test", "", ""},
          {"/p", "", false, "a.test", "https", ""},
          {"//evil.test/p", "https://a.test", false, "", "", "https%3A%2F%2Fa.test%2F%2Fevil.test%2Fp"},
          {"/\\evil.test/p", "https://a.test", false, "", "", "https%3A%2F%2Fa.test%2F%2Fevil.test%2Fp"},
          {"https:\\\\evil.test/p", "https://a.test", false, "", "", ""},
          {"@evil.test/p", "https://a.test", false, "", "", ""},
          {".evil.test/p", "https://a.test", false, "", "", ""},
          {"*", "https://a.test", false, "", "", ""},
          {"", "https://a.test", false, "", "", ""},
      }));
  CAPTURE(target, forwardedHost, forwardedProto);
  url = target;
  options.publicOrigin = origin;
  options.trustForwardedHeaders = trusted;
  if (!forwardedHost.empty()) setHeader("x-forwarded-host", forwardedHost);
  if (!forwardedProto.empty()) setHeader("x-forwarded-proto", forwardedProto);
  const std::string sent = location();
  CHECK(sent.empty() == expected.empty());
  if (!expected.empty()) CHECK(sent.find("?redirect_url=" + expected + "&") != std::string::npos);
}

TEST_CASE_METHOD(StartFixture, "the host of the request is believed only where headers are trusted") {
  url = "http://in.test/p";
  setHeader("host", "a.test");
  CHECK(location().find("redirect_url=http%3A%2F%2Fin.test%2Fp&") != std::string::npos);
  options.trustForwardedHeaders = true;
  CHECK(location().find("redirect_url=http%3A%2F%2Fa.test%2Fp&") != std::string::npos);
}

TEST_CASE_METHOD(StartFixture, "a proxy of the application stands for the Frontend API") {
  options.proxyUrl = GENERATE("https://app.example.com/__clerk", "https://app.example.com/__clerk//", "/__clerk");
  const std::string address = "https://app.example.com/__clerk/v1/client/handshake?";
  CHECK(location().substr(0, address.size()) == address);
  headers.clear();
  setBearer(token(sessionWith("iss", "https://app.example.com/__clerk")));
  CHECK(outcome() == "in user_1");
}

TEST_CASE_METHOD(StartFixture, "suffixed cookies are named in the handshake") {
  headers.back().second = "__session_naoXFJnI=" + expired + "; __client_uat_naoXFJnI=1";
  CHECK(location().find("&suffixed_cookies=true&") != std::string::npos);
}

TEST_CASE_METHOD(DevelopmentFixture, "a development instance knows its browsers") {
  const auto [cookies, document, script] = GENERATE(table<std::string, std::string, std::string>({
      {"", "handshake dev-browser-missing", "out dev-browser-missing"},
      {"__clerk_db_jwt=b", "out session-token-and-uat-missing", "out session-token-and-uat-missing"},
      {"__clerk_db_jwt=b; __session=" + development().sessionToken(session()),
       "handshake session-token-but-no-client-uat", "out session-token-but-no-client-uat"},
      {"__clerk_db_jwt=b; __client_uat=1; __session=" + development().sessionToken(session()), "in user_1",
       "in user_1"},
      {"__client_uat=1; __session=" + development().sessionToken(session()), "handshake dev-browser-missing",
       "out dev-browser-missing"},
      {"__clerk_db_jwt_nx2hSE6I=b; __client_uat_nx2hSE6I=1; __session_nx2hSE6I=" +
           development().sessionToken(session()),
       "in user_1", "in user_1"},
  }));
  setCookies(cookies);
  CHECK(outcome() == script);
  setDocument();
  CHECK(outcome() == document);
}

TEST_CASE_METHOD(DevelopmentFixture, "a development browser in the query is handed on to Clerk") {
  setDocument();
  url += "&__clerk_db_jwt=" + std::string(GENERATE("dvb_1", ""));
  setCookies("__clerk_db_jwt=cookie");
  const std::string browser = url.back() == '=' ? "cookie" : "dvb_1";
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "handshake dev-browser-sync");
  CHECK(headerOf(state, "location") == "https://foo-bar-13.clerk.accounts.dev/v1/client/handshake?" + here +
                                           parameters("dev-browser-sync") + "&__clerk_db_jwt=" + browser);
}

TEST_CASE_METHOD(DevelopmentFixture, "in development an expired session with the suffix yields to the plain one") {
  setCookies("__clerk_db_jwt=b; __client_uat=0; __session=" + token() +
             "; __client_uat_nx2hSE6I=1; __session_nx2hSE6I=" + token(expiredSession()));
  CHECK(outcome() == "out session-token-but-no-client-uat");
}
