#include <liveblocks/testing/fake_frontend_api.hpp>

#include <liveblocks/clerk/request_authenticator.hpp>

#include "catch.hpp"
#include "fake_frontend_api_fixture.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks_tests::FakeFrontendApiFixture;
using liveblocks_tests::FrontendResponse;
using liveblocks_tests::FrontendVisitor;
using namespace std::chrono_literals;

namespace {

constexpr const char* origin = "http://127.0.0.1:3000";

/// A page with a guard, and a visitor who follows its redirects.
struct HandshakeFixture : FakeFrontendApiFixture {
  /// Handshakes by nonce; without the secret key by token.
  bool hasSecretKey = true;

  clerk::RequestAuthenticator authenticator() const {
    clerk::RequestAuthenticatorOptions authenticatorOptions;
    authenticatorOptions.publishableKey = fake->issuer().publishableKey();
    if (hasSecretKey) authenticatorOptions.secretKey = fake->secretKey();
    authenticatorOptions.publicOrigin = origin;
    authenticatorOptions.authorizedParties = {origin};
    authenticatorOptions.proxyUrl = "/__clerk";
    authenticatorOptions.clock = clock;
    const auto keys = clerk::KeySource::jwks(fake->issuer().jwks());
    return clerk::RequestAuthenticator(keys, authenticatorOptions, fake);
  }

  /// The URL without its origin.
  static std::string targetOf(const std::string& url) {
    REQUIRE(url.rfind(origin, 0) == 0);
    return url.substr(std::string(origin).size());
  }

  /// What the page knows in the end. `hops`: the redirects until then.
  clerk::RequestState open(FrontendVisitor& browser, int& hops) const {
    const auto guard = authenticator();
    std::string target = "/board?room=1";
    for (hops = 0; hops < 6; ++hops) {
      if (target.rfind("/__clerk", 0) == 0) {
        target = targetOf(browser.get(target.substr(8)).location());
        continue;
      }
      const std::string cookies = browser.cookieHeader();
      clerk::RequestState state = guard.authenticate({"GET", target, {{"Accept", "text/html"}, {"Cookie", cookies}}});
      for (const http::Header& header : state.headers()) {
        if (header.name == "Set-Cookie") browser.keep(header.value);
      }
      const auto redirect = state.redirect();
      if (!redirect) {
        CHECK(target == "/board?room=1");
        return state;
      }
      const std::string url(http::findHeader(*redirect, "Location").value());
      target = url.front() == '/' ? url : targetOf(url);
    }
    FAIL("the browser is sent round");
    return guard.authenticate({});
  }
};

}  // namespace

TEST_CASE_METHOD(HandshakeFixture, "a page is signed in again by a handshake when its session cookie is gone") {
  const bool isDevelopment = GENERATE(false, true);
  hasSecretKey = GENERATE(true, false);
  CAPTURE(isDevelopment, hasSecretKey);
  if (isDevelopment) use(development());
  FrontendVisitor browser = visitor();
  int hops = 0;
  CHECK(open(browser, hops).reason() == "session-token-and-uat-missing");
  CHECK(hops == (isDevelopment ? 3 : 0));

  if (isDevelopment) browser.devBrowser() = browser.cookies().at("__clerk_db_jwt");
  const std::string id = browser.signInAs("user_ada");
  browser.touch(id, "active_organization_id=zoo");
  browser.cookies()["__client_uat"] = "1800000000";
  browser.devBrowser().clear();
  const clerk::RequestState state = open(browser, hops);
  REQUIRE(state.isAuthenticated());
  CHECK(state.auth().userId() == "user_ada");
  CHECK(state.auth().orgId() == "org_zoo");
  CHECK(hops == (isDevelopment ? 3 : 2));

  // The cookies that it brought are good by themselves, until the token expires.
  browser.cookies().erase("__clerk_handshake");
  browser.cookies().erase("__clerk_handshake_nonce");
  CHECK(open(browser, hops).isAuthenticated());
  CHECK(hops == 0);
  clock->advance(2min);
  CHECK(open(browser, hops).isAuthenticated());
  CHECK(hops > 0);
}

TEST_CASE_METHOD(HandshakeFixture, "a page is signed out by a handshake when the session is over") {
  if (GENERATE(false, true)) use(development());
  FrontendVisitor browser = visitor();
  int hops = 0;
  open(browser, hops);
  if (browser.cookies().count("__clerk_db_jwt") == 1) browser.devBrowser() = browser.cookies().at("__clerk_db_jwt");
  browser.signInAs("user_ada");
  browser.cookies()["__client_uat"] = "1800000000";
  CHECK(open(browser, hops).isAuthenticated());
  browser.cookies().erase("__clerk_handshake_nonce");
  api->endSessions("user_ada");
  clock->advance(2min);
  CHECK_FALSE(open(browser, hops).isAuthenticated());
  CHECK(browser.cookies().at("__session").empty());
  CHECK(browser.cookies().at("__client_uat") == "0");
}

TEST_CASE_METHOD(HandshakeFixture, "a handshake is for the session that was used last") {
  FrontendVisitor browser = visitor();
  const std::string ada = browser.signInAs("user_ada");
  browser.signInAs("user_grace");
  int hops = 0;
  CHECK(open(browser, hops).auth().userId() == "user_grace");
  browser.touch(ada);
  clock->advance(2min);
  CHECK(open(browser, hops).auth().userId() == "user_ada");
}

TEST_CASE_METHOD(HandshakeFixture, "scripts can replace the session cookie that a handshake sets") {
  FrontendVisitor browser = visitor();
  browser.signInAs("user_ada");
  const std::string nonce = browser.get("/v1/client/handshake?format=nonce&redirect_url=http://127.0.0.1:3000/")
                                .cookies("__clerk_handshake_nonce=")
                                .at(0);
  CHECK_THAT(nonce, ContainsSubstring("; Path=/; Max-Age=5; HttpOnly; SameSite=Lax"));
  const std::string value = nonce.substr(nonce.find('=') + 1, nonce.find(';') - nonce.find('=') - 1);
  const auto response = fake->send({"GET",
                                    "https://api.clerk.com/v1/clients/handshake_payload?nonce=" + value,
                                    {{"Authorization", "Bearer " + std::string(fake->secretKey().reveal())}},
                                    {}},
                                   {std::chrono::steady_clock::now() + 1h});
  const auto payload = nlohmann::json::parse(response.value().body);
  REQUIRE(payload.at("directives").size() == 4);
  for (const std::string line : payload.at("directives")) {
    CHECK(line.find("HttpOnly") == std::string::npos);
    CHECK_THAT(line, ContainsSubstring("; Path=/; Max-Age=31536000; SameSite=Lax"));
  }
}

TEST_CASE_METHOD(HandshakeFixture, "a handshake leads back to a page of the origin") {
  const auto [url, isPage] = GENERATE(table<std::string, bool>({
      {"http://127.0.0.1:3000", true},
      {"http://127.0.0.1:3000/", true},
      {"http://127.0.0.1:3000/a/b%253Fc?d=e", true},
      {"http://127.0.0.1:3000?a", true},
      {"http://127.0.0.1:3000%23a", true},
      {"", false},
      {"/", false},
      {"//127.0.0.1:3000/", false},
      {"http://127.0.0.1:30001/", false},
      {"http://127.0.0.1:3000@evil.example/", false},
      {"http://127.0.0.1:3000.evil.example/", false},
      {"https://127.0.0.1:3000/", false},
      {"http://localhost:3000/", false},
      {"https://evil.example/?http://127.0.0.1:3000/", false},
      {"javascript:alert(1)", false},
      {"http://127.0.0.1:3000/%0d%0aSet-Cookie:a", false},
      {"http://127.0.0.1:3000/a%20b", false},
  }));
  CAPTURE(url);
  const FrontendResponse response = visitor().get("/v1/client/handshake?redirect_url=" + url);
  CHECK(response.status() == (isPage ? 307 : 422));
  CHECK((response.location() == "none") != isPage);
  CHECK(response.cookies("").size() == (isPage ? 1 : 0));
}

TEST_CASE_METHOD(HandshakeFixture, "a handshake without a page is rejected") {
  CHECK(visitor().get("/v1/client/handshake").status() == 422);
}

TEST_CASE_METHOD(HandshakeFixture, "in development the URL of the page contains the handshake, and no fragment") {
  use(development());
  const std::string target = "/v1/client/handshake?format=nonce&redirect_url=http%3A%2F%2F127.0.0.1%3A3000%2F";
  CHECK_THAT(visitor().get(target).location(), ContainsSubstring("3000/?__clerk_handshake_nonce="));
  CHECK_THAT(visitor().get(target + "%3Fa").location(), ContainsSubstring("3000/?a&__clerk_handshake_nonce="));
  const std::string location = visitor().get(target + "%3Fa%23b").location();
  CHECK_THAT(location, ContainsSubstring("3000/?a&__clerk_handshake_nonce="));
  CHECK(location.find('#') == std::string::npos);
}
