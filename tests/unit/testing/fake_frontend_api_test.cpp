#include <liveblocks/testing/fake_frontend_api.hpp>

#include <liveblocks/clerk/session_verifier.hpp>

#include "catch.hpp"
#include "fake_frontend_api_fixture.hpp"

namespace clerk = liveblocks::clerk;
using liveblocks_tests::FakeFrontendApiFixture;
using liveblocks_tests::FrontendAnswer;
using liveblocks_tests::FrontendVisitor;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

/// What a verifier makes of a token at the time of the fake.
clerk::SessionClaims claimsOf(const FakeFrontendApiFixture& fixture, const std::string& token) {
  clerk::VerifierOptions options;
  options.clock = fixture.clock;
  options.authorizedParties = {"http://127.0.0.1:3000"};
  options.publishableKey = fixture.fake->issuer().publishableKey();
  const clerk::SessionVerifier verifier(clerk::KeySource::jwks(fixture.fake->issuer().jwks()), options);
  return verifier.verify(token).value();
}

}  // namespace

TEST_CASE_METHOD(FakeFrontendApiFixture, "a browser that is not known has no client") {
  const FrontendAnswer answer = visitor().get("/v1/client");
  CHECK(answer.status() == 200);
  CHECK(answer.body() == json{{"response", nullptr}});
  CHECK(answer.cookies("__client=").empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a ticket signs its user in") {
  FrontendVisitor browser = visitor();
  const FrontendAnswer answer = browser.signIn(api->createTicket("user_ada"));
  REQUIRE(answer.status() == 200);
  CHECK(answer.body().at("response").at("status") == "complete");
  const json session = answer.body().at("client").at("sessions").at(0);
  CHECK(session.at("id") == answer.body().at("response").at("created_session_id"));
  CHECK(session.at("status") == "active");
  CHECK(session.at("last_active_organization_id") == "org_acme");
  CHECK(session.at("user").at("first_name") == "Ada");
  CHECK(session.at("user").at("organization_memberships").at(0).at("organization").at("name") == "Acme");
  CHECK_FALSE(session.at("user").contains("private_metadata"));
  CHECK(browser.users() == std::vector<std::string>{"user_ada"});
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "its tokens are good, and of the page's origin") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_ada");
  const auto claims = claimsOf(*this, browser.token(id).body().at("jwt"));
  CHECK(claims.userId() == "user_ada");
  CHECK(claims.sessionId() == id);
  CHECK(claims.organization()->id == "org_acme");
  CHECK(claims.organization()->permissions == std::vector<std::string>{"org:tasks:close"});
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a ticket is good once") {
  const std::string ticket = api->createTicket("user_ada");
  CHECK(visitor().signIn(ticket).status() == 200);
  CHECK(visitor().signIn(ticket).code() == "ticket_invalid_code");
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "the cookies of a production instance tell when somebody signed in or out") {
  FrontendVisitor browser = visitor();
  const FrontendAnswer in = browser.signIn(api->createTicket("user_ada"));
  CHECK(in.cookies("__client=").at(0).find("; Path=/__clerk; Max-Age=604800; HttpOnly; SameSite=Lax") !=
        std::string::npos);
  CHECK(in.cookies("__client_uat=").at(0) == "__client_uat=1800000000; Path=/; Max-Age=31536000; SameSite=Lax");
  CHECK(in.cookies("__client_uat_naoXFJnI=1800000000;").size() == 1);
  const FrontendAnswer out = browser.post("/v1/client/sessions?_method=DELETE");
  CHECK(out.body().at("response").at("sessions").empty());
  CHECK(out.cookies("__client_uat=0;").size() == 1);
  CHECK(browser.users().empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a browser of a development instance is known by its dev browser") {
  use(development());
  FrontendVisitor browser = visitor();
  CHECK(browser.get("/v1/client").code() == "dev_browser_unauthenticated");
  browser.becomeDevBrowser();
  const FrontendAnswer in = browser.signIn(api->createTicket("user_ada"));
  CHECK(in.cookies("").empty());
  CHECK(browser.users() == std::vector<std::string>{"user_ada"});
  FrontendVisitor other = visitor();
  other.becomeDevBrowser();
  CHECK(other.users().empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "whose sessions were ended elsewhere is signed out at the next token") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_ada");
  api->endSessions("user_ada");
  CHECK(browser.token(id).status() == 401);
  CHECK(browser.touch(id).status() == 401);
  CHECK(browser.users().empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a handshake leads back to the page, and nowhere else") {
  FrontendVisitor browser = visitor();
  CHECK(browser.get("/v1/client/handshake?redirect_url=https%3A%2F%2Fevil.example%2F").status() == 422);
  const FrontendAnswer back =
      browser.get("/v1/client/handshake?format=nonce&redirect_url=http%3A%2F%2F127.0.0.1%3A3000%2Fa%3Fb%3D1");
  CHECK(back.status() == 307);
  CHECK(back.location() == "http://127.0.0.1:3000/a?b=1");
  CHECK(back.cookies("__clerk_handshake_nonce=").size() == 1);
}
