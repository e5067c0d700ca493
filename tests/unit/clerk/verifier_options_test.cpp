#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "verifier_fixture.hpp"

using namespace liveblocks;
using clerk::KeySource;
using liveblocks_tests::VerifierFixture;

TEST_CASE_METHOD(VerifierFixture, "authorized parties that can never match are refused with the reason") {
  const auto [party, reason] = GENERATE(table<std::string, std::string>({
      {"", "is empty"},
      {"https://a.test/", "no slash"},
      {"https://a.test/path", "no slash"},
      {"https://a.test?x", "no slash"},
      {"https://a.test#x", "no slash"},
      {"a.test", "has no scheme"},
      {"://a.test", "has no scheme"},
      {"https://", "has no host"},
      {"https://A.test", "lower case"},
      {"HTTPS://a.test", "lower case"},
      {"https://a.test:443", "default port"},
      {"http://a.test:80", "default port"},
      {"https://a.test,https://b.test", "is a list"},
      {"https://*.test", "is a pattern"},
      {" https://a.test", "white space"},
      {"https://a.test\n", "white space"},
      {"https://\xC3\xA9.test", "outside ASCII"},
      {"https://user@a.test", "is no origin"},
      {"https://a.test:99999", "is no origin"},
      {"https://a..test", "is no origin"},
  }));
  CAPTURE(party);
  options.authorizedParties = {"https://good.test", party};
  CHECK_THROWS_WITH(verifier(), ContainsSubstring(reason));
  CHECK_THROWS_AS(verifier(), std::invalid_argument);
}

TEST_CASE_METHOD(VerifierFixture, "bare origins are taken as authorized parties") {
  options.authorizedParties = {"https://a.test",
                               "http://localhost:3000",
                               "https://a.test:8443",
                               "http://127.0.0.1:8080",
                               "http://[::1]:3000",
                               "https://xn--9ca.test",
                               "chrome-extension://abcdefghijklmnop"};
  CHECK_NOTHROW(verifier());
}

TEST_CASE_METHOD(VerifierFixture, "options out of range are refused") {
  using std::chrono::seconds;
  const auto spoil = GENERATE(
      as<void (*)(clerk::VerifierOptions&)>(),
      [](clerk::VerifierOptions& o) {
        o.audience = {"a", ""};
      },
      [](clerk::VerifierOptions& o) { o.clockSkew = std::chrono::milliseconds(-1); },
      [](clerk::VerifierOptions& o) { o.clockSkew = std::chrono::milliseconds(300001); },
      [](clerk::VerifierOptions& o) { o.publishableKey = "pk_test_x"; },
      [](clerk::VerifierOptions& o) { o.keyCache.softAge = seconds(0); },
      [](clerk::VerifierOptions& o) { o.keyCache.hardAge = seconds(299); },
      [](clerk::VerifierOptions& o) { o.keyCache.staleIfError = seconds(599); },
      [](clerk::VerifierOptions& o) { o.keyCache.staleIfError = std::chrono::hours(9000); },
      [](clerk::VerifierOptions& o) { o.keyCache.cooldown = seconds(-1); });
  spoil(options);
  CHECK_THROWS_AS(verifier(), std::invalid_argument);
}

TEST_CASE_METHOD(VerifierFixture, "options at the ends of their range are taken") {
  using std::chrono::seconds;
  options.clockSkew = GENERATE(seconds(0), seconds(300));
  options.keyCache = {seconds(600), seconds(600), seconds(600), seconds(0)};
  CHECK_NOTHROW(verifier());
}

TEST_CASE_METHOD(VerifierFixture, "the issuer is derived from the publishable key or the Frontend API") {
  const testing::ClerkIssuer other("clerk.other.example");
  const auto transport = std::make_shared<testing::FakeTransport>();
  options.issuer.clear();
  const auto source = KeySource::pem(issuer().publicKeyPem());
  const auto judge = [&](const KeySource& keys) {
    transport->pushJson(200, issuer().jwks());
    return codeOf(clerk::SessionVerifier(keys, options).verify(issuer().sessionToken(spec)));
  };
  CHECK(judge(KeySource::frontendApi(issuer().publishableKey(), transport)) == Errc{});
  CHECK(judge(KeySource::frontendApi(other.publishableKey(), transport)) == Errc::wrongIssuer);
  options.publishableKey = issuer().publishableKey();
  CHECK(judge(source) == Errc{});
  options.publishableKey = other.publishableKey();
  CHECK(judge(source) == Errc::wrongIssuer);
  options.issuer = issuer().issuer();
  CHECK(judge(source) == Errc{});
}

TEST_CASE_METHOD(VerifierFixture, "keys and publishable key of two instances are refused, unless the issuer is given") {
  const testing::ClerkIssuer other("clerk.other.example");
  const auto transport = std::make_shared<testing::FakeTransport>();
  const auto keys = KeySource::frontendApi(issuer().publishableKey(), transport);
  options.publishableKey = other.publishableKey();
  CHECK_NOTHROW(clerk::SessionVerifier(keys, options));
  options.issuer.clear();
  CHECK_THROWS_AS(clerk::SessionVerifier(keys, options), std::invalid_argument);
}

TEST_CASE("key sources that cannot work are refused") {
  const auto transport = std::make_shared<testing::FakeTransport>();
  CHECK_THROWS_WITH(KeySource::pem("{}"), ContainsSubstring("KeySource::jwks()"));
  CHECK_THROWS_AS(KeySource::pem(""), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::jwks("{}"), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::jwks(R"({"keys":[]})"), std::invalid_argument);
  CHECK_THROWS_WITH(KeySource::backendApi("", "https://api.clerk.com", transport), ContainsSubstring("empty"));
  CHECK_THROWS_AS(KeySource::backendApi("sk_test_x\r\nX: y", "https://api.clerk.com", transport),
                  std::invalid_argument);
  CHECK_THROWS_AS(KeySource::backendApi("sk_test_x", "http://api.clerk.com", transport), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::backendApi("sk_test_x", "api.clerk.com", transport), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::backendApi("sk_test_x", "https://api.clerk.com", nullptr), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::frontendApi("pk_test_!!!", transport), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::frontendApi("sk_test_x", transport), std::invalid_argument);
}
