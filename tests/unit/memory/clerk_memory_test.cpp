#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <chrono>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "out_of_memory.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using liveblocks_tests::runOutOfMemory;

namespace {

const lb::testing::ClerkIssuer& issuer() {
  static const lb::testing::ClerkIssuer made;
  return made;
}

std::string session() {
  lb::testing::SessionTokenSpec spec;
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {}};
  spec.claims = {{"extra", lb::Json::parse(R"({"a":[1,{"b":[[]]}],"c":"\u0064"})")}};
  return issuer().sessionToken(spec);
}

/// Checks that `start(done)` calls back once, or throws for want of memory, once its scheduler runs.
template <class Start>
void checkCalledBack(lb::testing::ManualScheduler& scheduler, bool& isBroken, const Start& start) {
  int calls = 0;
  bool threw = false;
  try {
    start([&calls](const auto&) { ++calls; });
  } catch (const std::bad_alloc&) {
    threw = true;
  }
  scheduler.runUntil((lb::Deadline::max)());
  if (calls != (threw ? 0 : 1)) isBroken = true;
}

/// A request to an authenticator that can ask a Clerk.
struct Scene {
  std::shared_ptr<lb::testing::FakeClerk> fakeClerk = std::make_shared<lb::testing::FakeClerk>(issuer());
  std::string url = "https://app.example.com/dash?q=1";
  std::vector<std::pair<std::string, std::string>> headers = {{"Sec-Fetch-Dest", "document"}};

  clerk::RequestAuthenticator authenticator() const {
    clerk::RequestAuthenticatorOptions options;
    options.publishableKey = issuer().publishableKey();
    options.secretKey = fakeClerk->secretKey();
    options.acceptsToken = {clerk::TokenType::sessionToken, clerk::TokenType::apiKey, clerk::TokenType::m2mToken,
                            clerk::TokenType::oauthToken};
    options.log = [](lb::LogLevel, std::string_view line) { const std::string kept(line); };
    return clerk::RequestAuthenticator(
        clerk::KeySource::backendApi(fakeClerk->secretKey(), "https://api.clerk.com", fakeClerk), options, fakeClerk);
  }

  template <class Before>
  void run(const Before& before) {
    runOutOfMemory([&] {
      before();
      return [this, authenticator = authenticator()] {
        const lb::http::RequestView request{"GET", url, {headers.begin(), headers.end()}};
        const clerk::RequestState state = authenticator.authenticate(request);
        static_cast<void>(state.headers());
      };
    });
    runAsync(before, [](const clerk::RequestAuthenticator& authenticator) { return authenticator; });
    runAsync(before, [](const clerk::RequestAuthenticator& authenticator) { return clerk::RouteGuard(authenticator); });
  }

  /// The same without blocking, with that which is made of the authenticator.
  template <class Before, class Make>
  void runAsync(const Before& before, const Make& make) {
    bool isBroken = false;
    runOutOfMemory([&] {
      const auto scheduler = std::make_shared<lb::testing::ManualScheduler>();
      fakeClerk->setScheduler(scheduler);
      before();
      return [&isBroken, this, scheduler, made = make(authenticator())] {
        checkCalledBack(*scheduler, isBroken, [&](auto done) {
          made.authenticateAsync({"GET", url, headers, {}}, std::move(done));
        });
      };
    });
    fakeClerk->setScheduler(nullptr);
    CHECK_FALSE(isBroken);
  }

  void run() {
    run([] {});
  }
};

}  // namespace

TEST_CASE("a verifier that runs out of memory goes on") {
  const auto fakeClerk = std::make_shared<lb::testing::FakeClerk>(issuer());
  const std::string token = GENERATE(as<std::string>(), session(), "a.b", "e30.e30.e30", session() + "A");
  const auto verifier = [&] {
    return clerk::SessionVerifier(
        clerk::KeySource::backendApi(fakeClerk->secretKey(), "https://api.clerk.com", fakeClerk));
  };
  runOutOfMemory([&] { return [&token, verifier = verifier()] { static_cast<void>(verifier.verify(token)); }; });
  runOutOfMemory([&] {
    return [cookie = "a=b; __session=" + token, verifier = verifier()] {
      static_cast<void>(verifier.authenticate({"GET", "/", {{"Cookie", cookie}}}));
    };
  });
}

TEST_CASE("a verifier that runs out of memory over a call calls back all the same") {
  const auto fakeClerk = std::make_shared<lb::testing::FakeClerk>(issuer());
  const std::string token = GENERATE(as<std::string>(), session(), "a.b", session() + "A");
  bool isBroken = false;
  runOutOfMemory([&] {
    const auto scheduler = std::make_shared<lb::testing::ManualScheduler>();
    fakeClerk->setScheduler(scheduler);
    const clerk::SessionVerifier verifier(
        clerk::KeySource::backendApi(fakeClerk->secretKey(), "https://api.clerk.com", fakeClerk));
    return [&isBroken, &token, scheduler, verifier] {
      checkCalledBack(*scheduler, isBroken, [&](auto done) { verifier.verifyAsync(token, std::move(done)); });
    };
  });
  CHECK_FALSE(isBroken);
}

TEST_CASE("looking up a user without memory calls back all the same") {
  const auto fakeClerk = std::make_shared<lb::testing::FakeClerk>(issuer());
  clerk::UsersOptions options;
  options.secretKey = fakeClerk->secretKey();
  options.cacheTtl = std::chrono::seconds(GENERATE(0, 60));
  bool isBroken = false;
  runOutOfMemory([&] {
    const auto scheduler = std::make_shared<lb::testing::ManualScheduler>();
    fakeClerk->setScheduler(scheduler);
    return [&isBroken, scheduler, users = clerk::Users(options, fakeClerk)] {
      checkCalledBack(*scheduler, isBroken, [&](auto done) { users.getAsync("user_1", std::move(done)); });
    };
  });
  CHECK_FALSE(isBroken);
}

TEST_CASE("an authenticator that runs out of memory goes on") {
  Scene scene;
  SECTION("over a session in a header") { scene.headers = {{"Authorization", "Bearer " + session()}}; }
  SECTION("over a session in cookies") {
    scene.headers.emplace_back("Cookie", "__client_uat=1; __session=" + session());
  }
  SECTION("over a handshake that is to begin") { scene.headers.emplace_back("Cookie", "__client_uat=1"); }
  SECTION("over a handshake that has failed") {
    scene.headers.emplace_back("Cookie", "__clerk_handshake=e30.e30.e30; __client_uat=1");
  }
  SECTION("over nobody") {}
  scene.run();
}

TEST_CASE("an authenticator that runs out of memory over what Clerk must be asked about goes on") {
  Scene scene;
  SECTION("an API key") {
    clerk::MachineToken token;
    token.type = clerk::TokenType::apiKey;
    token.id = "ak_1";
    token.subject = "user_1";
    token.claims = lb::Json::parse(R"({"a":[1,{"b":[[]]}]})");
    scene.headers = {{"Authorization", "Bearer " + scene.fakeClerk->addMachineToken(token)}};
    scene.run();
  }
  SECTION("a handshake") {
    scene.run([&] {
      const std::string nonce =
          scene.fakeClerk->addHandshake({"__session=" + session() + "; Path=/", "__client_uat=1"});
      scene.headers = {{"Sec-Fetch-Dest", "document"}, {"Cookie", "__clerk_handshake_nonce=" + nonce}};
    });
  }
}
