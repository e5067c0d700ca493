#include <liveblocks/clerk/route_guard.hpp>

#include <algorithm>
#include <stdexcept>

#include "../request/request_fixture.hpp"
#include "catch.hpp"
#include "log_lines.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

struct GuardFixture : RequestFixture {
  using RequestFixture::RequestFixture;

  clerk::RouteGuardOptions routes;

  clerk::RouteGuard guard() const { return clerk::RouteGuard(authenticator(), routes); }

  clerk::RouteGuardResult check() const { return authenticate(guard()); }

  /// `pass`, or the status of the answer.
  std::string verdict() const {
    const clerk::RouteGuardResult result = check();
    return result.response ? std::to_string(result.response->status) : "pass";
  }

  std::string answerHeader(std::string_view name) const {
    const clerk::RouteGuardResult result = check();
    REQUIRE(result.response);
    return std::string(http::findHeader(*result.response, name).value_or("(none)"));
  }

  void setKeysUnreachable() {
    transport->setHandler([](const auto&, const auto&) { return http::Response{500, {}, {}}; });
  }
};

struct DevelopmentFixture : GuardFixture {
  DevelopmentFixture() : GuardFixture(development()) {}
};

}  // namespace

TEST_CASE_METHOD(GuardFixture, "everything is protected except public routes") {
  setHeader("Accept", "application/json");
  routes.publicRoutes = {"/", "/about", "/docs(.*)"};
  const auto [path, expected] = GENERATE(table<std::string, std::string>({
      {"/", "pass"},
      {"/about", "pass"},
      {"/docs/a/b?x=1", "pass"},
      {"/docsx", "401"},
      {"/About", "401"},
      {"/dash", "401"},
      {"/docs/../dash", "401"},
      {"/docs/%2e%2e/dash", "401"},
      {"/docs//dash", "401"},
      {"/docs/%0Ax", "401"},
      {"/docs;x", "401"},
      {"/%zz", "401"},
  }));
  CAPTURE(path);
  url = path;
  CHECK(verdict() == expected);
}

TEST_CASE_METHOD(GuardFixture, "a target that does not begin with a slash is protected") {
  setHeader("Accept", "application/json");
  options.publicOrigin = "https://app.example.com";
  routes.publicRoutes = {"/", "/:path*", "/(.*)"};
  url = GENERATE("", "*", "?x", "?/about", "about", "example.com:443", "https://app.example.com", "https:///x",
                 "https://app.example.com/about", "HTTP://app.example.com/about", "http://a%2Freports%2Fx/about",
                 "http:/about", "ftp://app.example.com/about", "\\about", "#/about", " /about", "\t/about", "%2Fabout");
  CAPTURE(url);
  CHECK(verdict() == "401");
}

TEST_CASE_METHOD(GuardFixture, "a signed-in user passes on every route, and is identified") {
  setBearer(token());
  url = GENERATE("/", "/dash", "/docs//dash", "/%zz");
  const clerk::RouteGuardResult result = check();
  CHECK_FALSE(result.response);
  CHECK(result.state.auth().userId() == "user_1");
}

TEST_CASE_METHOD(GuardFixture, "on a public route the user is identified, if there is one") {
  url = "/dash";
  routes.publicRoutes = {"(.*)"};
  CHECK_FALSE(check().state.isAuthenticated());
  setBearer(token());
  CHECK(check().state.isAuthenticated());
}

TEST_CASE_METHOD(GuardFixture, "a request for a page is redirected to the sign-in page, with the way back") {
  options.signInUrl = "/sign-in";
  setDocument();
  method = GENERATE("GET", "HEAD");
  CHECK(verdict() == "307");
  CHECK(answerHeader("location") ==
        "https://app.example.com/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fdash%3Fq%3D1");
  CHECK(answerHeader("cache-control") == "no-store");
  CHECK(answerHeader("x-clerk-auth-status") == "signed-out");
  CHECK(answerHeader("x-clerk-auth-reason") == "session-token-and-uat-missing");
}

TEST_CASE_METHOD(GuardFixture, "without a sign-in page the account portal is used") {
  setDocument();
  url = "/dash";
  options.publicOrigin = "https://app.example.com";
  CHECK(answerHeader("location") ==
        "https://accounts.example.com/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fdash");
}

TEST_CASE_METHOD(DevelopmentFixture, "the token of the development browser is passed to the sign-in page") {
  setDocument();
  url = "http://localhost:3000/dash";
  setHeader("Cookie", "__clerk_db_jwt=dvb");
  CHECK(answerHeader("location") ==
        "https://foo-bar-13.accounts.dev/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fdash&__clerk_db_jwt=dvb");
  const auto answer = check().response;
  const auto isLocation = [](const http::Header& header) { return header.name == "Location"; };
  CHECK(std::find_if(answer->headers.begin(), answer->headers.end(), isLocation)->sensitive);
}

TEST_CASE_METHOD(GuardFixture, "nothing is redirected if the public origin is unknown") {
  options.signInUrl = GENERATE("", "/sign-in", "https://app.example.com/sign-in");
  setDocument();
  url = "/dash";
  CHECK(verdict() == "401");
}

TEST_CASE_METHOD(GuardFixture, "the sign-in page is public, and never a loop") {
  options.publicOrigin = "https://app.example.com";
  options.signInUrl = GENERATE("/sign-in", "https://app.example.com/sign-in");
  setDocument();
  url = GENERATE("/sign-in?redirect_url=x", "/sign-in/tasks");
  CHECK(verdict() == "pass");
}

TEST_CASE_METHOD(GuardFixture, "the host that a request names makes nothing public") {
  options.signInUrl = GENERATE("https://login.example.org", "https://login.example.org/x");
  options.trustForwardedHeaders = true;
  setHeader("Accept", "application/json");
  setHeader("X-Forwarded-Host", "login.example.org");
  url = GENERATE("/", "/x", "https://login.example.org/", "https://login.example.org/x");
  CHECK(verdict() == "401");
}

TEST_CASE_METHOD(GuardFixture,
                 "an absolute sign-in page is not the application's, and no loop, where the origin is not configured") {
  options.signInUrl = "https://app.example.com/sign-in";
  setDocument();
  url = "https://app.example.com/sign-in";
  CHECK(verdict() == "401");
}

TEST_CASE_METHOD(GuardFixture, "Clerk's sign-in page makes no route of the application public") {
  url = GENERATE("https://accounts.example.com/sign-in", "https://accounts.example.com/sign-in/x");
  CHECK(verdict() == "401");
  options.trustForwardedHeaders = true;
  setHeader("X-Forwarded-Host", "accounts.example.com");
  CHECK(verdict() == "401");
}

TEST_CASE_METHOD(GuardFixture, "a handshake comes first, for pages of every route") {
  routes.publicRoutes = {"(.*)"};
  setDocument();
  setHeader("Cookie", "__client_uat=1735689600");
  CHECK(verdict() == "307");
  CHECK(answerHeader("location").find("https://clerk.example.com/v1/client/handshake?") == 0);
  CHECK(answerHeader("cache-control") == "no-store");
  CHECK(answerHeader("x-clerk-auth-status") == "handshake");
}

TEST_CASE_METHOD(GuardFixture, "a program gets 401 with WWW-Authenticate") {
  CHECK(verdict() == "401");
  CHECK(answerHeader("www-authenticate") == "Bearer");
  CHECK(answerHeader("cache-control") == "no-store");
  CHECK(answerHeader("content-type") == "application/json");
  CHECK(check().response->body == R"({"error":"unauthorized","reason":"Authentication required"})");
}

TEST_CASE_METHOD(GuardFixture, "a program with an invalid token gets the error invalid_token") {
  setBearer(GENERATE_COPY(token(expiredSession()), stranger().sessionToken(), std::string("junk")));
  setDocument();
  CHECK(verdict() == "401");
  CHECK(answerHeader("www-authenticate") == R"(Bearer error="invalid_token")");
}

TEST_CASE_METHOD(GuardFixture, "an API route is not a page") {
  setDocument();
  const auto [path, expected] = GENERATE(table<std::string, std::string>({
      {"/api", "401"},
      {"/api/me", "401"},
      {"/%61pi/me", "401"},
      {"/trpc/x", "401"},
      {"/apis", "307"},
      {"/v1/x", "307"},
  }));
  CAPTURE(path);
  options.publicOrigin = "https://app.example.com";
  url = path;
  CHECK(verdict() == expected);
}

TEST_CASE_METHOD(GuardFixture, "API routes can be chosen") {
  routes.apiRoutes = {"/v1(.*)"};
  options.publicOrigin = "https://app.example.com";
  setDocument();
  url = "/v1/x";
  CHECK(verdict() == "401");
  url = "/api/x";
  CHECK(verdict() == "307");
}

TEST_CASE_METHOD(GuardFixture, "protected routes can be hidden from programs") {
  routes.hideProtected = true;
  CHECK(verdict() == "404");
  CHECK(answerHeader("www-authenticate") == "(none)");
  CHECK(check().response->body == R"({"error":"not_found","reason":"Not found"})");
  setDocument();
  CHECK(verdict() == "307");
  url = "/dash";
  CHECK(verdict() == "404");
}

TEST_CASE_METHOD(GuardFixture, "a token that cannot be verified at present does not lead to the sign-in page") {
  setKeysUnreachable();
  setBearer(token());
  const clerk::RouteGuard unreachable(
      clerk::RequestAuthenticator(clerk::KeySource::backendApi("sk_live_x"), options, transport), routes);
  const auto answer = authenticate(unreachable).response;
  REQUIRE(answer);
  CHECK(answer->status == 503);
  CHECK(http::findHeader(*answer, "retry-after") == "5");
  CHECK(http::findHeader(*answer, "cache-control") == "no-store");
  CHECK(answer->body == R"({"error":"unavailable","reason":"Authentication is temporarily unavailable"})");
}

TEST_CASE_METHOD(GuardFixture, "a pending session is redirected to its tasks") {
  setDocument();
  setHeader("Cookie", "__client_uat=1735689600; __session=" + token(sessionWith("sts", "pending")));
  CHECK(answerHeader("location").find("https://accounts.example.com/sign-in/tasks?redirect_url=") == 0);
}

TEST_CASE_METHOD(GuardFixture, "a session must meet the requirement") {
  Spec spec = session();
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {}};
  setBearer(token(spec));
  const clerk::RequestState who = authenticate();
  CHECK_FALSE(guard().authorize(who, clerk::Requirement().role("org:admin")));
  const auto answer = guard().authorize(who, clerk::Requirement().role("org:owner"));
  REQUIRE(answer);
  CHECK(answer->status == 403);
  CHECK(http::findHeader(*answer, "cache-control") == "no-store");
  CHECK(answer->body == R"({"error":"forbidden","reason":"Access denied"})");
  routes.hideProtected = true;
  CHECK(guard().authorize(who, clerk::Requirement().role("org:owner"))->status == 404);
}

TEST_CASE_METHOD(GuardFixture, "a machine token meets no requirement, whatever its subject is") {
  options.acceptsToken = clerk::AcceptedTokens::any();
  options.secretKey = "sk_live_x";
  transport->setHandler([](const auto&, const auto&) {
    const std::string key =
        R"({"object":"api_key","id":"ak_1","subject":"user_1","scopes":["org:admin"],"revoked":false,"expired":false})";
    return http::Response{200, {}, key};
  });
  testing::M2mTokenSpec machine;
  machine.issuedAt = at(now * 1000);
  testing::OauthTokenSpec application;
  application.issuedAt = at(now * 1000);
  setBearer(GENERATE_COPY(production().m2mToken(machine), production().oauthToken(application), std::string("ak_1")));
  const clerk::RouteGuardResult result = check();
  CHECK_FALSE(result.response);
  REQUIRE(result.state.machineToken());
  const clerk::Requirement requirement =
      GENERATE(clerk::Requirement().role("org:admin"), clerk::Requirement().permission("org:x:read"),
               clerk::Requirement().feature("x"), clerk::Requirement().plan("pro"), clerk::Requirement());
  REQUIRE(guard().authorize(result.state, requirement));
  CHECK(guard().authorize(result.state, requirement)->status == 403);
  routes.hideProtected = true;
  CHECK(guard().authorize(result.state, requirement)->status == 404);
}

TEST_CASE_METHOD(GuardFixture, "a machine token that meets no requirement is logged with its subject") {
  liveblocks_tests::LogLines log;
  options.log = log.callback();
  options.acceptsToken = clerk::AcceptedTokens::any();
  testing::M2mTokenSpec machine;
  machine.issuedAt = at(now * 1000);
  setBearer(production().m2mToken(machine));
  CHECK(guard().authorize(authenticate(), clerk::Requirement().role("org:admin")));
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second ==
        "the guard rejected \"" + machine.machineId +
            "\", responded with 403: a machine token meets no requirement; decide by its scopes and its subject");
}

TEST_CASE_METHOD(GuardFixture, "guards of several instances use their own keys, in any order") {
  RequestFixture other(development());
  const clerk::RouteGuard first = guard();
  const clerk::RouteGuard second(other.authenticator());
  for (const bool isOurs : {true, false, true, true, false}) {
    headers.clear();
    setBearer(isOurs ? token() : other.token());
    CHECK(authenticate(first).response.has_value() != isOurs);
    other.headers = headers;
    CHECK(other.authenticate(second).response.has_value() == isOurs);
  }
}

TEST_CASE_METHOD(GuardFixture, "no requirement is met if signed out, and an empty one never is") {
  CHECK(guard().authorize(authenticate(), clerk::Requirement())->status == 401);
  CHECK(guard().authorize(authenticate(), clerk::Requirement().role("org:admin"))->status == 401);
  setBearer(token());
  CHECK(guard().authorize(authenticate(), clerk::Requirement())->status == 403);
}

TEST_CASE_METHOD(GuardFixture, "rejected requests are logged with the reason and without secrets") {
  liveblocks_tests::LogLines log;
  options.log = log.callback();
  url = "https://app.example.com/a\x1b[31m\n/" + std::string(300, 'b') + "?__clerk_db_jwt=secret";
  const auto line = [&] {
    log.lines->clear();
    REQUIRE(check().response);
    REQUIRE(log.lines->size() == 1);
    CHECK(log.lines->front().first == LogLevel::info);
    std::string text = log.lines->front().second;
    CHECK(text.find("secret") == std::string::npos);
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.size() < 600);
    return text;
  };
  CHECK_THAT(line(), Catch::Matchers::StartsWith("the guard rejected a call, responded with 401: GET \"") &&
                         ContainsSubstring("(session-token-and-uat-missing)"));
  setDocument();
  CHECK_THAT(line(), Catch::Matchers::StartsWith("the guard rejected a page, responded with 401: GET \""));
  url = "https://app.example.com/dash?__clerk_db_jwt=secret";
  CHECK(line() ==
        "the guard rejected a page, redirected to sign in: GET \"https://app.example.com/dash\" "
        "(session-token-and-uat-missing)");
  url = "/api/x";
  CHECK(line() == "the guard rejected a call, responded with 401: GET \"/api/x\" (session-token-and-uat-missing)");
  setBearer(token(expiredSession()));
  const std::string expired = line();
  CHECK_THAT(expired, ContainsSubstring("JWT is expired."));
  CHECK_THAT(expired, !ContainsSubstring("eyJ"));
}

TEST_CASE_METHOD(GuardFixture, "the log says what to set if a page cannot be redirected to sign in") {
  liveblocks_tests::LogLines log;
  options.log = log.callback();
  setDocument();
  url = "/dash";
  CHECK(verdict() == "401");
  REQUIRE(log.lines->size() == 2);
  CHECK_THAT(log.lines->front().second, ContainsSubstring("set publicOrigin"));
}

TEST_CASE_METHOD(GuardFixture, "requests that pass, or that are redirected to Clerk, are not logged as rejected") {
  liveblocks_tests::LogLines log;
  options.log = log.callback();
  options.publicOrigin = "https://app.example.com";
  routes.publicRoutes = {"/about"};
  url = "/about";
  CHECK(verdict() == "pass");
  setDocument();
  setHeader("Cookie", "__client_uat=1735689600");
  CHECK(verdict() == "307");
  headers.clear();
  setBearer(token());
  url = "/dash";
  CHECK(verdict() == "pass");
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(GuardFixture, "a user who does not meet a requirement is logged by id") {
  liveblocks_tests::LogLines log;
  options.log = log.callback();
  setBearer(token());
  CHECK(guard().authorize(authenticate(), clerk::Requirement().role("org:admin")));
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second ==
        "the guard rejected \"user_1\", responded with 403: the session does not meet the requirement");
  headers.clear();
  CHECK(guard().authorize(authenticate(), clerk::Requirement().role("org:admin")));
  CHECK_THAT(log.lines->back().second, ContainsSubstring("responded with 401: session-token-and-uat-missing"));
}

TEST_CASE_METHOD(GuardFixture, "a guard with an invalid pattern is rejected") {
  routes.publicRoutes = {"/ok", "/foo*"};
  CHECK_THROWS_AS(guard(), std::invalid_argument);
  routes.publicRoutes = {};
  routes.apiRoutes = {""};
  CHECK_THROWS_AS(guard(), std::invalid_argument);
}
