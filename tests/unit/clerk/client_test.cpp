#include <liveblocks/clerk/client.hpp>

#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "log_lines.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks_tests::LogLines;

namespace {

struct Fixture {
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  std::shared_ptr<liveblocks::testing::FakeClerk> fake =
      std::make_shared<liveblocks::testing::FakeClerk>(liveblocks::testing::ClerkIssuer(), liveblocks::Secret(), clock);
  LogLines log;
  clerk::ClientOptions options;

  Fixture() {
    options.publishableKey = fake->issuer().publishableKey();
    options.secretKey = fake->secretKey();
    options.clock = clock;
    options.log = log.callback();
  }

  clerk::Client client() const { return clerk::Client(options, fake); }

  std::string token(const std::string& party = "https://app.example.com") const {
    liveblocks::testing::SessionTokenSpec spec;
    spec.issuedAt = clock->wall();
    spec.authorizedParty = party;
    return fake->issuer().sessionToken(spec);
  }

  static http::RequestView request(const std::string& header, const std::string& value) {
    return {"GET", "/board", {{header, value}}};
  }

  static std::string refusal(const clerk::ClientOptions& options, std::shared_ptr<http::Transport> transport) {
    try {
      const clerk::Client refused(options, std::move(transport));
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return {};
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "everything that a Clerk client hands out shares one fetch of the keys") {
  const clerk::Client first = client();
  const clerk::Client copy = first;  // NOLINT(performance-unnecessary-copy-initialization): the copy is what is tested.
  const std::string text = token();
  const std::string bearer = "Bearer " + text;
  CHECK(first.sessionVerifier().verify(text).value().userId() == "user_1");
  CHECK(copy.sessionVerifier().verify(text).value().userId() == "user_1");
  CHECK(first.requestAuthenticator().authenticate(request("Authorization", bearer)).isAuthenticated());
  CHECK_FALSE(copy.routeGuard().authenticate(request("Authorization", bearer)).response);
  CHECK(fake->requestCount() == 1);
}

TEST_CASE_METHOD(Fixture, "a Clerk client with a PEM never fetches keys") {
  options.jwtKey = fake->issuer().publicKeyPem();
  CHECK(client().sessionVerifier().verify(token()).value().userId() == "user_1");
  CHECK(client().refreshKeys());
  CHECK(fake->requestCount() == 0);

  options.secretKey = {};
  const clerk::Client offline(options, nullptr);
  CHECK(offline.sessionVerifier().verify(token()).value().userId() == "user_1");
  CHECK(offline.requestAuthenticator().authenticate(request("Authorization", "Bearer " + token())).isAuthenticated());
}

TEST_CASE_METHOD(Fixture, "a Clerk client fetches keys early without blocking") {
  const auto scheduler = std::make_shared<liveblocks::testing::ManualScheduler>();
  fake->setScheduler(scheduler);
  const clerk::Client early = client();
  std::optional<liveblocks::Result<void>> refreshed;
  early.refreshKeysAsync([&](liveblocks::Result<void> outcome) { refreshed = std::move(outcome); });
  CHECK_FALSE(refreshed);
  scheduler->run();
  REQUIRE(refreshed);
  CHECK(*refreshed);
  CHECK(early.sessionVerifier().verifyLocally(token()).value().userId() == "user_1");
}

TEST_CASE_METHOD(Fixture, "a Clerk client with a publishable key alone fetches public keys") {
  options.secretKey = {};
  CHECK(client().sessionVerifier().verify(token()).value().userId() == "user_1");
  CHECK(fake->requests().at(0).url == fake->issuer().issuer() + "/.well-known/jwks.json");
}

TEST_CASE_METHOD(Fixture, "a Clerk client reads users with its secret key") {
  fake->addUser({"user_1", "Ada"});
  options.userCacheTtl = std::chrono::seconds(60);
  const clerk::Client both = client();
  REQUIRE(both.canReadUsers());
  CHECK(both.users().get("user_1").value().firstName == "Ada");
  CHECK(both.users().get("user_1").value().firstName == "Ada");
  CHECK(fake->requestCount() == 1);

  options.secretKey = {};
  CHECK_FALSE(client().canReadUsers());
  CHECK_THROWS_AS(client().users(), std::logic_error);
}

TEST_CASE_METHOD(Fixture, "a Clerk client tells its log of an outage once") {
  fake->failNext("/v1/jwks", liveblocks::Error{Errc::connect, "refused"}, 10);
  const clerk::Client outage = client();
  CHECK(outage.sessionVerifier().verify(token()).error().code == Errc::keysUnavailable);
  CHECK_FALSE(
      outage.requestAuthenticator().authenticate(request("Authorization", "Bearer " + token())).isAuthenticated());
  CHECK(log.lines->size() == 1);
}

TEST_CASE_METHOD(Fixture, "a session without a party is accepted from the cookie and refused in the header") {
  options.authorizedParties = {"https://app.example.com"};
  const clerk::SessionVerifier verifier = client().sessionVerifier();
  CHECK(verifier.authenticate(request("Cookie", "__session=" + token(""))));
  CHECK_FALSE(verifier.authenticate(request("Authorization", "Bearer " + token(""))));
  CHECK_FALSE(verifier.authenticate(request("Cookie", "__session=" + token("https://other.example.com"))));
}

TEST_CASE_METHOD(Fixture, "behind a proxy both issuers are accepted") {
  liveblocks::testing::SessionTokenSpec spec;
  spec.issuedAt = clock->wall();
  spec.claims = {{"iss", liveblocks::Json("https://app.example.com/__clerk")}};
  const std::string proxied = fake->issuer().sessionToken(spec);
  CHECK_FALSE(client().sessionVerifier().verify(proxied));

  options.publicOrigin = "https://app.example.com";
  options.proxyUrl = "/__clerk";
  CHECK(client().sessionVerifier().verify(proxied));
  CHECK(client().sessionVerifier().verify(token()));
  CHECK(client().requestAuthenticator().authenticate(request("Authorization", "Bearer " + proxied)).isAuthenticated());

  options.issuer = fake->issuer().issuer();
  CHECK_FALSE(client().sessionVerifier().verify(proxied));
}

TEST_CASE_METHOD(Fixture, "a Clerk client refuses options with which nobody could sign in") {
  CHECK(refusal({}, fake) == "no key of a Clerk instance: set jwtKey, secretKey or publishableKey");

  clerk::ClientOptions bad = options;
  bad.publishableKey = "sk_live_secret";
  CHECK_THAT(refusal(bad, fake), ContainsSubstring("publishable"));
  CHECK_THAT(refusal(bad, fake), !ContainsSubstring("secret_"));

  bad = options;
  bad.keyCache.softAge = std::chrono::seconds(0);
  CHECK_THAT(refusal(bad, fake), ContainsSubstring("softAge"));

  bad = options;
  bad.proxyUrl = "//evil";
  CHECK_THAT(refusal(bad, fake), ContainsSubstring("proxyUrl"));

  bad = options;
  bad.userTimeout = std::chrono::milliseconds(0);
  CHECK_THAT(refusal(bad, fake), ContainsSubstring("timeout"));

  CHECK_THAT(refusal(options, nullptr), ContainsSubstring("transport"));
}

TEST_CASE_METHOD(Fixture, "an authenticator of sessions needs the publishable key") {
  options.publishableKey = {};
  const clerk::Client withoutPages = client();
  CHECK_THROWS_WITH(withoutPages.requestAuthenticator(), ContainsSubstring("publishableKey"));
  CHECK_THROWS_WITH(withoutPages.routeGuard(), ContainsSubstring("publishableKey"));
  CHECK_NOTHROW(withoutPages.requestAuthenticator(clerk::TokenType::apiKey));
  CHECK(withoutPages.sessionVerifier().verify(token()));
}

TEST_CASE_METHOD(Fixture, "what a Clerk client hands out outlives it") {
  auto owner = std::make_unique<clerk::Client>(client());
  const clerk::SessionVerifier verifier = owner->sessionVerifier();
  owner.reset();
  CHECK(verifier.verify(token()));
}
