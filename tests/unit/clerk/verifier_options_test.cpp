#include <stdexcept>
#include <string>
#include <vector>

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
      {"https://a.test,https://b.test/", "no slash"},
      {"https://a.test https://b.test", "white space"},
      {"1https://x", "invalid scheme"},
      {"<https://a.test>", "angle brackets"},
      {"\"https://a.test", "quote"},
      {"\"'https://a.test'\"", "quote"},
      {"https://a.test\"", "quote"},
      {"https://a.test;", "is not an origin"},
      {"capacitor://a'b", "is not an origin"},
      {"AUTHORIZED_PARTIES=https://a.test", "begins with \"AUTHORIZED_PARTIES=\": pass"},
      {" , ", "is empty"},
      {"\"\"", "is empty"},
      {"sk_live_abc", "this is a secret key"},
      {"https://*.test", "is a pattern"},
      {"https://\xC3\xA9.test", "outside ASCII"},
      {"https://user@a.test", "is not an origin"},
      {"https://a.test:99999", "is not an origin"},
      {"https://a..test", "is not an origin"},
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

TEST_CASE_METHOD(VerifierFixture, "the refusal of an authorized party counts it, and does not show it") {
  options.authorizedParties = {"https://good.test", "sk_live_abcdef"};
  CHECK_THROWS_WITH(verifier(), "entry 2 of authorizedParties must be an origin, but this is a secret key (sk_...)");
  options.authorizedParties = {"https://user:password@a.test"};
  CHECK_THROWS_WITH(verifier(), "entry 1 of authorizedParties is not an origin");
  options.authorizedParties = {"https://good.test", "https://a.test,, 'https://b.test/'"};
  CHECK_THROWS_WITH(verifier(),
                    Catch::Matchers::StartsWith("origin 2 of entry 2 of authorizedParties must end after the host"));
}

TEST_CASE_METHOD(VerifierFixture, "authorized parties are compared without what was pasted around them") {
  const auto [entry, party, code] = GENERATE(table<std::string, std::string, Errc>({
      {"'https://a.test'\n", "https://a.test", Errc{}},
      {"https://a.test, https://b.test", "https://a.test", Errc{}},
      {"https://a.test, https://b.test", "https://b.test", Errc{}},
      {"\"https://a.test,https://b.test\"", "https://b.test", Errc{}},
      {"\"https://a.test\", \"https://b.test\",", "https://b.test", Errc{}},
      {"https://a.test,https://b.test", "https://a.test,https://b.test", Errc::unauthorizedParty},
      {"'https://a.test'", "'https://a.test'", Errc::unauthorizedParty},
  }));
  CAPTURE(entry, party);
  options.authorizedParties = {entry};
  spec.authorizedParty = party;
  CHECK(outcome() == code);
}

TEST_CASE_METHOD(VerifierFixture, "an issuer that no token names is refused with the reason") {
  const auto [text, reason] = GENERATE(table<std::string, std::string>({
      {"https://Clerk.example.com", "lower case"},
      {"HTTPS://clerk.example.com", "must "},
      {"https://clerk.example.com/", "slash"},
      {"https://app.example.com/__clerk/", "slash"},
      {"https://clerk.example.com/.well-known/jwks.json", "before /.well-known"},
      {"https://clerk.example.com/.well-known/openid-configuration", "before /.well-known"},
      {"clerk.example.com", "must be the URL"},
      {"//clerk.example.com", "must be the URL"},
      {"https://", "must be the URL"},
      {"https://clerk.example.com?x", "must be the URL"},
      {"https://clerk.example.com#x", "must be the URL"},
      {"https://user@clerk.example.com", "must be the URL"},
      {"https://clerk.exam\nple.com", "must be the URL"},
      {"https://clerk.example.com https://b.test", "must be the URL"},
      {"\"https://clerk.example.com", "quote"},
      {"<https://clerk.example.com>", "angle brackets"},
      {"ISSUER=https://clerk.example.com", "begins with \"ISSUER=\": pass what stands after it"},
      {"pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "this is a publishable key"},
      {"\"\"", "is empty"},
      {" , ", "is empty"},
      {"https://CLERK.example.com", "lower case"},
      {"HTTPS://clerk.example.com", "lower case"},
      {"http://clerk.example.com", "must be https:// unless its host is loopback"},
      {"http://10.0.0.1/__clerk", "must be https:// unless its host is loopback"},
      {"https://clerk.example.com:443", "default port"},
      {"https://app.example.com:443/__clerk", "default port"},
      {"http://localhost:80", "default port"},
  }));
  CAPTURE(text);
  options.issuer = text;
  CHECK_THROWS_WITH(verifier(), ContainsSubstring("issuer ") && ContainsSubstring(reason));
  CHECK_THROWS_AS(verifier(), std::invalid_argument);
}

TEST_CASE_METHOD(VerifierFixture, "the refusal of an issuer counts it among several, and does not show it") {
  const auto [issuers, message] = GENERATE(table<clerk::AcceptedIssuers, std::string>({
      {"https://a.test/", "issuer ends with a slash"},
      {"https://a.test,https://b.test/", "URL 2 of issuer ends with a slash"},
      {{"https://a.test", "https://b.test/"}, "entry 2 of issuer ends with a slash"},
      {{"https://a.test", "https://b.test,https://c.test/"}, "URL 2 of entry 2 of issuer ends with a slash"},
      {"https://a.test,sk_live_abcdef",
       "URL 2 of issuer must be the URL in the claim iss of tokens, such as "
       "https://clerk.example.com, but this is a secret key (sk_...)"},
  }));
  options.issuer = issuers;
  CHECK_THROWS_WITH(verifier(), Catch::Matchers::StartsWith(message));
}

TEST_CASE_METHOD(VerifierFixture, "an issuer that tokens may name is taken") {
  options.issuer = GENERATE(as<clerk::AcceptedIssuers>(), "http://localhost:3000/__clerk", "http://127.0.0.1:8080",
                            "http://[::1]:3000", "http://app.localhost:3000/__Clerk", "https://a.test:8443/__Clerk",
                            "https://localhost:80");
  CHECK(outcome() == Errc::wrongIssuer);
}

TEST_CASE_METHOD(VerifierFixture, "an issuer may be a list with commas") {
  const std::string own = issuer().issuer();
  const auto [text, code] = GENERATE_COPY(table<std::string, Errc>({
      {"https://a.test," + own, Errc{}},
      {" \"" + own + "\", 'https://a.test', ", Errc{}},
      {"'https://a.test, " + own + "'", Errc{}},
      {"https://a.test,https://b.test", Errc::wrongIssuer},
  }));
  CAPTURE(text);
  options.issuer = text;
  CHECK(outcome() == code);
}

TEST_CASE_METHOD(VerifierFixture, "an issuer is compared without what was pasted around it") {
  options.issuer =
      GENERATE(" https://clerk.example.com\n", "\"https://clerk.example.com\"", "https://clerk.example.com");
  CHECK(outcome() == Errc{});
  options.issuer = "'https://clerk.other.example'";
  CHECK(outcome() == Errc::wrongIssuer);
}

TEST_CASE_METHOD(VerifierFixture, "options out of range are refused") {
  using std::chrono::seconds;
  const auto spoil = GENERATE(
      as<void (*)(clerk::SessionVerifierOptions&)>(),
      [](clerk::SessionVerifierOptions& o) {
        o.audience = {"a", ""};
      },
      [](clerk::SessionVerifierOptions& o) { o.clockSkew = std::chrono::milliseconds(-1); },
      [](clerk::SessionVerifierOptions& o) { o.clockSkew = std::chrono::milliseconds(300001); },
      [](clerk::SessionVerifierOptions& o) { o.publishableKey = "pk_test_x"; },
      [](clerk::SessionVerifierOptions& o) { o.keyCache.softAge = seconds(0); },
      [](clerk::SessionVerifierOptions& o) { o.keyCache.hardAge = seconds(299); },
      [](clerk::SessionVerifierOptions& o) { o.keyCache.staleIfError = seconds(599); },
      [](clerk::SessionVerifierOptions& o) { o.keyCache.staleIfError = std::chrono::hours(9000); },
      [](clerk::SessionVerifierOptions& o) { o.keyCache.fetchTimeout = std::chrono::milliseconds(0); },
      [](clerk::SessionVerifierOptions& o) { o.keyCache.fetchTimeout = std::chrono::milliseconds(24 * 3'600'000 + 1); },
      [](clerk::SessionVerifierOptions& o) { o.keyCache.cooldown = seconds(-1); });
  spoil(options);
  CHECK_THROWS_AS(verifier(), std::invalid_argument);
}

TEST_CASE_METHOD(VerifierFixture, "options at the ends of their range are taken") {
  using std::chrono::seconds;
  options.clockSkew = GENERATE(seconds(0), seconds(300));
  options.keyCache = {seconds(600), seconds(600), seconds(600), seconds(0), std::chrono::milliseconds(1)};
  CHECK_NOTHROW(verifier());
  options.keyCache.fetchTimeout = std::chrono::hours(24);
  CHECK_NOTHROW(verifier());
}

TEST_CASE_METHOD(VerifierFixture, "the issuer is derived from the publishable key or the Frontend API") {
  const testing::ClerkIssuer other("clerk.other.example");
  const auto transport = std::make_shared<testing::FakeTransport>();
  options.issuer = {};
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

TEST_CASE_METHOD(VerifierFixture, "the issuer is one of a list, exactly") {
  const std::string own = issuer().issuer();
  const std::string other = "https://clerk.other.example";
  const auto [issuers, code] = GENERATE_COPY(table<clerk::AcceptedIssuers, Errc>({
      {own, Errc{}},
      {{own}, Errc{}},
      {{other, own}, Errc{}},
      {other, Errc::wrongIssuer},
      {{other, own + ".evil.test", own + "/CLERK"}, Errc::wrongIssuer},
      {std::string_view(own), Errc{}},
      {clerk::AcceptedIssuers(std::vector<std::string>{other, own}), Errc{}},
  }));
  options.issuer = issuers;
  CHECK(outcome() == code);
  spec.claims = {{"iss", std::nullopt}};
  CHECK(outcome() == Errc::wrongIssuer);
}

TEST_CASE_METHOD(VerifierFixture, "no issuer, or an empty one, leaves it to the publishable key") {
  options.issuer = GENERATE(clerk::AcceptedIssuers(), clerk::AcceptedIssuers(""),
                            clerk::AcceptedIssuers(static_cast<const char*>(nullptr)),
                            clerk::AcceptedIssuers(std::vector<std::string>{}));
  CHECK(options.issuer.empty());
  options.publishableKey = issuer().publishableKey();
  CHECK(outcome() == Errc{});
  options.publishableKey = testing::ClerkIssuer("clerk.other.example").publishableKey();
  CHECK(outcome() == Errc::wrongIssuer);
}

TEST_CASE("a list of issuers has no holes") {
  CHECK_THROWS_AS(clerk::AcceptedIssuers({"https://a.example", ""}), std::invalid_argument);
  CHECK_THROWS_AS(clerk::AcceptedIssuers(std::vector<std::string>{""}), std::invalid_argument);
}

TEST_CASE_METHOD(VerifierFixture, "keys and publishable key of two instances are refused, unless the issuer is given") {
  const testing::ClerkIssuer other("clerk.other.example");
  const auto transport = std::make_shared<testing::FakeTransport>();
  const auto keys = KeySource::frontendApi(issuer().publishableKey(), transport);
  options.publishableKey = other.publishableKey();
  CHECK_NOTHROW(clerk::SessionVerifier(keys, options));
  options.issuer = {};
  CHECK_THROWS_AS(clerk::SessionVerifier(keys, options), std::invalid_argument);
}

TEST_CASE("key sources that cannot work are refused") {
  const auto transport = std::make_shared<testing::FakeTransport>();
  CHECK_THROWS_WITH(KeySource::pem("{}"), ContainsSubstring("KeySource::jwks()"));
  CHECK_THROWS_AS(KeySource::pem(""), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::jwks("{}"), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::jwks(R"({"keys":[]})"), std::invalid_argument);
  CHECK_THROWS_WITH(KeySource::backendApi("", "https://api.clerk.com", transport), ContainsSubstring("empty"));
  for (const char* key :
       {"sk_test_x\r\nX: y", "x", "sk_test_...", "sk_test_\u2026", "sk_test_a b", "SK_TEST_x", "sk", "\"sk_test_x",
        "sk_test_x;", "your_secret_key", "sk_", "sk_test_", "sk_live_", "test_", "sk_live_XXXXXXXX", "sk_test_xxxx"}) {
    CAPTURE(key);
    CHECK_THROWS_WITH(KeySource::backendApi(key, "https://api.clerk.com", transport), ContainsSubstring("secretKey "));
  }
  for (const char* key : {"sk_test_x", "sk_live_a-B_1", "sk_x", "test_x", "live_x"}) {
    CAPTURE(key);
    CHECK_NOTHROW(KeySource::backendApi(key, "https://api.clerk.com", transport));
  }
  for (const char* url : {"https://api.clerk.com/v1", "https://api.clerk.com:443/v1/"}) {
    CHECK_THROWS_WITH(KeySource::backendApi("sk_test_x", url, transport),
                      ContainsSubstring("must end behind the host"));
  }
  CHECK_THROWS_AS(KeySource::backendApi("sk_test_x", "http://api.clerk.com", transport), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::backendApi("sk_test_x", "api.clerk.com", transport), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::backendApi("sk_test_x", "https://api.clerk.com", nullptr), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::frontendApi("pk_test_!!!", transport), std::invalid_argument);
  CHECK_THROWS_AS(KeySource::frontendApi("sk_test_x", transport), std::invalid_argument);
}
