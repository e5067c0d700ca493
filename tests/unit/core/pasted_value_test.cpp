#include "core/pasted_value.hpp"

#include <liveblocks/ably/jwt_signer.hpp>
#include <liveblocks/ably/token_request_signer.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace liveblocks;
using clerk::RequestAuthenticatorOptions;

namespace {

const testing::ClerkIssuer& issuer() {
  static const testing::ClerkIssuer instance;
  return instance;
}

/// Makes something of the text; throws what the constructor throws.
using Use = std::function<void(const std::string&)>;

std::shared_ptr<http::Transport> nobody() { return std::make_shared<testing::FakeTransport>(); }

clerk::KeySource knownKey() { return clerk::KeySource::pem(issuer().publicKeyPem()); }

Use asOption(const std::function<void(RequestAuthenticatorOptions&, const std::string&)>& set) {
  return [=](const std::string& text) {
    RequestAuthenticatorOptions options;
    options.publishableKey = issuer().publishableKey();
    set(options, text);
    (void)clerk::RequestAuthenticator(knownKey(), options, nobody());
  };
}

Use asText(std::string RequestAuthenticatorOptions::*option) {
  return asOption([=](RequestAuthenticatorOptions& options, const std::string& text) { options.*option = text; });
}

Use asVerifierOption(const std::function<void(clerk::SessionVerifierOptions&, const std::string&)>& set) {
  return [=](const std::string& text) {
    clerk::SessionVerifierOptions options;
    set(options, text);
    (void)clerk::SessionVerifier(knownKey(), options);
  };
}

struct Value {
  std::string name;
  std::string text;
  Use use;
};

std::vector<Value> liveblocksValues() {
  return {
      {"LIVEBLOCKS_SECRET_KEY", "sk_prod_a-B_1",
       [](const std::string& text) { (void)Liveblocks(LiveblocksOptions{text}, nullptr); }},
      {"LIVEBLOCKS_BASE_URL", "https://liveblocks.example.com/base",
       [](const std::string& text) {
         (void)Liveblocks(LiveblocksOptions{"sk_x", text}, nullptr);
       }},
      {"WEBHOOK_SECRET", "whsec_sFOoBaR78ZZNyOl0TxbObFZWeo3rLg+dA",
       [](const std::string& text) {
         webhooks::VerifierOptions options;
         options.secrets = {text};
         (void)webhooks::Verifier(options);
       }},
      {"ABLY_API_KEY", "tstApp.keyTwo:A-b_C0123456789xyz",
       [](const std::string& text) { (void)ably::TokenRequestSigner(text); }},
      {"ABLY_API_KEY", "tstApp.keyTwo:A-b_C0123456789xyz",
       [](const std::string& text) { (void)ably::JwtSigner(text); }},
  };
}

std::vector<Value> clerkKeys() {
  return {
      {"CLERK_JWT_KEY", issuer().publicKeyPem(), [](const std::string& text) { (void)clerk::KeySource::pem(text); }},
      {"CLERK_SECRET_KEY", "sk_live_abcDEF0123",
       [](const std::string& text) { (void)clerk::KeySource::backendApi(text, "https://api.clerk.com", nobody()); }},
      {"CLERK_API_URL", "https://clerk-api.example.com/base",
       [](const std::string& text) { (void)clerk::KeySource::backendApi("sk_live_x", text, nobody()); }},
      {"CLERK_PUBLISHABLE_KEY", issuer().publishableKey(),
       [](const std::string& text) { (void)clerk::KeySource::frontendApi(text, nobody()); }},
      {"CLERK_PUBLISHABLE_KEY", issuer().publishableKey(),
       [](const std::string& text) {
         (void)clerk::findSessionToken({"GET", "/", {}}, text);
       }},
      {"CLERK_SECRET_KEY", "sk_live_abcDEF0123",
       [](const std::string& text) {
         clerk::UsersOptions options;
         options.secretKey = text;
         (void)clerk::Users(options, nobody());
       }},
      {"CLERK_SECRET_KEY", "sk_live_abcDEF0123",
       asOption([](RequestAuthenticatorOptions& options, const std::string& text) { options.secretKey = text; })},
      {"CLERK_MACHINE_SECRET_KEY", "ak_abcDEF0123",
       asOption(
           [](RequestAuthenticatorOptions& options, const std::string& text) { options.machineSecretKey = text; })},
      {"CLERK_PUBLISHABLE_KEY", issuer().publishableKey(), asText(&RequestAuthenticatorOptions::publishableKey)},
  };
}

std::vector<Value> clerkTexts() {
  return {
      {"PARTIES", "https://app.example.com",
       asVerifierOption([](clerk::SessionVerifierOptions& options, const std::string& text) {
         options.authorizedParties = {text};
       })},
      {"PARTIES", "https://app.example.com, http://localhost:3000",
       asVerifierOption([](clerk::SessionVerifierOptions& options, const std::string& text) {
         options.authorizedParties = {text};
       })},
      {"ISSUER", "https://clerk.example.com",
       asVerifierOption(
           [](clerk::SessionVerifierOptions& options, const std::string& text) { options.issuer = text; })},
      {"ISSUER", "https://app.example.com/__clerk",
       asOption([](RequestAuthenticatorOptions& options, const std::string& text) { options.issuer = text; })},
      {"PUBLIC_ORIGIN", "https://app.example.com", asText(&RequestAuthenticatorOptions::publicOrigin)},
      {"CLERK_API_URL", "https://api.clerk.com", asText(&RequestAuthenticatorOptions::apiUrl)},
      {"CLERK_PROXY_URL", "https://app.example.com/__clerk", asText(&RequestAuthenticatorOptions::proxyUrl)},
      {"CLERK_PROXY_URL", "/__clerk", asText(&RequestAuthenticatorOptions::proxyUrl)},
      {"CLERK_DOMAIN", "sat.example.org", asText(&RequestAuthenticatorOptions::domain)},
      {"CLERK_SIGN_IN_URL", "https://app.example.com/sign-in?x=1", asText(&RequestAuthenticatorOptions::signInUrl)},
      {"CLERK_SIGN_IN_URL", "/sign-in?x=1", asText(&RequestAuthenticatorOptions::signInUrl)},
  };
}

std::vector<Value> allValues() {
  std::vector<Value> values = liveblocksValues();
  for (const auto& more : {clerkKeys(), clerkTexts()}) values.insert(values.end(), more.begin(), more.end());
  return values;
}

/// What using the text says; empty when it is content.
std::string complaint(const Value& value, const std::string& text) {
  try {
    value.use(text);
    return {};
  } catch (const std::invalid_argument& problem) {
    return problem.what();
  }
}

std::string between(std::string before, const std::string& text, const std::string& after) {
  return before.append(text).append(after);
}

/// No 8 bytes of it are in the message.
bool isKept(const std::string& secret, const std::string& message) {
  constexpr std::size_t shown = 8;
  for (std::size_t i = 0; i + shown <= secret.size(); ++i) {
    if (message.find(secret.substr(i, shown)) != std::string::npos) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("every value is taken as people paste it") {
  const std::vector<std::pair<std::string, std::string>> ways{
      {"", ""},
      {" ", ""},
      {"", "\n"},
      {"", "\r\n"},
      {"\xEF\xBB\xBF", ""},
      {"\xC2\xA0", "\xC2\xA0"},
      {"\xE2\x80\x8B", "\xE2\x80\x8B \n"},
      {"\"", "\""},
      {"'", "'"},
      {"`", "`"},
      {"\xE2\x80\x9C", "\xE2\x80\x9D"},
      {"\xE2\x80\x98", "\xE2\x80\x99"},
      {" \"", "\"\r\n"},
      {"\" ", "\n\""},
      {"\xEF\xBB\xBF'\t", " ' "},
  };
  for (const Value& value : allValues()) {
    for (const auto& [before, after] : ways) {
      CAPTURE(value.name, before, after);
      CHECK(complaint(value, between(before, value.text, after)).empty());
    }
  }
}

TEST_CASE("a value with its name in front is refused by that name, and not shown") {
  const auto [before, after, told] = GENERATE(table<std::string, std::string, std::string>({
      {"NAME=", "", "NAME="},
      {"NAME=\"", "\"", "NAME="},
      {"\"NAME=", "\"", "NAME="},
      {"NAME = '", "'\n", "NAME="},
      {"export NAME=", "", "export NAME="},
      {"set NAME=", "", "set NAME="},
      {"$env:NAME = \"", "\"", "$env:NAME="},
      {"NAME: ", "", "NAME:"},
      {"export NAME: ", "", "export NAME:"},
  }));
  for (const Value& value : allValues()) {
    const auto named = [&](std::string text) { return text.replace(text.find("NAME"), 4, value.name); };
    const std::string front = named(before);
    CAPTURE(front, after);
    const std::string message = complaint(value, between(front, value.text, after));
    CHECK_THAT(message, ContainsSubstring("begins with \"" + named(told) + "\": pass what stands after it"));
    CHECK(isKept(value.text, message));
  }
}

TEST_CASE("what is pasted in no form of a value is refused with the reason, and not shown") {
  const auto [before, after, reason] = GENERATE(table<std::string, std::string, std::string>({
      {"\"", "", "has a quote left"},
      {"", "'", "has a quote left"},
      {"\"'", "'\"", "has a quote left"},
      {"<", ">", "angle brackets"},
      {"key=", "", "begins with the name of something"},
  }));
  for (const Value& value : allValues()) {
    CAPTURE(value.name, before, after);
    const std::string message = complaint(value, between(before, value.text, after));
    CHECK_THAT(message, ContainsSubstring(reason));
    CHECK(isKept(value.text, message));
  }
  for (const Value& value : allValues()) {
    for (const std::string reference : {"$", "${", "%", "{{ "}) {
      const std::string end = reference == "${" ? "}" : reference == "{{ " ? " }}" : reference == "%" ? "%" : "";
      CAPTURE(value.name, reference);
      CHECK_THAT(complaint(value, between(reference, value.name, end)), ContainsSubstring("refers to a variable"));
    }
  }
}

TEST_CASE("a key of another kind is refused by its kind, and not shown") {
  const std::string body = "Y2xlcmsuZXhhbXBsZS5jb20k0123456789";
  const auto [text, kind, own] = GENERATE_COPY(table<std::string, std::string, std::string>({
      {"sk_live_" + body, "a secret key (sk_...)", "SECRET_KEY"},
      {"\"sk_test_" + body + "\"", "a secret key (sk_...)", "SECRET_KEY"},
      {"sk_dev_" + body, "a secret key of Liveblocks", "LIVEBLOCKS_SECRET_KEY"},
      {"sk_prod_" + body, "a secret key of Liveblocks", "LIVEBLOCKS_SECRET_KEY"},
      {"pk_live_" + body, "a publishable key (pk_...)", "CLERK_PUBLISHABLE_KEY"},
      {"pk_prod_" + body, "a public key of Liveblocks", ""},
      {"whsec_" + body, "a webhook signing secret (whsec_...)", "WEBHOOK_SECRET"},
      {"polar_whs_" + body, "a webhook signing secret of Polar", ""},
      {"ak_" + body, "a machine secret key or an API key", "CLERK_MACHINE_SECRET_KEY"},
      {"mt_" + body, "a machine-to-machine token", ""},
      {"ep_" + body, "the id of a webhook endpoint", ""},
      {"tstApp.keyTwo:" + body, "an API key of Ably", "ABLY_API_KEY"},
      {"eyJhbGciOiJIUzI1NiJ9." + body + ".c2lnbmF0dXJl", "a token (a JWT)", ""},
      {"{\"keys\":[\"" + body + "\"]}", "JSON", ""},
      {"ssh-rsa " + body, "an SSH key", ""},
  }));
  std::vector<Value> keys = liveblocksValues();
  for (const Value& value : clerkKeys()) keys.push_back(value);
  const std::vector<Value> texts = clerkTexts();
  std::copy_if(texts.begin(), texts.end(), std::back_inserter(keys),
               [](const Value& value) { return value.name == "ISSUER" || value.name == "PARTIES"; });
  for (const Value& value : keys) {
    const bool isOwn = !own.empty() && value.name.find(own) != std::string::npos;
    // A secret key of the instance does for machines, and is no key of another kind.
    const bool isForMachines = own == "SECRET_KEY" && value.name == "CLERK_MACHINE_SECRET_KEY";
    const bool isUrl = value.name.find("URL") != std::string::npos;
    if (isOwn || isForMachines || isUrl) continue;
    CAPTURE(value.name, kind);
    const std::string message = complaint(value, text);
    CHECK_THAT(message, ContainsSubstring(kind));
    CHECK(isKept(body, message));
  }
}

TEST_CASE("a PEM block in place of another key is told apart, and not shown") {
  const std::string pem = issuer().publicKeyPem();
  for (const Value& value : clerkKeys()) {
    if (value.name == "CLERK_JWT_KEY" || value.name == "CLERK_API_URL") continue;
    CAPTURE(value.name);
    CHECK_THAT(complaint(value, pem), ContainsSubstring("a PEM block"));
  }
}

TEST_CASE("a placeholder, and a key that ends behind its prefix, is told as such") {
  const auto [text, reason] = GENERATE(table<std::string, std::string>({
      {"sk_...", "is a placeholder"},
      {"sk_live_\u2026", "is a placeholder"},
      {"...", "is a placeholder"},
      {"https://...", "is a placeholder"},
      {"XXXX", "is a placeholder"},
      {"whsec_xxxx", "is a placeholder"},
      {"sk_dev_XXXXXXXX", "is a placeholder"},
      {"ak_", "is only the beginning"},
      {"sk_", "is only the beginning"},
      {"sk_test_", "is only the beginning"},
      {"pk_live_", "is only the beginning"},
      {"whsec_", "is only the beginning"},
  }));
  CAPTURE(text);
  CHECK_THAT(pasted::problemOf(text).value_or(""), ContainsSubstring(reason));
}

TEST_CASE("what only looks like a placeholder or a beginning is left alone") {
  const std::string text =
      GENERATE(as<std::string>(), "sk_x", "sk_dev_xxx", "sk_dev_abcXXXX", "sk_dev_XXXXa", "sk_localdev", "pk_localdev",
               "sk_live_a_", "a...b", "live", "sk", "sk_test", "https://xxxx");
  CAPTURE(text);
  CHECK_FALSE(pasted::problemOf(text));
}

TEST_CASE("texts that only look like a name and its value are left alone") {
  const std::string text = GENERATE(
      as<std::string>(), "whsec_dGVzdF9zaWduaW5nX3NlY3JldA==", "ABCD=", "ABCD==", "ABCD= =", "tstApp.keyTwo:A=b",
      "https://a.example?b=c", "/sign-in?b=c", "localhost:3000", "A:b", "=x", "", std::string(65, 'A') + "=x", "1A=x");
  CAPTURE(text);
  CHECK_FALSE(pasted::problemOf(text));
}

TEST_CASE("one pair of quotes is taken off, and the white space around and in it") {
  const auto [text, value] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {" \t\r\n", ""},
      {"\"", "\""},
      {"\"\"", ""},
      {"\" \"", ""},
      {"'a'", "a"},
      {"\"'a'\"", "'a'"},
      {"'a\"", "'a\""},
      {"a b", "a b"},
      {"\xE2\x81\xA0\xEF\xBB\xBF \xE2\x80\x8D"
       "a\xE2\x80\x8C",
       "a"},
      {std::string("a\0", 2), std::string("a\0", 2)},
  }));
  CAPTURE(text);
  CHECK(pasted::clean(text) == value);
}

TEST_CASE("what was pasted around a value is not used") {
  CHECK(Liveblocks(LiveblocksOptions{"\"sk_x\"\n", " 'https://a.example/' "}, nullptr)
            .prepareSession("u")
            .request()
            .url == "https://a.example/v2/authorize-user");
  std::vector<std::string> sent;
  const auto transport = std::make_shared<testing::FakeTransport>([&](const http::Request& request, const http::Call&) {
    sent.push_back(request.headers.at(0).value);
    return testing::jsonResponse(200, issuer().jwks());
  });
  clerk::UsersOptions users;
  users.secretKey = "'sk_live_a'";
  users.retry = false;
  (void)clerk::Users(users, transport).get("user_1");
  (void)clerk::SessionVerifier(clerk::KeySource::backendApi(" \"sk_live_a\"", " https://a.example", transport))
      .refreshKeys();
  (void)Liveblocks(LiveblocksOptions{"'sk_live_a'"}, transport).identifyUser({"u"});
  CHECK(sent == std::vector<std::string>(3, "Bearer sk_live_a"));
}

TEST_CASE("in quotes, too, keys of two instances are refused") {
  RequestAuthenticatorOptions options;
  options.publishableKey = "\"" + issuer().publishableKey() + "\"";
  options.secretKey = GENERATE("'sk_test_x'", "\"sk_test_x\"\n", " sk_test_x");
  CHECK_THROWS_WITH(clerk::RequestAuthenticator(knownKey(), options, nobody()),
                    ContainsSubstring("of different instances"));
}
