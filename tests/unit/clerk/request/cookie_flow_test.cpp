#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

/// Cookie names as in `__session` and `__session_<suffix>`.
const std::string plain = "__session=";
const std::string suffixed = "; __session_naoXFJnI=";
const std::string plainUat = "; __client_uat=";
const std::string suffixedUat = "; __client_uat_naoXFJnI=";

const std::string nothing = "out session-token-and-uat-missing";
const std::string expiry = " session-token-expired-refresh-non-eligible-no-refresh-cookie";

struct CookieFixture : RequestFixture {
  static constexpr long long before = now - 1;

  void setCookies(const std::string& cookies) { setHeader("cookie", cookies); }

  std::string outcomeOfDocument() {
    setDocument();
    return outcome();
  }
};

using Fixture = CookieFixture;

std::string good(const std::string& user = "user_1", long long age = 0) {
  return Fixture::production().sessionToken(Fixture::session(user, age));
}

std::string expired() { return Fixture::production().sessionToken(Fixture::expiredSession()); }

std::string with(const std::string& claim, Fixture::Claim value) {
  return Fixture::production().sessionToken(Fixture::sessionWith(claim, std::move(value)));
}

std::string foreign() {
  return Fixture::production().sessionToken(Fixture::sessionWith("iss", "https://clerk.other.example"));
}

std::string uat(long long time = Fixture::before) { return std::to_string(time); }

}  // namespace

TEST_CASE_METHOD(CookieFixture, "the session cookie and __client_uat must agree") {
  const auto [cookies, document, script] = GENERATE(table<std::string, std::string, std::string>({
      {plain + good() + plainUat + uat(), "in user_1", "in user_1"},
      {plain + good() + plainUat + uat(now), "in user_1", "in user_1"},
      {plain + good() + plainUat + uat(now + 1), "handshake session-token-iat-before-client-uat",
       "out session-token-iat-before-client-uat"},
      {plain + good(), "handshake session-token-but-no-client-uat", "out session-token-but-no-client-uat"},
      {plain + good() + plainUat + "0", "handshake session-token-but-no-client-uat",
       "out session-token-but-no-client-uat"},
      {plain + good() + plainUat + "abc", "handshake session-token-but-no-client-uat",
       "out session-token-but-no-client-uat"},
      {plain + good() + plainUat + "\"1\"", "handshake session-token-but-no-client-uat",
       "out session-token-but-no-client-uat"},
      {plain + good() + plainUat + "12abc", "in user_1", "in user_1"},
      {plain + good() + plainUat + "-5", "in user_1", "in user_1"},
      {plain + good() + plainUat + "+5", "in user_1", "in user_1"},
      {plain + good() + plainUat + "0x1f", "in user_1", "in user_1"},
      {plain + good() + plainUat + "--5", "handshake session-token-but-no-client-uat",
       "out session-token-but-no-client-uat"},
      {plain + good() + plainUat + "99999999999999999999", "handshake session-token-iat-before-client-uat",
       "out session-token-iat-before-client-uat"},
      {"x=1" + plainUat + uat(), "handshake client-uat-but-no-session-token", "out client-uat-but-no-session-token"},
      {plain + plainUat + uat(), "handshake client-uat-but-no-session-token", "out client-uat-but-no-session-token"},
      {plain + with("iat", std::nullopt) + plainUat + uat(), "in user_1", "in user_1"},
      {plain + with("iat", std::to_string(now)) + plainUat + uat(now), "out token-verification-failed",
       "out token-verification-failed"},
      {plain + with("iat", std::to_string(now)) + plainUat + uat(now + 1),
       "handshake session-token-iat-before-client-uat", "out session-token-iat-before-client-uat"},
      {plain + with("iat", Json(nullptr)) + plainUat + uat(), "handshake session-token-iat-before-client-uat",
       "out session-token-iat-before-client-uat"},
      {plain + with("iat", "soon") + plainUat + uat(), "out token-verification-failed",
       "out token-verification-failed"},
  }));
  CAPTURE(cookies);
  setCookies(cookies);
  CHECK(outcome() == script);
  CHECK(outcomeOfDocument() == document);
}

TEST_CASE_METHOD(CookieFixture, "a session cookie that is refused is refused for pages, too") {
  const auto [token, expected] = GENERATE(table<std::string, std::string>({
      {stranger().sessionToken(session()), "out token-invalid-signature"},
      {"bad", "out token-invalid"},
      {"a.b.c", "out token-invalid"},
      {'"' + good() + '"', "out token-invalid"},
      {production().templateToken(), "out token-type-mismatch"},
      {with("sub", ""), "out token-verification-failed"},
      {with("sts", "revoked"), "out token-verification-failed"},
  }));
  setCookies(plain + token + plainUat + uat());
  CHECK(outcomeOfDocument() == expected);
}

TEST_CASE_METHOD(CookieFixture, "the authorized party of a session cookie is checked") {
  options.authorizedParties = {"https://app.example.com"};
  const auto [party, policy, expected] = GENERATE(table<Claim, clerk::MissingParty, std::string>({
      {"https://app.example.com", clerk::MissingParty::refuse, "in user_1"},
      {"https://other.example.com", clerk::MissingParty::allow, "out token-invalid-authorized-parties"},
      {std::nullopt, clerk::MissingParty::refuse, "out token-invalid-authorized-parties"},
      {std::nullopt, clerk::MissingParty::allowInCookie, "in user_1"},
  }));
  options.missingParty = policy;
  setCookies(plain + with("azp", party) + plainUat + uat());
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(CookieFixture, "only a request for a document is sent to Clerk") {
  const auto [verb, header, value, expected] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"GET", "sec-fetch-dest", "document", "handshake" + expiry},
      {"GET", "sec-fetch-dest", "iframe", "handshake" + expiry},
      {"GET", "accept", "text/html,application/xhtml+xml", "handshake" + expiry},
      {"get", "accept", "text/html", "handshake" + expiry},
      {"GET", "accept", "*/*", "out" + expiry},
      {"GET", "accept", "application/json, text/html", "out" + expiry},
      {"GET", "sec-fetch-dest", "empty", "out" + expiry},
      {"GET", "sec-fetch-dest", "Document", "out" + expiry},
      {"GET", "sec-fetch-dest", "", "out" + expiry},
      {"GET", "x", "y", "out" + expiry},
      {"POST", "sec-fetch-dest", "document", "out session-token-expired-refresh-non-eligible-non-get"},
      {"HEAD", "sec-fetch-dest", "document", "out session-token-expired-refresh-non-eligible-non-get"},
  }));
  CAPTURE(verb, header, value);
  method = verb;
  setHeader(header, value);
  setCookies(plain + expired() + plainUat + uat(1));
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(CookieFixture,
                 "two Sec-Fetch-Dest headers request no document, and neither does Accept beside Sec-Fetch-Dest") {
  setCookies(plain + expired() + plainUat + uat(1));
  setHeader("accept", "text/html");
  setHeader("sec-fetch-dest", GENERATE("empty", "image", "document, document"));
  CHECK(outcome() == "out" + expiry);
  headers.back().second = "document";
  setDocument();
  CHECK(outcome() == "out" + expiry);
}

TEST_CASE_METHOD(CookieFixture, "a refresh token on a GET is named in the reason") {
  const auto [verb, name, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"GET", "__refresh_naoXFJnI", "missing-api-client"},
      {"GET", "__refresh", "non-eligible-no-refresh-cookie"},
      {"GET", "__refresh_other", "non-eligible-no-refresh-cookie"},
      {"POST", "__refresh_naoXFJnI", "non-eligible-non-get"},
  }));
  method = verb;
  setCookies(plain + expired() + plainUat + uat(1) + "; " + name + "=r");
  CHECK(outcome() == "out session-token-expired-refresh-" + expected);
}

TEST_CASE_METHOD(CookieFixture, "cookies with the instance's suffix or those without count, never a mixture") {
  const auto [cookies, expected] = GENERATE(table<std::string, std::string>({
      {"x=" + suffixed + good("s") + suffixedUat + uat(), "in s"},
      {plain + good("p") + plainUat + uat() + suffixed + good("s") + suffixedUat + uat(), "in s"},
      {plain + good("p") + plainUat + uat(1) + suffixed + good("s", 10) + suffixedUat + uat(1), "in p"},
      {plain + good("p", 10) + plainUat + uat(1) + suffixed + good("s") + suffixedUat + uat(1), "in s"},
      {plain + foreign() + plainUat + uat() + suffixed + good("s") + suffixedUat + uat(), "in s"},
      {plain + with("iss", 5) + plainUat + uat() + suffixed + good("s") + suffixedUat + uat(), "in s"},
      {plain + foreign() + plainUat + uat(), nothing},
      {plain + with("iss", std::nullopt) + plainUat + uat() + suffixed + good("s") + suffixedUat + uat(),
       "out token-invalid-issuer"},
      {plain + with("iss", 0) + plainUat + uat() + suffixed + good("s") + suffixedUat + uat(),
       "out token-invalid-issuer"},
      {plain + "bad" + plainUat + uat() + suffixed + good("s") + suffixedUat + uat(), "out token-invalid"},
      {plain + good("p") + plainUat + uat() + suffixed + good("s") + suffixedUat + "0", "in p"},
      {plain + good("p") + plainUat + "0" + suffixed + good("s") + suffixedUat + uat(), "in s"},
      {plain + good("p") + plainUat + "0" + suffixed + good("s") + suffixedUat + "0",
       "out session-token-but-no-client-uat"},
      {plain + good("p") + plainUat + "0" + suffixed + expired() + suffixedUat + uat(1), "out" + expiry},
      {"x=1" + plainUat + uat() + suffixed + good("s"), "out client-uat-but-no-session-token"},
      {plain + good("p") + plainUat + uat() + suffixed + good("s"), "in p"},
      {"x=1" + suffixedUat + uat(), "out client-uat-but-no-session-token"},
      {"__session_other=" + good() + "; __client_uat_other=" + uat(), nothing},
      {"__sessions=" + good() + "; __client_uats=" + uat(), nothing},
  }));
  CAPTURE(cookies);
  setCookies(cookies);
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(CookieFixture, "the first cookie of a name counts, across headers, even when it is empty") {
  const auto [first, second, expected] = GENERATE(table<std::string, std::string, std::string>({
      {plain + good("one"), plain + good("two"), "in one"},
      {plain + "bad", plain + good("two"), "out token-invalid"},
      {plain, plain + good("two"), "out client-uat-but-no-session-token"},
      {"__session", plain + good("two"), "in two"},
  }));
  setCookies(first + plainUat + uat());
  setCookies(second);
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(CookieFixture, "percent-encoded values are decoded, malformed ones are left alone") {
  std::string encoded = good();
  encoded.replace(encoded.find('.'), 1, "%2E");
  const auto [token, expected] = GENERATE_COPY(table<std::string, std::string>({
      {encoded, "in user_1"},
      {good() + "%2", "out token-invalid"},
      {good() + "%ff", "out token-invalid"},
  }));
  setCookies(plain + token + plainUat + "%31");
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(
    CookieFixture,
    "PR #9466: an encoded semicolon does not separate cookies, and an issuer that is not a string does not crash") {
  setCookies("x=1%3B%20__session=" + good() + "%3B%20__client_uat=" + uat());
  CHECK(outcome() == nothing);
  headers.clear();
  setCookies(plain + with("iss", Json::parse(GENERATE("5", "true", "{}", "[\"https://clerk.example.com\"]"))) +
             plainUat + uat());
  CHECK(outcome() == nothing);
}

TEST_CASE_METHOD(CookieFixture, "PR #8877: a token without a party does not get past authorized parties") {
  options.authorizedParties = {"https://app.example.com"};
  const Claim missing = GENERATE(Claim(), Claim(""), Claim(nullptr));
  setBearer(with("azp", missing));
  CHECK(outcome() == "out token-invalid-authorized-parties");
  headers.clear();
  setCookies(plain + with("azp", missing) + plainUat + uat());
  CHECK(outcome() == (missing ? "out token-invalid-authorized-parties" : "in user_1"));
  options.missingParty = clerk::MissingParty::refuse;
  CHECK(outcome() == "out token-invalid-authorized-parties");
}

TEST_CASE_METHOD(CookieFixture, "GHSA-q6w5-jg5q-47vg: no header except Authorization and Cookie identifies the user") {
  setCookies(plain + good() + plainUat + uat());
  setHeader("x-clerk-auth-status", "signed-in");
  setHeader("x-clerk-auth-token", good("user_evil"));
  setHeader("x-clerk-auth-reason", "");
  CHECK(outcome() == "in user_1");
  headers.erase(headers.begin());
  CHECK(outcome() == nothing);
}

TEST_CASE_METHOD(CookieFixture, "a pending session is signed in, without a user unless the options accept it") {
  setCookies(plain + with("sts", "pending") + plainUat + uat());
  clerk::RequestState state = authenticate();
  CHECK(state.status() == clerk::AuthStatus::signedIn);
  CHECK_FALSE(state.isAuthenticated());
  CHECK(state.auth().userId().empty());
  CHECK(state.auth().sessionStatus() == clerk::SessionStatus::pending);
  CHECK(state.auth(false).userId() == "user_1");
  options.treatPendingAsSignedOut = false;
  state = authenticate();
  CHECK(state.isAuthenticated());
  CHECK_FALSE(state.auth(true).isAuthenticated());
}

TEST_CASE_METHOD(CookieFixture, "with sessionOnly a session that verifies is enough, and nothing is redirected") {
  options.cookiePolicy = clerk::CookiePolicy::sessionOnly;
  const auto [cookies, expected] = GENERATE(table<std::string, std::string>({
      {plain + good(), "in user_1"},
      {plain + good() + plainUat + "0", "in user_1"},
      {"x=1" + suffixed + good("s"), "in s"},
      {plain + expired() + plainUat + uat(1), "out" + expiry},
      {plain + production().templateToken(), "out token-type-mismatch"},
      {plain + "bad", "out token-invalid"},
      {"x=1" + plainUat + uat(), nothing},
      {"__clerk_handshake=" + production().handshakeToken({plain + good()}), nothing},
  }));
  setCookies(cookies);
  setDocument();
  CHECK(outcome() == expected);
}
