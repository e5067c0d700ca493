#include <liveblocks/testing/fake_frontend_api.hpp>

#include <liveblocks/clerk/session_verifier.hpp>

#include <atomic>
#include <thread>

#include "catch.hpp"
#include "fake_frontend_api_fixture.hpp"

namespace clerk = liveblocks::clerk;
using liveblocks::testing::FakeFrontendApi;
using liveblocks_tests::FakeFrontendApiFixture;
using liveblocks_tests::FrontendResponse;
using liveblocks_tests::FrontendVisitor;
using nlohmann::json;
using namespace std::chrono_literals;
using Strings = std::vector<std::string>;

namespace {

/// What a verifier makes of a token at the time of the fake.
clerk::SessionClaims claimsOf(const FakeFrontendApiFixture& fixture, const std::string& token) {
  clerk::SessionVerifierOptions options;
  options.clock = fixture.clock;
  options.authorizedParties = {"http://127.0.0.1:3000"};
  options.publishableKey = fixture.fake->issuer().publishableKey();
  const clerk::SessionVerifier verifier(clerk::KeySource::jwks(fixture.fake->issuer().jwks()), options);
  return verifier.verify(token).value();
}

/// Of the active organization; empty when there is none.
std::string organizationOf(const FakeFrontendApiFixture& fixture, const std::string& token) {
  const clerk::SessionClaims claims = claimsOf(fixture, token);
  return claims.organization() ? claims.organization()->id : "";
}

std::string uatOf(FrontendVisitor& browser) {
  browser.get("/v1/client");
  return browser.cookies().at("__client_uat");
}

}  // namespace

TEST_CASE_METHOD(FakeFrontendApiFixture, "an unknown browser has no client") {
  const FrontendResponse response = visitor().get("/v1/client");
  CHECK(response.status() == 200);
  CHECK(response.body() == json{{"response", nullptr}});
  CHECK(response.cookies("__client=").empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a ticket signs its user in") {
  FrontendVisitor browser = visitor();
  const FrontendResponse response = browser.signIn(api->createTicket("user_ada"));
  REQUIRE(response.status() == 200);
  CHECK(response.body().at("response").at("status") == "complete");
  const json client = response.body().at("client");
  const json session = client.at("sessions").at(0);
  CHECK(session.at("id") == response.body().at("response").at("created_session_id"));
  CHECK(session.at("id") == client.at("last_active_session_id"));
  CHECK(client.at("updated_at") == 1800000000000);
  CHECK(session.at("status") == "active");
  CHECK(session.at("expire_at") == 1800604800000);
  CHECK(session.at("last_active_organization_id") == "org_acme");
  CHECK(claimsOf(*this, session.at("last_active_token").at("jwt")).userId() == "user_ada");
  CHECK(browser.users() == Strings{"user_ada"});
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a page sees its user without private metadata") {
  liveblocks::testing::FakeUser user;
  user.id = "user_ada";
  user.firstName = "Ada";
  user.imageUrl = "/ada.svg";
  user.members = {{"public_metadata", liveblocks::Json::object({{"level", 3}})},
                  {"private_metadata", liveblocks::Json::object({{"salary", 1}})}};
  user.memberships = {{"org_acme", "org:admin", "acme", "Acme", {"org:tasks:close"}}, {"org_zoo"}};
  fake->addUser(user);
  const json client = visitor().signIn(api->createTicket("user_ada")).body().at("client");
  const json seen = client.at("sessions").at(0).at("user");
  CHECK(seen.at("first_name") == "Ada");
  CHECK(seen.at("image_url") == "/ada.svg");
  CHECK(seen.at("public_metadata").at("level") == 3);
  CHECK_FALSE(seen.contains("private_metadata"));
  const json acme = seen.at("organization_memberships").at(0);
  CHECK(acme.at("role") == "org:admin");
  CHECK(acme.at("permissions") == json{"org:tasks:close"});
  CHECK(acme.at("organization").at("id") == "org_acme");
  CHECK(acme.at("organization").at("slug") == "acme");
  CHECK(acme.at("organization").at("name") == "Acme");
  const json zoo = seen.at("organization_memberships").at(1).at("organization");
  CHECK(zoo.at("slug").is_null());
  CHECK(zoo.at("name") == "org_zoo");
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "tokens are valid, for the origin of the page, and never equal") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_ada");
  clock->advance(30s);
  const std::string token = browser.token(id).body().at("jwt");
  const auto claims = claimsOf(*this, token);
  CHECK(claims.userId() == "user_ada");
  CHECK(claims.sessionId() == id);
  CHECK(claims.authorizedParty() == "http://127.0.0.1:3000");
  CHECK(claims.integerClaim("iat") == 1800000030);
  CHECK(claims.integerClaim("exp") == 1800000090);
  CHECK(claims.organization()->slug == "acme");
  CHECK(claims.organization()->permissions == Strings{"org:tasks:close"});
  CHECK(browser.token(id).body().at("jwt") != token);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "an invalid ticket signs nobody in") {
  FrontendVisitor browser = visitor();
  std::string ticket = api->createTicket("user_ada");
  const std::string other = api->createTicket("user_ada");
  std::string code = "ticket_invalid_code";
  SECTION("none") { ticket.clear(); }
  SECTION("one that was never made") { ticket += "x"; }
  SECTION("one that was used") { visitor().signIn(ticket); }
  SECTION("one of a removed user") { fake->removeUser("user_ada"); }
  SECTION("one that has expired") {
    clock->advance(options.ticketLifetime);
    code = "ticket_expired_code";
  }
  const FrontendResponse response = browser.signIn(ticket);
  CHECK(response.status() == 400);
  CHECK(response.code() == code);
  CHECK(browser.users().empty());
  CHECK(other != ticket);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a ticket is valid until it expires") {
  const std::string ticket = api->createTicket("user_ada");
  clock->advance(options.ticketLifetime - 1s);
  CHECK(visitor().signIn(ticket).status() == 200);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a ticket needs an existing user") {
  CHECK_THROWS_WITH(api->createTicket("user_eve"), ContainsSubstring("add the user before"));
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "other strategies sign nobody in") {
  const std::string body = GENERATE("", "ticket=x", "strategy=password&identifier=ada", "strategy=");
  CHECK(visitor().post("/v1/client/sign_ins", body).code() == "form_param_value_invalid");
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "if there are too many tickets, the oldest is removed") {
  const std::string first = api->createTicket("user_ada");
  const std::string second = api->createTicket("user_ada");
  for (std::size_t count = 2; count < FakeFrontendApi::maxTickets; ++count) api->createTicket("user_ada");
  SECTION("the maximum") { CHECK(visitor().signIn(first).status() == 200); }
  SECTION("one more") {
    api->createTicket("user_ada");
    CHECK(visitor().signIn(first).status() == 400);
    CHECK(visitor().signIn(second).status() == 200);
  }
}

TEST_CASE_METHOD(FakeFrontendApiFixture,
                 "the cookies of a production instance contain the time of the last sign-in or sign-out") {
  FrontendVisitor browser = visitor();
  CHECK(uatOf(browser) == "0");
  const FrontendResponse in = browser.signIn(api->createTicket("user_ada"));
  CHECK_THAT(in.cookies("__client=").at(0),
             ContainsSubstring("; Path=/__clerk; Max-Age=604800; HttpOnly; SameSite=Lax"));
  CHECK(in.cookies("__client_uat=") == Strings{"__client_uat=1800000000; Path=/; Max-Age=31536000; SameSite=Lax"});
  CHECK(in.cookies("__client_uat_naoXFJnI=1800000000;").size() == 1);
  clock->advance(1h);
  CHECK(uatOf(browser) == "1800000000");
  browser.touch(in.body().at("response").at("created_session_id"));
  CHECK(uatOf(browser) == "1800000000");
  const FrontendResponse out = browser.post("/v1/client/sessions?_method=DELETE");
  CHECK(out.body().at("response").at("sessions").empty());
  CHECK(out.body().at("response").at("updated_at") == 1800003600000);
  CHECK(out.cookies("__client_uat=0;").size() == 1);
  CHECK(browser.users().empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "cookies of a page on https are secure") {
  options.pageOrigin = "https://localhost:3000";
  api = std::make_unique<FakeFrontendApi>(fake, options);
  const std::string body = "strategy=ticket&ticket=" + api->createTicket("user_ada");
  const FrontendResponse in{api->handle({"POST", "/__clerk/v1/client/sign_ins", {{"Host", "localhost:3000"}}, body})};
  REQUIRE(in.cookies("").size() == 3);
  for (const std::string& line : in.cookies("")) CHECK_THAT(line, ContainsSubstring("; Secure; SameSite=Lax"));
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a development instance identifies a browser by its dev browser") {
  use(development());
  FrontendVisitor browser = visitor();
  for (const std::string target : {"/v1/client", "/v1/me/sessions/active"}) {
    const FrontendResponse response = browser.get(target);
    CHECK(response.status() == 401);
    CHECK(response.code() == "dev_browser_unauthenticated");
  }
  browser.becomeDevBrowser();
  CHECK(browser.signIn(api->createTicket("user_ada")).cookies("").empty());
  CHECK(browser.users() == Strings{"user_ada"});

  FrontendVisitor other = visitor();
  other.becomeDevBrowser();
  CHECK(other.users().empty());

  FrontendVisitor byCookie = visitor();
  byCookie.cookies() = {{GENERATE("__clerk_db_jwt", "__clerk_db_jwt_90fPS8J8"), browser.devBrowser()}};
  CHECK(byCookie.users() == Strings{"user_ada"});
  // What the URL says comes first, and nothing behind it.
  other.cookies() = {{"__clerk_db_jwt", browser.devBrowser()}};
  CHECK(other.users().empty());
  other.devBrowser() = "dvb_of_an_earlier_run";
  CHECK(other.get("/v1/client").code() == "dev_browser_unauthenticated");
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a production instance has no dev browsers") {
  CHECK(visitor().post("/v1/dev_browser").status() == 404);
  FrontendVisitor browser = visitor();
  browser.signInAs("user_ada");
  FrontendVisitor other = visitor();
  other.devBrowser() = browser.cookies().at("__client");
  CHECK(other.users().empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "the session that was touched last is active after a reload") {
  FrontendVisitor browser = visitor();
  const std::string ada = browser.signInAs("user_ada");
  const std::string grace = browser.signInAs("user_grace");
  CHECK(browser.users() == Strings{"user_ada", "user_grace"});
  CHECK(browser.get("/v1/client").body().at("response").at("last_active_session_id") == grace);
  const FrontendResponse response = browser.touch(ada, "intent=select_session");
  CHECK(response.body().at("response").at("id") == ada);
  CHECK(response.body().at("client").at("last_active_session_id") == ada);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "the organization is chosen by id or slug, among those of the user") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_ada");
  const auto choose = [&](const std::string& organization) {
    return browser.touch(id, "active_organization_id=" + organization + "&intent=select_org");
  };
  CHECK(choose("org_zoo").body().at("response").at("last_active_organization_id") == "org_zoo");
  CHECK(organizationOf(*this, browser.token(id).body().at("jwt")) == "org_zoo");
  CHECK(choose("acme").body().at("response").at("last_active_organization_id") == "org_acme");
  CHECK(browser.touch(id).body().at("response").at("last_active_organization_id") == "org_acme");
  for (const std::string foreign : {"org_other", "other", "Acme", "%20"}) {
    CHECK(choose(foreign).code() == "resource_not_found");
  }
  CHECK(organizationOf(*this, browser.token(id).body().at("jwt")) == "org_acme");
  CHECK(choose("").body().at("response").at("last_active_organization_id").is_null());
  CHECK(organizationOf(*this, browser.token(id).body().at("jwt")).empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a token may be for another organization than the active one") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_ada");
  CHECK(organizationOf(*this, browser.token(id, "organization_id=org_zoo").body().at("jwt")) == "org_zoo");
  CHECK(organizationOf(*this, browser.token(id, "organization_id=").body().at("jwt")).empty());
  CHECK(browser.token(id, "organization_id=org_other").status() == 404);
  CHECK(organizationOf(*this, browser.token(id).body().at("jwt")) == "org_acme");
  CHECK(browser.act(id, "tokens/template").status() == 404);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a user without organizations has no active one") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_nobody");
  CHECK(organizationOf(*this, browser.token(id).body().at("jwt")).empty());
  CHECK(browser.touch(id, "active_organization_id=org_acme").status() == 404);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a user who left the organization has no active one") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_grace");
  fake->addUser({"user_grace"});
  CHECK(organizationOf(*this, browser.token(id).body().at("jwt")).empty());
  CHECK(browser.touch(id).body().at("response").at("last_active_organization_id").is_null());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "one of several people signs out") {
  FrontendVisitor browser = visitor();
  browser.signInAs("user_ada");
  const std::string grace = browser.signInAs("user_grace");
  clock->advance(1min);
  const auto [action, status] = GENERATE(table<std::string, std::string>({{"end", "ended"}, {"remove", "removed"}}));
  const FrontendResponse response = browser.act(grace, action);
  CHECK(response.body().at("response").at("status") == status);
  CHECK(response.body().at("response").at("last_active_token").is_null());
  CHECK(response.body().at("client").at("sessions").size() == 1);
  CHECK(response.body().at("client").at("updated_at") == 1800000060000);
  CHECK(browser.users() == Strings{"user_ada"});
  CHECK(uatOf(browser) == "1800000060");
  CHECK(browser.token(grace).status() == 401);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a browser has no access to sessions of another one") {
  FrontendVisitor stranger = visitor();
  const bool isKnown = GENERATE(false, true);
  if (isKnown) stranger.signInAs("user_ada");
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs(GENERATE("user_ada", "user_grace"));
  for (const std::string action : {"touch", "tokens", "end", "remove"}) {
    const FrontendResponse foreign = stranger.act(id, action);
    CHECK(foreign.status() == 401);
    CHECK(foreign.response.body == stranger.act("sess_none", action).response.body);
  }
  CHECK(browser.token(id).status() == 200);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "signing out is possible when nobody is signed in") {
  FrontendVisitor browser = visitor();
  CHECK(browser.post("/v1/client/sessions?_method=DELETE").body() == json{{"response", nullptr}});
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "with single sessions nobody else can sign in") {
  options.singleSession = true;
  restart();
  FrontendVisitor browser = visitor();
  const std::string ada = browser.signInAs("user_ada");
  const std::string ticket = api->createTicket("user_grace");
  const FrontendResponse response = browser.signIn(ticket);
  CHECK(response.status() == 400);
  CHECK(response.code() == "session_exists");
  CHECK(browser.users() == Strings{"user_ada"});
  browser.act(ada, "end");
  CHECK(browser.signIn(ticket).status() == 200);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "the number of sessions in a browser is limited") {
  FrontendVisitor browser = visitor();
  for (std::size_t count = 0; count < FakeFrontendApi::maxSessionsPerClient; ++count) browser.signInAs("user_ada");
  const std::string ticket = api->createTicket("user_grace");
  CHECK(browser.signIn(ticket).code() == "too_many_sessions");
  CHECK(browser.users().size() == FakeFrontendApi::maxSessionsPerClient);
  CHECK(visitor().signIn(ticket).status() == 200);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "if there are too many browsers, the least recently seen is removed") {
  use(development());
  FrontendVisitor first = visitor();
  first.becomeDevBrowser();
  FrontendVisitor second = visitor();
  second.becomeDevBrowser();
  for (std::size_t count = 2; count < FakeFrontendApi::maxClients; ++count) visitor().becomeDevBrowser();
  CHECK(first.get("/v1/client").status() == 200);
  visitor().becomeDevBrowser();
  CHECK(first.get("/v1/client").status() == 200);
  CHECK(second.get("/v1/client").status() == 401);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "browsers where nobody is signed in are removed first") {
  use(development());
  FrontendVisitor signedIn = visitor();
  signedIn.becomeDevBrowser();
  const std::string id = signedIn.signInAs("user_ada");
  for (std::size_t count = 0; count <= FakeFrontendApi::maxClients; ++count) visitor().becomeDevBrowser();
  CHECK(signedIn.token(id).status() == 200);
}

TEST_CASE_METHOD(FakeFrontendApiFixture,
                 "of browsers with somebody those not seen for the longest time are forgotten") {
  FrontendVisitor first = visitor();
  const std::string firstId = first.signInAs("user_ada");
  FrontendVisitor second = visitor();
  const std::string secondId = second.signInAs("user_ada");
  for (std::size_t count = 2; count < FakeFrontendApi::maxClients; ++count) visitor().signInAs("user_ada");
  CHECK(first.token(firstId).status() == 200);
  visitor().signInAs("user_ada");
  CHECK(first.token(firstId).status() == 200);
  CHECK(second.token(secondId).status() == 401);
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a session ends after its lifetime, and not before") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_ada");
  clock->advance(options.sessionLifetime - 1s);
  CHECK(browser.token(id).status() == 200);
  clock->advance(1s);
  CHECK(browser.token(id).status() == 401);
  CHECK(browser.touch(id).status() == 401);
  CHECK(browser.users().empty());
  CHECK(uatOf(browser) == "0");
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a user whose sessions were ended is signed out in all browsers") {
  FrontendVisitor one = visitor();
  FrontendVisitor two = visitor();
  const std::string id = one.signInAs("user_ada");
  two.signInAs("user_grace");
  two.signInAs("user_ada");
  api->endSessions("user_ada");
  CHECK(one.token(id).status() == 401);
  CHECK(one.touch(id).status() == 401);
  CHECK(one.users().empty());
  CHECK(two.users() == Strings{"user_grace"});
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a removed user is signed out") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_ada");
  fake->removeUser("user_ada");
  CHECK(browser.token(id).status() == 401);
  CHECK(browser.users().empty());
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "people see their sessions everywhere, and revoke them") {
  FrontendVisitor browser = visitor();
  FrontendVisitor phone = visitor();
  const std::string here = browser.signInAs("user_ada");
  const std::string there = phone.signInAs("user_ada");
  const std::string grace = phone.signInAs("user_grace");
  const std::string asAda = "_clerk_session_id=" + here;
  const auto list = browser.get("/v1/me/sessions/active?" + asAda).body();
  REQUIRE(list.size() == 2);
  CHECK(list.at(0).contains("latest_activity"));

  CHECK(browser.post("/v1/me/sessions/" + grace + "/revoke?" + asAda).status() == 404);
  CHECK(browser.get("/v1/me/sessions/active?_clerk_session_id=" + there).status() == 401);
  CHECK(visitor().get("/v1/me/sessions/active").status() == 401);
  CHECK(visitor().post("/v1/me/sessions/" + there + "/revoke").status() == 401);

  const FrontendResponse response = browser.post("/v1/me/sessions/" + there + "/revoke?" + asAda);
  CHECK(response.body().at("response").at("status") == "revoked");
  CHECK(response.body().at("response").at("last_active_token").is_null());
  CHECK(phone.token(there).status() == 401);
  CHECK(phone.users() == Strings{"user_grace"});
  CHECK(browser.users() == Strings{"user_ada"});
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "a session that revokes itself has ended") {
  FrontendVisitor browser = visitor();
  const std::string id = browser.signInAs("user_ada");
  const FrontendResponse response = browser.post("/v1/me/sessions/" + id + "/revoke");
  CHECK(response.status() == 200);
  CHECK(response.body().at("client").at("sessions").empty());
  CHECK(uatOf(browser) == "0");
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "the environment contains the session mode and the sign-in page") {
  options.singleSession = true;
  options.signInUrl = "/sign-in";
  restart();
  const std::string target = "/v1/environment?_method=PATCH";
  const FrontendResponse response = GENERATE(false, true) ? visitor().post(target) : visitor().get("/v1/environment");
  CHECK(response.body().at("auth_config").at("single_session_mode") == true);
  CHECK(response.body().at("display_config").at("sign_in_url") == "/sign-in");
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "anybody may read the keys") {
  CHECK(visitor().get("/.well-known/jwks.json").body() == json::parse(fake->issuer().jwks()));
}

TEST_CASE_METHOD(FakeFrontendApiFixture, "many threads may use it, and change the users meanwhile") {
  constexpr std::size_t threadCount = 4;
  constexpr std::size_t rounds = 10;
  std::atomic<std::size_t> good{0};
  std::atomic<bool> isOver{false};
  std::thread moving([&] {
    const auto ada = fake->user("user_ada");
    while (!isOver) {
      fake->addUser({"user_ada"});
      fake->addUser(*ada);
    }
  });
  std::vector<std::thread> threads;
  threads.reserve(threadCount);
  for (std::size_t id = 0; id < threadCount; ++id) {
    threads.emplace_back([&] {
      FrontendVisitor browser = visitor();
      for (std::size_t round = 0; round < rounds; ++round) {
        const std::string session = browser.signInAs("user_ada");
        const bool isGood = browser.token(session).status() == 200;
        if (browser.post("/v1/client/sessions?_method=DELETE").status() == 200 && isGood) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  isOver = true;
  moving.join();
  CHECK(good == threadCount * rounds);
}
