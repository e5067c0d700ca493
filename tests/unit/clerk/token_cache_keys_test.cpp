// A key that a verifier would not use any more makes the cache useless for its tokens.

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "both_forms.hpp"
#include "catch.hpp"
#include "token_cache_fixture.hpp"

using namespace liveblocks;
using namespace std::chrono_literals;
using clerk::KeySource;
using clerk::SessionVerifier;
using liveblocks_tests::areShared;
using liveblocks_tests::BothForms;
using liveblocks_tests::Claims;
using liveblocks_tests::TokenCacheFixture;

namespace {

/// Keys that are fetched from an instance whose key set changes, and tokens that outlive them.
struct FetchedKeysFixture : TokenCacheFixture {
  BothForms form;
  std::shared_ptr<testing::FakeTransport> transport = fake();
  std::string text = longLived();
  SessionVerifier verifier = remote();

  Claims verify() const {
    return form.run<Claims>([&] { return verifier.verify(text); },
                            [&](auto done) { verifier.verifyAsync(text, done); });
  }

  /// From now on the instance has these keys.
  void publish(const std::string& keys) const {
    transport->setHandler([keys](const auto&, const auto&) { return testing::jsonResponse(200, keys); });
  }

  void breakDown() const {
    transport->setHandler([](const auto&, const auto&) { return Error{Errc::connect, "unreachable"}; });
  }

  void refresh() const {
    CHECK(form.run<Result<void>>([&] { return verifier.refreshKeys(); },
                                 [&](auto done) { verifier.refreshKeysAsync(done); }));
  }

 private:
  std::shared_ptr<testing::FakeTransport> fake() const {
    auto result = std::make_shared<testing::FakeTransport>();
    result->setScheduler(form.scheduler());
    return result;
  }

  std::string longLived() {
    spec.lifetime = 24h;
    options.tokenCache.maxAge = 24h;
    return token();
  }

  SessionVerifier remote() const {
    publish(issuer().jwks());
    return SessionVerifier(KeySource::backendApi("sk_test_secret", "https://api.clerk.com", transport), options);
  }
};

/// A key set of another instance.
std::string otherKeys() { return testing::ClerkIssuer("clerk.example.com", "ins_other").jwks(); }

}  // namespace

TEST_CASE_METHOD(FetchedKeysFixture, "a refresh that changes nothing keeps the tokens") {
  const Claims first = verify();
  CHECK(areShared(first, verify()));
  refresh();
  CHECK(areShared(first, verify()));
  clock->advance(301s);
  CHECK(areShared(first, verify()));
  CHECK(transport->requestCount() == 3);
}

TEST_CASE_METHOD(FetchedKeysFixture, "a token of a key that was removed is rejected from the next refresh on") {
  CHECK(verify());
  publish(otherKeys());
  SECTION("at once") { refresh(); }
  SECTION("when the keys are soft") { clock->advance(300s); }
  CHECK(codeOf(verify()) == Errc::unknownKey);
  CHECK(codeOf(verifier.verifyLocally(text)) == Errc::unknownKey);
}

TEST_CASE_METHOD(FetchedKeysFixture, "a token of a key that was replaced under its id is rejected") {
  CHECK(verify());
  const testing::ClerkIssuer other;
  REQUIRE(other.keyId() == issuer().keyId());
  publish(other.jwks());
  refresh();
  CHECK(codeOf(verify()) == Errc::badSignature);
  CHECK(codeOf(verify()) == Errc::badSignature);
}

TEST_CASE_METHOD(FetchedKeysFixture, "a token of a key that was removed and is back is verified anew") {
  const Claims first = verify();
  publish(otherKeys());
  refresh();
  publish(issuer().jwks());
  refresh();
  const Claims second = verify();
  CHECK(codeOf(second) == Errc{});
  CHECK_FALSE(areShared(first, second));
  CHECK(areShared(second, verify()));
}

TEST_CASE_METHOD(FetchedKeysFixture, "keys that are too old make the tokens unusable, too") {
  const Claims first = verify();
  breakDown();
  clock->advance(700s);
  CHECK(areShared(first, verify()));
  clock->advance(1h);
  CHECK(codeOf(verify()) == Errc::keysUnavailable);
  CHECK(codeOf(verifier.verifyLocally(text)) == Errc::keysUnavailable);
  publish(issuer().jwks());
  clock->advance(1min);
  CHECK(codeOf(verify()) == Errc{});
}

TEST_CASE_METHOD(FetchedKeysFixture, "a token of the cache needs keys as soon as any other") {
  const Claims first = verify();
  clock->advance(299s);
  CHECK(areShared(first, verifier.verifyLocally(text)));
  clock->advance(301s);
  CHECK(codeOf(verifier.verifyLocally(text)) == Errc::keysUnavailable);
  CHECK(transport->requestCount() == 1);
  CHECK(areShared(first, verify()));
  CHECK(transport->requestCount() == 2);
}
