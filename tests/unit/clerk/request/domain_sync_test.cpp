#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

const std::string nothing = "out session-token-and-uat-missing";
const std::string page = "https%3A%2F%2Fapp.example.com%2Fdash%3Fq%3D1";

struct SatelliteFixture : RequestFixture {
  SatelliteFixture() : SatelliteFixture(production()) {}
  explicit SatelliteFixture(const testing::ClerkIssuer& instance) : RequestFixture(instance) {
    options.isSatellite = true;
    options.domain = "sat.example.org";
    setDocument();
  }

  std::string location() const { return headerOf(authenticate(), "location"); }
};

struct DevelopmentSatellite : SatelliteFixture {
  DevelopmentSatellite() : SatelliteFixture(development()) { options.signInUrl = "https://primary.test/sign-in?x=1"; }
};

struct DevelopmentPrimary : RequestFixture {
  DevelopmentPrimary() : RequestFixture(development()) {
    setDocument();
    setHeader("Cookie", "__clerk_db_jwt=dvb_1");
  }

  std::string answerTo(const std::string& target) {
    url = "https://primary.test/sign-in?__clerk_redirect_url=" + target;
    const clerk::RequestState state = authenticate();
    CHECK(state.reason() == "primary-responds-to-syncing");
    CHECK((state.status() == clerk::AuthStatus::handshake) == state.redirect().has_value());
    return headerOf(state, "location");
  }
};

struct VisitorFixture : RequestFixture {
  VisitorFixture() { setHeader("Cookie", "__session=" + token() + "; __client_uat=1"); }
};

}  // namespace

TEST_CASE_METHOD(SatelliteFixture, "a satellite asks Clerk only when it is told to") {
  const auto [query, autoSync, cookies, expected] = GENERATE(table<std::string, bool, std::string, std::string>({
      {"", false, "", nothing},
      {"", true, "", "handshake satellite-needs-syncing"},
      {"&__clerk_synced=false", false, "", "handshake satellite-needs-syncing"},
      {"&__clerk_synced=false", false, "__client_uat=1", "handshake satellite-needs-syncing"},
      {"&__clerk_synced=true", true, "", nothing},
      {"&__clerk_synced=other", false, "", nothing},
      {"", true, "__client_uat=1", "handshake client-uat-but-no-session-token"},
      {"", true, "__client_uat=0", "handshake satellite-needs-syncing"},
  }));
  url += query;
  options.satelliteAutoSync = autoSync;
  setHeader("Cookie", cookies);
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(SatelliteFixture, "a satellite asks for pages only") {
  options.satelliteAutoSync = true;
  const auto [verb, destination] =
      GENERATE(table<std::string, std::string>({{"POST", "document"}, {"GET", "iframe"}, {"GET", "empty"}}));
  method = verb;
  headers.front().second = destination;
  CHECK(outcome() == nothing);
}

TEST_CASE_METHOD(SatelliteFixture, "a production satellite has a Frontend API of its own") {
  options.satelliteAutoSync = true;
  const std::string address = "https://clerk.sat.example.org/v1/client/handshake?redirect_url=" + page + "&";
  CHECK(location().substr(0, address.size()) == address);
}

TEST_CASE_METHOD(SatelliteFixture, "a production satellite accepts its own issuer and the instance's") {
  const auto [issuer_, expected] = GENERATE(table<std::string, std::string>({
      {"https://clerk.sat.example.org", "in user_1"},
      {"https://clerk.example.com", "in user_1"},
      {"https://clerk.other.example", "out token-invalid-issuer"},
  }));
  setBearer(token(sessionWith("iss", issuer_)));
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(SatelliteFixture, "a session without a suffix belongs to a satellite by the satellite's issuer") {
  const auto [issuer_, expected] = GENERATE(table<std::string, std::string>(
      {{"https://clerk.sat.example.org", "in user_1"}, {"https://clerk.example.com", nothing}}));
  headers.front().second = "empty";
  setHeader("Cookie", "__client_uat=1; __session=" + token(sessionWith("iss", issuer_)));
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(DevelopmentSatellite, "a development satellite asks the primary, and tells the way back") {
  options.satelliteAutoSync = true;
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "handshake satellite-needs-syncing");
  CHECK(headerOf(state, "location") == "https://primary.test/sign-in?x=1&__clerk_redirect_url=" + page);
  CHECK(headerOf(state, "cache-control") == "no-store");
  CHECK(headerOf(state, "set-cookie") == "__clerk_redirect_count=1; SameSite=Lax; HttpOnly; Max-Age=2");
  setHeader("Cookie", "__clerk_redirect_count=3");
  CHECK(outcome() == "out satellite-needs-syncing");
}

TEST_CASE_METHOD(DevelopmentPrimary, "the primary of a development instance sends a satellite's visitor back") {
  CHECK(answerTo("http%3A%2F%2Fsat.test%3A3001%2Fp%3Fq%3D1") ==
        "http://sat.test:3001/p?q=1&__clerk_db_jwt=dvb_1&__clerk_synced=true");
  CHECK(answerTo("https://sat.test/?__clerk_synced=false%26a=b") ==
        "https://sat.test/?__clerk_synced=true&a=b&__clerk_db_jwt=dvb_1");
  headers.pop_back();
  CHECK(answerTo("https://sat.test/") == "https://sat.test/?__clerk_synced=true");
}

TEST_CASE_METHOD(DevelopmentPrimary, "a visitor is sent to web pages only") {
  CHECK(answerTo(GENERATE("javascript:alert(1)", "data:text/html,x", "%2Fp", "%2F%2Fevil.test", "ftp://sat.test/",
                          "java%0Ascript:alert(1)", "x"))
            .empty());
}

TEST_CASE_METHOD(DevelopmentPrimary, "where parties are configured a visitor is sent to one of them only") {
  options.authorizedParties = {"https://primary.test", "https://sat.test"};
  CHECK_FALSE(answerTo("https://sat.test/p").empty());
  CHECK(answerTo("https://sat.test.evil.test/p").empty());
  CHECK(answerTo("https://evil.test/p").empty());
  CHECK(answerTo("http://sat.test/p").empty());
}

TEST_CASE("in production no query parameter determines a redirect") {
  RequestFixture request;
  request.setDocument();
  request.url = "https://app.example.com/?__clerk_redirect_url=https://evil.test/";
  CHECK(request.outcome() == nothing);
}

TEST_CASE_METHOD(VisitorFixture,
                 "a page that is entered from a foreign one asks Clerk whether somebody else is signed in") {
  const std::string sync = "handshake primary-domain-cross-origin-sync";
  const auto [referrer, expected] = GENERATE_COPY(table<std::string, std::string>({
      {"https://satellite.test/p", sync},
      {"https://search.test/", sync},
      {"http://app.example.com/", sync},
      {"https://app.example.com:8443/", sync},
      {"android-app://com.search", sync},
      {"https://app.example.com/other", "in user_1"},
      {"https://clerk.example.com/", "in user_1"},
      {"https://accounts.example.com/sign-in", "in user_1"},
      {"http://accounts.example.com/sign-in", sync},
      {"not a url", "in user_1"},
      {"", "in user_1"},
  }));
  CAPTURE(referrer);
  setHeader("Referer", referrer);
  CHECK(outcome() == "in user_1");
  setDocument();
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == expected);
  if (expected == sync) CHECK(state.message() == "Cross-origin request from satellite domain requires handshake");
}

TEST_CASE_METHOD(VisitorFixture, "PR #9145: no referrer passes for Clerk's by the beginning of its name") {
  setDocument();
  setHeader("Referer", GENERATE("https://accounts.evil.test/", "https://accounts.example.com.evil.test/",
                                "https://accounts.dev/", "https://x.accounts.dev/", "https://clerk.evil.test/",
                                "https://evil.test/https://accounts.example.com"));
  CHECK(outcome() == "handshake primary-domain-cross-origin-sync");
}

TEST_CASE_METHOD(VisitorFixture, "a foreign page does not matter to satellites, posts, and browsers on their way") {
  setHeader("Referer", "https://satellite.test/");
  setDocument();
  SECTION("satellite") {
    options.isSatellite = true;
    options.domain = "example.com";
  }
  SECTION("post") { method = "POST"; }
  SECTION("on the way") { headers.front().second += "; __clerk_redirect_count=1"; }
  SECTION("frame") { headers.back().second = "iframe"; }
  SECTION("unknown origin") { url = "/dash"; }
  CHECK(outcome() == "in user_1");
}

TEST_CASE("the portals of development instances are Clerk's in development") {
  RequestFixture request(RequestFixture::development());
  request.setHeader("Cookie", "__session=" + request.token() + "; __client_uat=1; __clerk_db_jwt=b");
  request.setDocument();
  const auto [referrer, isClerks] = GENERATE(table<std::string, bool>({
      {"https://foo-bar-13.accounts.dev/", true},
      {"https://foo-bar-13.clerk.accounts.dev/", true},
      {"https://other-one-1.accounts.dev/", true},
      {"https://other-one-1.clerk.accounts.dev/", false},
      {"https://accounts.x.lcl.dev/", true},
      {"https://x.lcl.dev/", false},
      {"https://accounts.dev/", false},
  }));
  CAPTURE(referrer);
  request.setHeader("Referer", referrer);
  CHECK((request.outcome() == "in user_1") == isClerks);
}
