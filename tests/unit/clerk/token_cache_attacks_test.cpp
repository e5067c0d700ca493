// The cache accepts nothing that is rejected without it.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "clerk/claims_validator.hpp"
#include "clerk/session_verifier.hpp"
#include "token_cache_fixture.hpp"

using namespace liveblocks;
using clerk::SessionVerifier;
using clerk::SessionVerifierOptions;
using clerk::detail::ClaimsValidator;
using clerk::detail::SessionTokenVerifier;
using liveblocks_tests::areShared;
using liveblocks_tests::Claims;
using liveblocks_tests::textOf;
using liveblocks_tests::TokenCacheFixture;
using Carrier = clerk::SessionToken::Carrier;

namespace {

/// Two verifiers, of which one has a token in its cache.
struct AttackFixture : TokenCacheFixture {
  std::string genuine = token();
  SessionVerifier verifier = TokenCacheFixture::verifier();
  SessionVerifier plain = verifierWithoutCache();
  Claims claims = verifier.verify(genuine);

  /// Checks that a forged token is rejected as it is without the cache, again and again.
  void checkRejected(const std::string& forged) const {
    CAPTURE(forged);
    REQUIRE(forged != genuine);
    const Claims rejected = plain.verify(forged);
    CHECK_FALSE(rejected);
    CHECK(textOf(verifier.verify(forged)) == textOf(rejected));
    CHECK(textOf(verifier.verify(forged)) == textOf(rejected));
  }

  /// Checks that the genuine token is still in the cache.
  void checkUndisturbed() const { CHECK(areShared(claims, verifier.verify(genuine))); }

  std::vector<std::string> parts() const {
    const std::size_t first = genuine.find('.');
    const std::size_t second = genuine.rfind('.');
    return {genuine.substr(0, first), genuine.substr(first + 1, second - first - 1), genuine.substr(second + 1)};
  }
};

}  // namespace

TEST_CASE_METHOD(AttackFixture, "a token in which one character differs is not that of the cache") {
  for (std::size_t i = 0; i < genuine.size(); ++i) {
    std::string forged = genuine;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    checkRejected(forged);
    forged[i] = static_cast<char>(genuine[i] ^ 0x20);
    checkRejected(forged);
  }
  checkUndisturbed();
}

TEST_CASE_METHOD(AttackFixture, "a token with more or fewer characters is not that of the cache") {
  for (const std::string_view more : {" ", "\n", "\t", "=", ".", "A", "%20"}) {
    checkRejected(genuine + std::string(more));
    checkRejected(std::string(more) + genuine);
    for (std::size_t dot = genuine.find('.'); dot != std::string::npos; dot = genuine.find('.', dot + 1)) {
      checkRejected(std::string(genuine).insert(dot, more));
      checkRejected(std::string(genuine).insert(dot + 1, more));
    }
  }
  checkRejected(std::string(genuine) + '\0');
  checkRejected(genuine.substr(1));
  checkRejected(genuine.substr(0, genuine.size() - 1));
  checkUndisturbed();
}

TEST_CASE_METHOD(AttackFixture, "parts of a cached token cannot be used in another one") {
  const auto [header, payload, signature] = std::tuple(parts()[0], parts()[1], parts()[2]);
  const std::string other = tokenOf(2);
  REQUIRE(verifier.verify(other));
  const std::string otherText = other.substr(0, other.rfind('.'));
  const std::string otherSignature = other.substr(other.rfind('.') + 1);
  checkRejected(otherText + '.' + signature);
  checkRejected(header + '.' + payload + '.' + otherSignature);
  checkRejected(header + '.' + payload + '.');
  checkRejected('.' + payload + '.' + signature);
  checkRejected(header + ".." + signature);
  checkRejected(payload + '.' + header + '.' + signature);
  checkRejected(header + '.' + signature);
  checkRejected('.' + signature);
  checkRejected(signature);
  // An unsigned token.
  checkRejected("eyJhbGciOiJub25lIn0." + payload + '.' + signature);
  checkRejected("eyJhbGciOiJub25lIn0." + payload + '.');
  checkUndisturbed();
}

TEST_CASE_METHOD(AttackFixture, "a token that another key has signed is not that of the cache") {
  const testing::ClerkIssuer forger;
  REQUIRE(forger.keyId() == issuer().keyId());
  checkRejected(forger.sessionToken(spec));
  checkUndisturbed();
}

TEST_CASE_METHOD(AttackFixture, "a flood of genuine tokens leaves every outcome as it is") {
  options.tokenCache.capacity = 4;
  const SessionVerifier small = TokenCacheFixture::verifier();
  for (int round = 0; round < 2; ++round) {
    for (int user = 0; user < 20; ++user) {
      const std::string text = tokenOf(user);
      CHECK(textOf(small.verify(text)) == textOf(plain.verify(text)));
      CHECK_FALSE(small.verify(text + 'A'));
    }
  }
}

namespace {

/// Verifiers with different options that share one cache, as different parts of a client do.
class SharedCache {
 public:
  explicit SharedCache(const SessionVerifierOptions& options) : clock_(options.clock) {
    source_.shared = std::make_shared<const clerk::detail::SessionKeys>(source_, options.keyCache, clock_, options.log);
    source_.sharedTokens = clerk::detail::TokenCache::make(options.tokenCache, clock_);
  }

  Claims verify(const std::string& token, const SessionVerifierOptions& options,
                const clerk::detail::ValidationContext& context) const {
    const SessionTokenVerifier verifier(source_, options);
    const ClaimsValidator validator(options, options.issuer.values());
    clerk::detail::TokenLookups lookups;
    return verifier.verify(
        token, validator, context, [&](const auto& keyId) { return verifier.keys().find(keyId, (Deadline::max)()); },
        lookups);
  }

  bool has(const std::string& token, std::chrono::system_clock::time_point now) const {
    return source_.sharedTokens->find(token, now) != nullptr;
  }

 private:
  std::shared_ptr<const Clock> clock_;
  clerk::KeySource::State source_{crypto::readRsaPublicKeyPem(TokenCacheFixture::issuer().publicKeyPem()).value()};
};

using Change = void (*)(SessionVerifierOptions& options);

/// Rules that accept more or less than others.
const std::vector<Change>& rules() {
  static const std::vector<Change> all{
      [](SessionVerifierOptions&) {},
      [](SessionVerifierOptions& options) { options.issuer = "https://clerk.example.com"; },
      [](SessionVerifierOptions& options) { options.issuer = "https://other.example"; },
      [](SessionVerifierOptions& options) { options.audience = {"a"}; },
      [](SessionVerifierOptions& options) {
        options.audience = {"b", "c"};
      },
      [](SessionVerifierOptions& options) { options.authorizedParties = {"https://app.example.com"}; },
      [](SessionVerifierOptions& options) { options.authorizedParties = {"https://other.example"}; },
      [](SessionVerifierOptions& options) {
        options.authorizedParties = {"https://app.example.com"};
        options.missingParty = clerk::MissingParty::allow;
      },
      [](SessionVerifierOptions& options) {
        options.authorizedParties = {"https://app.example.com"};
        options.missingParty = clerk::MissingParty::allowInCookie;
      },
      [](SessionVerifierOptions& options) { options.treatPendingAsSignedOut = true; },
      [](SessionVerifierOptions& options) { options.clockSkew = std::chrono::milliseconds(0); },
      [](SessionVerifierOptions& options) { options.clockSkew = std::chrono::milliseconds(1500); },
  };
  return all;
}

using Tokens = std::vector<std::vector<std::pair<std::string, std::optional<Json>>>>;

/// Claims to which these rules respond in different ways.
Tokens differentClaims() {
  const auto json = [](const char* text) { return Json::parse(text); };
  constexpr long long now = TokenCacheFixture::now;
  return {
      {},
      {{"azp", std::nullopt}},
      {{"azp", Json("https://other.example")}},
      {{"azp", Json(5)}},
      {{"azp", Json("")}},
      {{"iss", std::nullopt}},
      {{"iss", Json("https://proxy.example")}},
      {{"iss", Json(5)}},
      {{"aud", Json("a")}},
      {{"aud", json(R"(["b","a"])")}},
      {{"aud", json(R"(["a",5])")}},
      {{"aud", json("[]")}},
      {{"sts", Json("pending")}},
      {{"sts", Json("gone")}},
      {{"nbf", std::nullopt}, {"iat", std::nullopt}},
      {{"nbf", Json(now + 3)}},
      {{"nbf", Json(now - 1)}, {"iat", Json(now + 2)}},
      {{"exp", Json(now + 1)}},
      {{"exp", Json(now - 1)}},
      {{"sub", Json("mch_1")}},
      {{"exp", std::nullopt}},
  };
}

}  // namespace

TEST_CASE_METHOD(TokenCacheFixture, "whatever rules a token was accepted by, the rules of the next caller decide") {
  options.clockSkew = std::chrono::seconds(300);
  options.issuer = {};
  options.treatPendingAsSignedOut = false;
  const SharedCache cached(options);
  SessionVerifierOptions uncached = options;
  uncached.tokenCache = {};
  const SharedCache plain(uncached);
  int hits = 0;
  for (auto& claims : differentClaims()) {
    spec.claims = claims;
    const std::string text = token();
    CAPTURE(text);
    const bool isAccepted = bool(cached.verify(text, options, {at(now * 1000), Carrier::cookie}));
    CHECK(isAccepted == bool(plain.verify(text, options, {at(now * 1000), Carrier::cookie})));
    for (const Change& rule : rules()) {
      SessionVerifierOptions strict = options;
      rule(strict);
      for (const auto carrier : {Carrier::header, Carrier::cookie}) {
        for (const char* proxy : {"", "https://proxy.example"}) {
          for (const int milliseconds : {-5000, -2000, -500, 0, 500, 2000, 60'000, 62'000}) {
            const clerk::detail::ValidationContext context{at(now * 1000 + milliseconds), carrier, proxy};
            hits += cached.has(text, context.now) ? 1 : 0;
            CHECK(textOf(cached.verify(text, strict, context)) == textOf(plain.verify(text, strict, context)));
          }
        }
      }
    }
  }
  CHECK(hits > 1000);
}

TEST_CASE_METHOD(TokenCacheFixture, "tokens that are rejected are not in the cache afterwards") {
  const SharedCache cached(options);
  const clerk::detail::ValidationContext context{at(now * 1000), Carrier::header};
  const Tokens rejected{{{"nbf", Json(now + 100)}},
                        {{"iat", Json(now + 100)}},
                        {{"iss", Json("https://other.example")}},
                        {{"sub", std::nullopt}},
                        {{"sid", Json(5)}},
                        {{"sts", Json("pending")}},
                        {{"act", Json(5)}, {"sub", Json("mch_1")}}};
  for (const auto& claims : rejected) {
    spec.claims = claims;
    CAPTURE(token());
    CHECK_FALSE(cached.verify(token(), options, context));
    CHECK_FALSE(cached.has(token(), context.now));
  }
  spec.claims = {};
  CHECK_FALSE(cached.verify(testing::ClerkIssuer().sessionToken(spec), options, context));
  CHECK_FALSE(cached.has(testing::ClerkIssuer().sessionToken(spec), context.now));
  CHECK_FALSE(cached.verify(token() + 'A', options, context));
  CHECK_FALSE(cached.has(token() + 'A', context.now));
  CHECK(cached.verify(token(), options, context));
  CHECK(cached.has(token(), context.now));
}
