// Look-ups in the caches of keys, verified tokens and users.

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/testing/event_recorder.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using liveblocks_tests::BothForms;
using liveblocks_tests::Form;
using Lines = std::vector<std::string>;

namespace {

/// The key sets `{"keys":[...]}` in one.
std::string joined(const std::string& first, const std::string& second) {
  const auto keysOf = [](const std::string& set) { return lb::Json::parse(set).find("keys").value().items(); };
  return lb::Json::object({{"keys", lb::Json::array({keysOf(first).at(0), keysOf(second).at(0)})}}).text();
}

struct CachesFixture {
  Form form = liveblocks_tests::anyForm();
  std::shared_ptr<lb::testing::ManualClock> clock =
      std::make_shared<lb::testing::ManualClock>(std::chrono::system_clock::now());
  std::shared_ptr<lb::testing::FakeClerk> server = std::make_shared<lb::testing::FakeClerk>();
  lb::testing::EventRecorder recorder;
  clerk::ClientOptions options;

  CachesFixture() {
    if (form == Form::asynchronous) server->setScheduler(liveblocks_tests::scheduler());
    options.secretKey = server->secretKey();
    options.clock = clock;
    options.events.cacheLookup = recorder.events().cacheLookup;
  }

  clerk::Client client() const { return clerk::Client(options, server); }

  lb::testing::SessionTokenSpec sessionOf(const std::string& userId) const {
    lb::testing::SessionTokenSpec spec;
    spec.userId = userId;
    spec.issuedAt = clock->wall();
    spec.lifetime = std::chrono::hours(24 * 7);
    return spec;
  }

  std::string token(const std::string& userId = "user_1") const {
    return server->issuer().sessionToken(sessionOf(userId));
  }

  clerk::Client authenticatingClient() {
    options.publishableKey = server->issuer().publishableKey();
    return client();
  }

  /// Whether a browser that comes back with that handshake is signed in.
  bool authenticate(const clerk::Client& client, const std::string& handshake) const {
    const std::string cookie = "__clerk_handshake=" + handshake;
    const lb::http::RequestView request{
        "GET", "https://app.example.com/", {{"Cookie", cookie}, {"Sec-Fetch-Dest", "document"}}};
    const auto authenticator = client.requestAuthenticator();
    const auto state =
        form == Form::blocking
            ? authenticator.authenticate(request)
            : BothForms::outcomeOf<clerk::RequestState>(*liveblocks_tests::scheduler(), [&](const auto& done) {
                authenticator.authenticateAsync(lb::http::ReceivedRequest::copyOf(request), done);
              });
    return state.status() == clerk::AuthStatus::signedIn;
  }

  void verify(const clerk::Client& client, const std::string& token) const {
    const auto verifier = client.sessionVerifier();
    if (form == Form::blocking) return static_cast<void>(verifier.verify(token));
    static_cast<void>(BothForms::outcomeOf<lb::Result<clerk::SessionClaims>>(
        *liveblocks_tests::scheduler(), [&](const auto& done) { verifier.verifyAsync(token, done); }));
  }

  void getUser(const clerk::Client& client) const {
    if (form == Form::blocking) return static_cast<void>(client.users().get("user_1"));
    static_cast<void>(BothForms::outcomeOf<lb::Result<clerk::User>>(
        *liveblocks_tests::scheduler(), [&](const auto& done) { client.users().getAsync("user_1", done); }));
  }
};

}  // namespace

TEST_CASE_METHOD(CachesFixture, "a key is a miss when it is waited for, then a hit, then stale during an outage") {
  const clerk::Client made = client();
  verify(made, token());
  verify(made, token());
  CHECK(recorder.takeLines() == Lines{"cache jwks miss", "cache jwks hit"});

  clock->advance(options.keyCache.hardAge + std::chrono::seconds(1));
  server->failNext("/v1/jwks", lb::Error{lb::Errc::tls, "x"}, 10);
  verify(made, token());
  CHECK(recorder.takeLines() == Lines{"cache jwks stale"});

  server->clearFaults();
  clock->advance(std::chrono::minutes(5));
  verify(made, token());
  CHECK(recorder.takeLines() == Lines{"cache jwks miss"});
}

TEST_CASE_METHOD(CachesFixture, "a key that cannot be fetched is a miss") {
  server->failNext("/v1/jwks", lb::Error{lb::Errc::tls, "x"}, 10);
  const clerk::Client made = client();
  verify(made, token());
  CHECK_FALSE(made.sessionVerifier().verifyLocally(token()));
  CHECK(recorder.takeLines() == Lines{"cache jwks miss"});
}

TEST_CASE_METHOD(CachesFixture, "a fixed key is in no cache") {
  options.jwtKey = server->issuer().publicKeyPem();
  verify(client(), token());
  CHECK(recorder.lines().empty());
}

TEST_CASE_METHOD(CachesFixture, "a token is a miss, then a hit, and stale once it is not accepted any more") {
  options.jwtKey = server->issuer().publicKeyPem();
  options.tokenCache.capacity = 10;
  const clerk::Client made = client();
  lb::testing::SessionTokenSpec spec;
  spec.issuedAt = clock->wall();
  spec.lifetime = std::chrono::seconds(60);
  spec.authorizedParty = "https://a.example.com";
  const std::string same = server->issuer().sessionToken(spec);
  verify(made, same);
  verify(made, same);
  CHECK(recorder.takeLines() == Lines{"cache token miss", "cache token hit"});

  clock->setWall(clock->wall() - std::chrono::minutes(5));
  verify(made, same);
  CHECK(recorder.takeLines() == Lines{"cache token stale"});
}

TEST_CASE_METHOD(CachesFixture, "a pass that waits for a key tells of its look-ups once") {
  options.tokenCache.capacity = 10;
  verify(client(), token());
  CHECK(recorder.takeLines() == Lines{"cache jwks miss", "cache token miss"});
}

TEST_CASE_METHOD(CachesFixture, "a key that several tokens of a request name is looked up once") {
  const lb::testing::ClerkIssuer& issuer = server->issuer();
  const clerk::Client made = authenticatingClient();
  CHECK(authenticate(made, issuer.handshakeToken({"__session=" + token()})));
  CHECK(recorder.takeLines() == Lines{"cache jwks miss"});
  CHECK(authenticate(made, issuer.handshakeToken({"__session=" + token()})));
  CHECK(recorder.takeLines() == Lines{"cache jwks hit"});
}

TEST_CASE_METHOD(CachesFixture, "a key that is there is looked up once, though another one is waited for") {
  const lb::testing::ClerkIssuer& issuer = server->issuer();
  const lb::testing::ClerkIssuer next("clerk.example.com", "ins_next");
  const clerk::Client made = authenticatingClient();
  verify(made, token());
  recorder.takeLines();
  clock->advance(options.keyCache.cooldown + std::chrono::seconds(1));
  server->respondNext("/v1/jwks", lb::testing::jsonResponse(200, joined(issuer.jwks(), next.jwks())));
  CHECK(authenticate(made, issuer.handshakeToken({"__session=" + next.sessionToken(sessionOf("user_1"))})));
  CHECK(recorder.takeLines() == Lines{"cache jwks hit", "cache jwks miss"});
}

TEST_CASE_METHOD(CachesFixture, "a user is a miss, then a hit, and a miss again") {
  server->addUser({});
  options.userCacheTtl = std::chrono::seconds(10);
  const clerk::Client made = client();
  getUser(made);
  getUser(made);
  clock->advance(std::chrono::seconds(10));
  getUser(made);
  CHECK(recorder.lines() == Lines{"cache user miss", "cache user hit", "cache user miss"});
}

TEST_CASE_METHOD(CachesFixture, "users that are not cached are not looked up in a cache") {
  getUser(client());
  CHECK(recorder.lines().empty());
}
