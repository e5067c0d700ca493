#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include <memory>
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
