#include <functional>
#include <stdexcept>

#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using clerk::RequestAuthenticatorOptions;
using clerk::TokenType;
using liveblocks_tests::RequestFixture;

namespace {

using Change = std::function<void(RequestAuthenticatorOptions&)>;

const std::string liveKey = RequestFixture::production().publishableKey();
const std::string testKey = RequestFixture::development().publishableKey();

/// What the constructor says; empty when it is content.
std::string complaint(const Change& change) {
  RequestFixture fixture;
  change(fixture.options);
  try {
    (void)clerk::RequestAuthenticator(clerk::KeySource::pem(fixture.issuer->publicKeyPem()), fixture.options,
                                      fixture.transport);
    return {};
  } catch (const std::invalid_argument& problem) {
    return problem.what();
  }
}

Change setting(std::string RequestAuthenticatorOptions::*option, const std::string& value) {
  return [=](RequestAuthenticatorOptions& options) { options.*option = value; };
}

Change satellite(const std::string& domain, const std::string& proxyUrl) {
  return [=](RequestAuthenticatorOptions& options) {
    options.isSatellite = true;
    options.domain = domain;
    options.proxyUrl = proxyUrl;
  };
}

Change developmentSatellite(const std::string& signInUrl, const std::string& publicOrigin = {}) {
  return [=](RequestAuthenticatorOptions& options) {
    satellite("sat.example.org", {})(options);
    options.publishableKey = testKey;
    options.signInUrl = signInUrl;
    options.publicOrigin = publicOrigin;
  };
}

Change keys(const std::string& publishableKey, const std::string& secretKey) {
  return [=](RequestAuthenticatorOptions& options) {
    options.publishableKey = publishableKey;
    options.secretKey = secretKey;
  };
}

Change accepting(const clerk::AcceptedTokens& tokens) {
  return [=](RequestAuthenticatorOptions& options) {
    options.publishableKey.clear();
    options.acceptsToken = tokens;
    options.secretKey = "sk_live_x";
  };
}

constexpr auto origin = &RequestAuthenticatorOptions::publicOrigin;
constexpr auto proxy = &RequestAuthenticatorOptions::proxyUrl;
constexpr auto domain = &RequestAuthenticatorOptions::domain;
constexpr auto signIn = &RequestAuthenticatorOptions::signInUrl;
constexpr auto api = &RequestAuthenticatorOptions::apiUrl;

}  // namespace

TEST_CASE("the issuers of machines are checked as those of sessions are") {
  RequestFixture fixture;
  fixture.options.machineIssuer =
      GENERATE(as<clerk::AcceptedIssuers>(), "clerk.example.com", "https://a.example/", "https://A.example",
               "http://a.example", "https://a.example,https://b.example/",
               clerk::AcceptedIssuers{"https://a.example", "https://b.example/.well-known/jwks.json"});
  CHECK_THROWS_WITH(fixture.authenticator(), ContainsSubstring("machineIssuer"));
  fixture.options.machineIssuer = {" https://a.example ", "'https://b.example'",
                                   "https://c.example, https://d.example"};
  CHECK_NOTHROW(fixture.authenticator());
}

TEST_CASE("an unusable option is refused at construction, by its name") {
  const auto [name, change] = GENERATE(table<std::string, Change>({
      {"publicOrigin", setting(origin, "app.example.com")},
      {"publicOrigin", setting(origin, "https://app.example.com/")},
      {"publicOrigin", setting(origin, "https://app.example.com/.")},
      {"publicOrigin", setting(origin, "https://app.example.com/%2e")},
      {"publicOrigin", setting(origin, "https://app.example.com/x/..")},
      {"publicOrigin", setting(origin, "https:app.example.com")},
      {"publicOrigin", setting(origin, "https://app.example.com?q")},
      {"publicOrigin", setting(origin, "https://user@app.example.com")},
      {"publicOrigin", setting(origin, "javascript:alert(1)")},
      {"publicOrigin", setting(origin, "https://app.1")},
      {"proxyUrl", setting(proxy, "__clerk")},
      {"proxyUrl", setting(proxy, "//evil.test")},
      {"proxyUrl", setting(proxy, "/\\evil.test")},
      {"proxyUrl", setting(proxy, "/__clerk?x=1")},
      {"proxyUrl", setting(proxy, "http://app.example.com/__clerk")},
      {"proxyUrl", setting(proxy, "https://app.example.com/__clerk?x=1")},
      {"proxyUrl", setting(proxy, "https://0x7f.1/__clerk")},
      {"domain", setting(domain, "https://sat.example.org")},
      {"domain", setting(domain, "sat.example.org/path")},
      {"domain", setting(domain, "sat.example.org/.")},
      {"domain", setting(domain, "sat.example.org/x/..")},
      {"domain", setting(domain, "/.")},
      {"domain", setting(domain, "user@sat.example.org")},
      {"domain", setting(domain, "[::1]")},
      {"signInUrl", setting(signIn, "sign-in")},
      {"signInUrl", setting(signIn, "https://1.2.3/sign-in")},
      {"signInUrl", setting(signIn, "//evil.test/sign-in")},
      {"signInUrl", setting(signIn, "javascript:alert(1)")},
      {"signInUrl", setting(signIn, "https://user:password@app.example.com/sign-in")},
      {"apiUrl", setting(api, "http://api.test")},
      {"satellite", satellite("", "")},
      {"signInUrl", developmentSatellite("")},
      {"signInUrl", developmentSatellite("/sign-in")},
      {"signInUrl", developmentSatellite("https://sat.example.org/sign-in", "https://sat.example.org")},
      {"publishableKey", keys("", "")},
      {"publishable key", keys("pk_live_damaged", "")},
      {"secretKey", keys(liveKey, "sk_test_x")},
      {"secretKey", keys(testKey, "sk_live_x")},
      {"secretKey", keys(liveKey, "sk live")},
      {"publishableKey", accepting(TokenType::oauthToken)},
      {"publishableKey", accepting(clerk::AcceptedTokens::any())},
      {"publishableKey", accepting({TokenType::apiKey, TokenType::sessionToken})},
  }));
  CAPTURE(name);
  CHECK(complaint(change).find(name) != std::string::npos);
}

TEST_CASE("the message about an invalid option says what is wrong, without the value") {
  const auto [message, change] = GENERATE(table<std::string, Change>({
      {"a satellite needs domain or proxyUrl", satellite("", "")},
      {"a satellite of a development instance needs signInUrl: an absolute URL of the primary",
       developmentSatellite("/sign-in")},
      {"secretKey and publishableKey are of different instances: one is for tests", keys(liveKey, "sk_test_x")},
      {"the publishable key is damaged: copy it again from the Clerk dashboard", keys("pk_live_damaged", "")},
      {"the publishable key must be Clerk's, which begins with pk_test_ or pk_live_, but this is a secret key (sk_...)",
       keys("sk_live_x", "")},
      {"clockSkew must lie between 0 and 300 s",
       [](RequestAuthenticatorOptions& options) { options.clockSkew = std::chrono::seconds(301); }},
      {"entry 1 of authorizedParties must end after the host and port: no slash, path or query",
       [](RequestAuthenticatorOptions& options) { options.authorizedParties = {"https://app.example.com/"}; }},
  }));
  CHECK(complaint(change) == message);
}

TEST_CASE("usable options are accepted") {
  const Change change = GENERATE(
      as<Change>(), [](RequestAuthenticatorOptions&) {}, setting(origin, "http://localhost:3000"),
      setting(proxy, "/__clerk"), setting(proxy, "https://app.example.com/__clerk/"), setting(signIn, "/sign-in?x=1"),
      setting(signIn, "https://accounts.example.com/sign-in"), satellite("sat.example.org", ""),
      satellite("", "/__clerk"), developmentSatellite("https://primary.test/sign-in", "https://sat.example.org"),
      keys(liveKey, "sk_live_x"), keys(testKey, "sk_test_x"), keys(liveKey, "live_x"), accepting(TokenType::apiKey),
      accepting(TokenType::m2mToken));
  CHECK(complaint(change).empty());
}
