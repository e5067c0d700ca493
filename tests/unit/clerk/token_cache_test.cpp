#include "clerk/token_cache.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/clerk/client.hpp>

#include "catch.hpp"
#include "clerk/claims_validator.hpp"
#include "token_cache_fixture.hpp"

using namespace liveblocks;
using namespace std::chrono_literals;
using clerk::SessionVerifier;
using clerk::detail::TokenCache;
using liveblocks_tests::areShared;
using liveblocks_tests::Claims;
using liveblocks_tests::TokenCacheFixture;

namespace {

/// A cache alone, which believes what it is told.
struct BareFixture {
  std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>();
  clerk::TokenCacheOptions options = [] {
    clerk::TokenCacheOptions result;
    result.capacity = 3;
    return result;
  }();

  TokenCache cache() const { return TokenCache(options, clock); }

  static clerk::detail::VerifiedToken verified(std::string payload = "{}") {
    const auto session = std::make_shared<clerk::SessionClaims::State>(std::move(payload));
    session->expiresAt = 60;
    return {"key", nullptr, session};
  }

  static std::string token(std::size_t size, char signature = 's') {
    return std::string(size - 3, 't') + ".." + signature;
  }

  bool has(TokenCache& cache, const std::string& token) const { return cache.find(token, clock->wall()) != nullptr; }

  /// What a token takes of `maxBytes`: the least that is enough for it.
  std::size_t bytesOf(const std::string& token) {
    for (options.maxBytes = 1; options.maxBytes < 100'000; ++options.maxBytes) {
      TokenCache tried = cache();
      tried.store(token, verified());
      if (has(tried, token)) break;
    }
    return options.maxBytes;
  }
};

}  // namespace

TEST_CASE_METHOD(TokenCacheFixture, "without the option every token is verified anew") {
  const SessionVerifier verifier = verifierWithoutCache();
  CHECK(clerk::SessionVerifierOptions().tokenCache.capacity == 0);
  CHECK(clerk::RequestAuthenticatorOptions().tokenCache.capacity == 0);
  CHECK(clerk::ClientOptions().tokenCache.capacity == 0);
  CHECK_FALSE(areShared(verifier.verify(token()), verifier.verify(token())));
}

TEST_CASE_METHOD(TokenCacheFixture, "a token is verified once, whichever call gets it") {
  const SessionVerifier verifier = TokenCacheFixture::verifier();
  const SessionVerifier copy = verifier;  // NOLINT(performance-unnecessary-copy-initialization): the copy is tested.
  const Claims first = verifier.verify(token());
  CHECK(areShared(first, copy.verify(token())));
  CHECK(areShared(first, verifier.verifyLocally(token())));
  CHECK(areShared(first, verifier.authenticate({"GET", "/", {{"Cookie", "__session=" + token()}}})));
  CHECK(areShared(first, verifier.authenticateLocally({"GET", "/", {{"Authorization", "Bearer " + token()}}})));
  verifier.verifyAsync(token(), [&](const Claims& claims) { CHECK(areShared(first, claims)); });
  CHECK_FALSE(areShared(first, verifier.verify(tokenOf(2))));
  CHECK_FALSE(areShared(first, TokenCacheFixture::verifier().verify(token())));
}

TEST_CASE_METHOD(TokenCacheFixture, "what is made from one client shares its tokens") {
  clerk::ClientOptions all;
  all.publishableKey = issuer().publishableKey();
  all.jwtKey = issuer().publicKeyPem();
  all.clock = clock;
  all.tokenCache.capacity = 10;
  const clerk::Client client(all, nullptr);
  const std::string bearer = "Bearer " + token();
  const http::RequestView request{"GET", "https://app.example.com/", {{"Authorization", bearer}}};
  const auto claimsOf = [](const clerk::RequestState& state) { return Claims(state.auth().sessionClaims().value()); };

  const Claims first = claimsOf(client.requestAuthenticator().authenticate(request));
  CHECK(areShared(first, claimsOf(client.requestAuthenticator().authenticate(request))));
  CHECK(areShared(first, client.sessionVerifier().verify(token())));
  CHECK(areShared(first, claimsOf(client.routeGuard().authenticate(request).state)));
  CHECK_FALSE(areShared(first, clerk::Client(all, nullptr).sessionVerifier().verify(token())));
}

TEST_CASE_METHOD(TokenCacheFixture, "a token is not taken from the cache from its expiry on") {
  const SessionVerifier verifier = TokenCacheFixture::verifier();
  const Claims first = verifier.verify(token());
  clock->setWall(at((now + 60) * 1000 - 1));
  CHECK(areShared(first, verifier.verify(token())));
  clock->setWall(at((now + 60) * 1000));
  const Claims accepted = verifier.verify(token());
  CHECK(codeOf(accepted) == Errc{});
  CHECK_FALSE(areShared(first, accepted));
  clock->setWall(at((now + 65) * 1000));
  CHECK(codeOf(verifier.verify(token())) == Errc::expired);
}

TEST_CASE_METHOD(TokenCacheFixture, "a clock that is set back or forward changes no outcome") {
  spec.claims = {{"nbf", Json(now)}};
  const SessionVerifier verifier = TokenCacheFixture::verifier();
  const SessionVerifier plain = verifierWithoutCache();
  CHECK(verifier.verify(token()));
  for (const int second : {0, 59, -5, -6, 0, 64, 65, 0, -100'000, 0, 100'000, 0}) {
    CAPTURE(second);
    clock->setWall(at((now + second) * 1000));
    CHECK(codeOf(verifier.verify(token())) == codeOf(plain.verify(token())));
  }
}

TEST_CASE_METHOD(TokenCacheFixture, "a verification is trusted for the time that is set") {
  spec.lifetime = 1h;
  options.tokenCache.maxAge = 10s;
  const SessionVerifier verifier = TokenCacheFixture::verifier();
  const Claims first = verifier.verify(token());
  clock->advance(10s - 1ns);
  CHECK(areShared(first, verifier.verify(token())));
  clock->advance(1ns);
  const Claims second = verifier.verify(token());
  CHECK_FALSE(areShared(first, second));
  clock->advance(5s);
  CHECK(areShared(second, verifier.verify(token())));
}

TEST_CASE_METHOD(TokenCacheFixture, "tokens that were rejected are not cached") {
  const SessionVerifier verifier = TokenCacheFixture::verifier();
  const std::string early = token();
  clock->setWall(at((now - 20) * 1000));
  CHECK(codeOf(verifier.verify(early)) == Errc::notYetValid);
  clock->setWall(at(now * 1000));
  CHECK(codeOf(verifier.verify(early)) == Errc{});
}

TEST_CASE_METHOD(BareFixture, "the number of tokens is bounded, and the least recently used one goes") {
  TokenCache tried = cache();
  for (const char c : {'1', '2', '3'}) tried.store(token(100, c), verified());
  for (const char c : {'1', '2', '3'}) CHECK(has(tried, token(100, c)));
  CHECK(has(tried, token(100, '1')));
  tried.store(token(100, '4'), verified());
  CHECK_FALSE(has(tried, token(100, '2')));
  for (const char c : {'1', '3', '4'}) CHECK(has(tried, token(100, c)));
  // One that is there already takes no other one's place.
  tried.store(token(100, '4'), verified());
  for (const char c : {'1', '3', '4'}) CHECK(has(tried, token(100, c)));
}

TEST_CASE_METHOD(BareFixture, "the memory of the tokens is bounded") {
  const std::size_t bytes = bytesOf(token(100, '1'));
  CHECK(bytes > 100 + sizeof(clerk::SessionClaims::State));
  const auto [limit, held] = GENERATE_COPY(table<std::size_t, int>(
      {{bytes - 1, 0}, {bytes, 1}, {2 * bytes - 1, 1}, {2 * bytes, 2}, {3 * bytes - 1, 2}, {3 * bytes, 3}}));
  options.maxBytes = limit;
  TokenCache tried = cache();
  for (const char c : {'1', '2', '3'}) tried.store(token(100, c), verified());
  int found = 0;
  for (const char c : {'1', '2', '3'}) found += has(tried, token(100, c)) ? 1 : 0;
  CHECK(found == held);
  CHECK(has(tried, token(100, '3')) == (held > 0));
}

TEST_CASE_METHOD(BareFixture, "a token that is stored again counts once") {
  const std::size_t bytes = bytesOf(token(100, '1'));
  options.maxBytes = 2 * bytes;
  TokenCache tried = cache();
  for (int i = 0; i < 3; ++i) tried.store(token(100, '1'), verified());
  tried.store(token(100, '2'), verified());
  CHECK(has(tried, token(100, '1')));
  CHECK(has(tried, token(100, '2')));
}

TEST_CASE_METHOD(BareFixture, "a large cache keeps its bounds, too") {
  const auto [capacity, maxBytes] =
      GENERATE(table<std::size_t, std::size_t>({{3000, std::size_t{32} << 20}, {100'000, std::size_t{2} << 20}}));
  options.capacity = capacity;
  options.maxBytes = maxBytes;
  TokenCache tried = cache();
  const auto numbered = [](int number) { return "t.t." + std::to_string(number); };
  for (int number = 0; number < 4000; ++number) tried.store(numbered(number), verified());
  std::size_t found = 0;
  for (int number = 0; number < 4000; ++number) found += has(tried, numbered(number)) ? 1 : 0;
  const std::size_t limit = (std::min)(capacity, maxBytes / sizeof(clerk::SessionClaims::State));
  CHECK(found <= limit);
  CHECK(found > limit / 4);
  CHECK(has(tried, numbered(3999)));
}

TEST_CASE_METHOD(BareFixture, "all that claims take counts") {
  options.maxBytes = 30'000;
  TokenCache tried = cache();
  auto session = std::make_shared<clerk::SessionClaims::State>("{}");
  session->expiresAt = 60;
  session->organization = clerk::Organization{"org_1", "", "", std::vector<std::string>(1000, "org:a:b")};
  tried.store(token(100), {"key", nullptr, session});
  CHECK_FALSE(has(tried, token(100)));
  tried.store(token(100), verified(R"({"a":")" + std::string(30'000, 'x') + R"("})"));
  CHECK_FALSE(has(tried, token(100)));
  tried.store(token(100), verified(R"({"a":")" + std::string(10'000, 'x') + R"("})"));
  CHECK(has(tried, token(100)));
}

TEST_CASE_METHOD(BareFixture, "a large token is not cached") {
  const auto [size, isCached] = GENERATE(table<std::size_t, bool>({{4095, true}, {4096, true}, {4097, false}}));
  TokenCache tried = cache();
  tried.store(token(size), verified());
  CHECK(has(tried, token(size)) == isCached);
}

TEST_CASE_METHOD(BareFixture, "what is no token is not found") {
  TokenCache tried = cache();
  tried.store(token(100), verified());
  for (const char* text : {"", ".", "..", "...", "a", "s", ".s", "t.s"}) CHECK_FALSE(has(tried, text));
  tried.store("no token", verified());
  CHECK_FALSE(has(tried, "no token"));
  CHECK(has(tried, token(100)));
}

TEST_CASE_METHOD(BareFixture, "a steady clock that goes back makes the cache verify anew") {
  clock->advance(10s);
  TokenCache tried = cache();
  tried.store(token(100), verified());
  clock->advance(-1ns);
  CHECK_FALSE(has(tried, token(100)));
  clock->advance(1ns);
  CHECK(has(tried, token(100)));
}

TEST_CASE_METHOD(TokenCacheFixture, "options of the cache out of range are rejected, with what to do") {
  const auto make = [this] { return TokenCacheFixture::verifier(); };
  clerk::TokenCacheOptions& cache = options.tokenCache;
  SECTION("capacity") {
    cache.capacity = 1'000'001;
    CHECK_THROWS_WITH(make(), ContainsSubstring("tokenCache.capacity must be at most 1,000,000"));
    cache.capacity = GENERATE(as<std::size_t>(), 0, 1, 1'000'000);
    CHECK_NOTHROW(make());
  }
  SECTION("maxBytes") {
    const auto bytes = GENERATE(std::size_t{0}, std::size_t{65'535}, (std::size_t{1} << 30) + 1,
                                (std::numeric_limits<std::size_t>::max)());
    cache.maxBytes = bytes;
    CHECK_THROWS_WITH(make(), ContainsSubstring("tokenCache.maxBytes must lie between 64 KiB and 1 GiB"));
    cache.maxBytes = GENERATE(std::size_t{65'536}, std::size_t{1} << 30);
    CHECK_NOTHROW(make());
  }
  SECTION("maxAge") {
    cache.maxAge = GENERATE(-1s, 0s, 86'401s, (std::chrono::seconds::max)());
    CHECK_THROWS_WITH(make(), ContainsSubstring("tokenCache.maxAge must lie between 1 s and 24 h"));
    cache.maxAge = GENERATE(1s, 86'400s);
    CHECK_NOTHROW(make());
  }
  SECTION("of a client and an authenticator, too") {
    clerk::ClientOptions client;
    client.jwtKey = issuer().publicKeyPem();
    client.tokenCache.maxAge = 0s;
    CHECK_THROWS_AS(clerk::Client(client, nullptr), std::invalid_argument);
    clerk::RequestAuthenticatorOptions authenticator;
    authenticator.publishableKey = issuer().publishableKey();
    authenticator.tokenCache.maxAge = 0s;
    const auto keys = clerk::KeySource::pem(issuer().publicKeyPem());
    CHECK_THROWS_AS(clerk::RequestAuthenticator(keys, authenticator, nullptr), std::invalid_argument);
  }
}
