// Callables may use the library: nothing is locked while they are called.

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "both_forms.hpp"
#include "catch.hpp"

namespace lb = liveblocks;
using liveblocks_tests::awaited;
using liveblocks_tests::Form;

namespace {

/// Every callable calls `again`, one level deep.
struct Reentrant {
  std::function<void()> again;
  bool isInside = false;
  int calls = 0;

  void call() {
    if (isInside || !again) return;
    isInside = true;
    again();
    isInside = false;
    ++calls;
  }

  lb::Events events() {
    lb::Events events;
    events.begin = [this](const auto&) {
      call();
      return lb::Events::Span();
    };
    events.end = [this](const auto&, const auto&) { call(); };
    events.exchange = [this](const auto&) { call(); };
    events.propagate = [this](const auto&, const auto&) {
      call();
      return lb::Events::TraceHeaders();
    };
    events.verification = [this](const auto&) { call(); };
    events.cacheLookup = [this](const auto&) { call(); };
    events.webhook = [this](const auto&) { call(); };
    return events;
  }
};

}  // namespace

TEST_CASE("a callable may use the Liveblocks client that calls it") {
  Reentrant reentrant;
  const auto transport = std::make_shared<lb::testing::FakeLiveblocks>("sk_testingtesting");
  lb::LiveblocksOptions options;
  options.secret = "sk_testingtesting";
  options.events = reentrant.events();
  const lb::Liveblocks client(options, transport);
  reentrant.again = [&] { CHECK(client.identifyUser({"alice"}).status == 200); };
  if (liveblocks_tests::anyForm() == Form::blocking) {
    CHECK(client.identifyUser({"bob"}).status == 200);
  } else {
    transport->setScheduler(liveblocks_tests::scheduler());
    CHECK(awaited<lb::AuthResponse>([&](const auto& done) { client.identifyUserAsync({"bob"}, {}, done); }).status ==
          200);
  }
  CHECK(reentrant.calls == 4);
}

TEST_CASE("a callable may verify, look up users and fetch keys with the Clerk client that calls it") {
  Reentrant reentrant;
  const auto clerk = std::make_shared<lb::testing::FakeClerk>();
  clerk->addUser({});
  lb::clerk::ClientOptions options;
  options.secretKey = clerk->secretKey();
  options.userCacheTtl = std::chrono::seconds(60);
  options.tokenCache.capacity = 10;
  options.events = reentrant.events();
  const lb::clerk::Client client(options, clerk);
  const std::string token = clerk->issuer().sessionToken();
  // Not from within a fetch of keys, which would wait for itself.
  bool hasKeys = false;
  reentrant.again = [&] {
    CHECK(client.users().get("user_1"));
    if (!hasKeys) return;
    CHECK(client.sessionVerifier().verify(token));
    CHECK(client.refreshKeys());
  };
  const bool isAsync = liveblocks_tests::anyForm() == Form::asynchronous;
  if (isAsync) clerk->setScheduler(liveblocks_tests::scheduler());
  const auto verify = [&] {
    if (!isAsync) return client.sessionVerifier().verify(token);
    return awaited<lb::Result<lb::clerk::SessionClaims>>(
        [&](const auto& done) { client.sessionVerifier().verifyAsync(token, done); });
  };
  CHECK(verify());
  hasKeys = true;
  const int before = reentrant.calls;
  CHECK(before > 0);
  CHECK(verify());
  CHECK(reentrant.calls >= before + 3);
}

TEST_CASE("a callable may verify and claim webhooks") {
  Reentrant reentrant;
  const lb::testing::WebhookSigner signer;
  const auto webhook = signer.sign({});
  lb::webhooks::VerifierOptions verifierOptions;
  verifierOptions.secrets = {signer.secret()};
  verifierOptions.events = reentrant.events();
  lb::webhooks::DeduplicatorOptions deduplicatorOptions;
  deduplicatorOptions.events = reentrant.events();
  const lb::webhooks::Verifier verifier(verifierOptions);
  const lb::webhooks::Deduplicator deduplicator(deduplicatorOptions);
  reentrant.again = [&] {
    const auto message = verifier.verify(webhook.request());
    REQUIRE(message);
    CHECK(deduplicator.claim(*message));
  };
  const auto message = verifier.verify(webhook.request());
  REQUIRE(message);
  CHECK(deduplicator.claim(*message));
  CHECK(reentrant.calls == 2);
}
