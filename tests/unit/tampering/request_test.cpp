#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>

#include "catch.hpp"
#include "tampering.hpp"

using namespace liveblocks;
using liveblocks_tests::tamper;

namespace {

constexpr std::chrono::system_clock::time_point now{std::chrono::seconds(1735689600)};

/// Bytes that mean something in headers, cookies and URLs.
const std::string bytes = std::string("A-=.;, %\t\"\r\n&#+") + '\0';

const testing::ClerkIssuer& issuer() {
  static const testing::ClerkIssuer instance;
  return instance;
}

std::string session() {
  testing::SessionTokenSpec spec;
  spec.issuedAt = now;
  return issuer().sessionToken(spec);
}

clerk::RequestAuthenticator authenticator(const clerk::AcceptedTokens& accepted = {}) {
  clerk::RequestAuthenticatorOptions options;
  options.publishableKey = issuer().publishableKey();
  options.acceptsToken = accepted;
  options.publicOrigin = "https://app.example.com";
  options.clock = std::make_shared<testing::ManualClock>(now);
  return clerk::RequestAuthenticator(clerk::KeySource::pem(issuer().publicKeyPem()), options,
                                     std::make_shared<testing::FakeTransport>());
}

bool signsIn(const clerk::RequestAuthenticator& by, const http::ReceivedRequest& request) {
  return by.authenticate(request).status() == clerk::AuthStatus::signedIn;
}

std::string withoutSpace(std::string text) {
  const auto isSpace = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && isSpace(text.back())) text.pop_back();
  return text.erase(0, static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isSpace) - text.begin()));
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

/// Whether a value is the scheme in any case, white space, and the token as it was signed.
bool spellsBearer(const std::string& value, const std::string& token) {
  const std::string text = withoutSpace(value);
  return lower(text.substr(0, 6)) == "bearer" && withoutSpace(text.substr(6)) == token &&
         text.size() > 6 + token.size();
}

}  // namespace

TEST_CASE("a changed Authorization header is accepted only if it spells the same token") {
  const auto type = GENERATE(clerk::TokenType::sessionToken, clerk::TokenType::m2mToken, clerk::TokenType::oauthToken);
  testing::M2mTokenSpec machine;
  machine.issuedAt = now;
  testing::OauthTokenSpec application;
  application.issuedAt = now;
  const std::string token = type == clerk::TokenType::sessionToken ? session()
                            : type == clerk::TokenType::m2mToken   ? issuer().m2mToken(machine)
                                                                   : issuer().oauthToken(application);
  const clerk::RequestAuthenticator by = authenticator(type);
  const auto accepts = [&](const std::string& value) { return signsIn(by, {"GET", "/", {{"Authorization", value}}}); };
  REQUIRE(accepts("Bearer " + token));
  const auto result = tamper("Bearer " + token, bytes, accepts);
  CHECK(result.tried > token.size() * 38);
  // Among them are the spellings with another case or white space.
  CHECK(result.accepted.size() > 6);
  for (const std::string& value : result.accepted) {
    CAPTURE(value.size());
    CHECK(spellsBearer(value, token));
  }
}

TEST_CASE("a changed session cookie is accepted only if it spells the same token") {
  const std::string token = session();
  const clerk::RequestAuthenticator by = authenticator();
  const auto accepts = [&](const std::string& value) {
    return signsIn(by, {"GET", "/", {{"Cookie", "__client_uat=1735689000; __session=" + value}}});
  };
  REQUIRE(accepts(token));
  const auto result = tamper(token, bytes, accepts);
  CHECK(result.tried > token.size() * 38);
  // White space around a value does not belong to it, and a semicolon ends it.
  for (const std::string& value : result.accepted) {
    CAPTURE(value.size());
    CHECK(withoutSpace(value.back() == ';' ? value.substr(0, value.size() - 1) : value) == token);
  }
  CHECK(std::find(result.accepted.begin(), result.accepted.end(), token + ";") != result.accepted.end());
}

TEST_CASE("a changed handshake is accepted only if it spells the same token") {
  const std::string token = issuer().handshakeToken({"__session=" + session() + "; Path=/", "__client_uat=1735689000"});
  const clerk::RequestAuthenticator by = authenticator();
  const auto signsInByCookie = [&](const std::string& value) {
    return signsIn(by, {"GET", "/", {{"Cookie", "__clerk_handshake=" + value}, {"Sec-Fetch-Dest", "document"}}});
  };
  REQUIRE(signsInByCookie(token));
  const auto result = tamper(token, "A=;% \n", signsInByCookie);
  CHECK(result.tried > token.size() * 19);
  for (const std::string& value : result.accepted) {
    CAPTURE(value.size());
    CHECK(withoutSpace(value.back() == ';' ? value.substr(0, value.size() - 1) : value) == token);
  }
}
