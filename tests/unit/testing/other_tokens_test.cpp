// Tokens of Clerk's that are not sessions.
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include <stdexcept>

#include "catch.hpp"
#include "token_parts.hpp"

namespace clerk = liveblocks::clerk;
namespace testing = liveblocks::testing;
using liveblocks::Errc;
using liveblocks::Json;
using liveblocks_tests::split;
using nlohmann::json;

namespace {

const testing::ClerkIssuer& issuer() {
  static const testing::ClerkIssuer instance;
  return instance;
}

template <class Spec>
Spec atNewYear() {
  Spec spec;
  spec.issuedAt = std::chrono::system_clock::time_point(std::chrono::seconds(1735689600));
  return spec;
}

json headerWith(const json& more) {
  json header = {{"alg", "RS256"}, {"kid", "ins_test"}, {"typ", "JWT"}};
  header.update(more);
  return header;
}

json payloadWith(const json& more) {
  json payload = {{"exp", 1735689660}, {"iat", 1735689600}, {"iss", "https://clerk.example.com"}, {"nbf", 1735689590}};
  payload.update(more);
  return payload;
}

}  // namespace

TEST_CASE("a template token is of its category and has no session") {
  auto spec = atNewYear<testing::TemplateTokenSpec>();
  spec.authorizedParty = "https://app.example.com";
  spec.claims = {{"plan", Json("gold")}};
  const auto parts = split(issuer().templateToken(spec));
  CHECK(parts.header == headerWith({{"cat", "cl_B7d4PD222AAA"}}));
  CHECK(parts.payload ==
        payloadWith({{"azp", "https://app.example.com"}, {"jti", "jwt_1"}, {"sub", "user_1"}, {"plan", "gold"}}));
}

TEST_CASE("a machine's token names the machines it may be sent to") {
  auto spec = atNewYear<testing::M2mTokenSpec>();
  spec.scopes = {"mch_2", "mch_3"};
  const auto parts = split(issuer().m2mToken(spec));
  CHECK(parts.header == headerWith({{"cat", "cl_B7d4PD333AAA"}}));
  CHECK(parts.payload ==
        payloadWith({{"aud", {"mch_2", "mch_3"}}, {"jti", "mt_1"}, {"scopes", "mch_2 mch_3"}, {"sub", "mch_1"}}));
}

TEST_CASE("an OAuth token is an access token of an application") {
  auto spec = atNewYear<testing::OauthTokenSpec>();
  spec.scopes = {"email", "profile"};
  const auto parts = split(issuer().oauthToken(spec));
  CHECK(parts.header == headerWith({{"typ", "at+jwt"}}));
  CHECK(parts.payload ==
        payloadWith({{"client_id", "client_1"}, {"jti", "oat_1"}, {"scope", "email profile"}, {"sub", "user_1"}}));
}

TEST_CASE("a handshake token holds the cookies to set") {
  const auto parts = split(issuer().handshakeToken({"__session=a.b.c; Path=/", "__client_uat=1; Path=/"}));
  CHECK(parts.header == headerWith({{"cat", "cl_B7d4PD111AAA"}}));
  CHECK(parts.payload == json{{"handshake", {"__session=a.b.c; Path=/", "__client_uat=1; Path=/"}}});
}

TEST_CASE("claims and headers of every token can be replaced and removed") {
  const auto changed = [](auto spec) {
    spec.lifetime = std::chrono::seconds(-5);
    spec.claims = {{"jti", std::nullopt}, {"sub", Json("somebody")}};
    spec.header = {{"cat", Json("other")}};
    return spec;
  };
  const std::string token = GENERATE_COPY(issuer().templateToken(changed(atNewYear<testing::TemplateTokenSpec>())),
                                          issuer().m2mToken(changed(atNewYear<testing::M2mTokenSpec>())),
                                          issuer().oauthToken(changed(atNewYear<testing::OauthTokenSpec>())));
  const auto parts = split(token);
  CHECK(parts.payload.at("exp") == 1735689595);
  CHECK_FALSE(parts.payload.contains("jti"));
  CHECK(parts.payload.at("sub") == "somebody");
  CHECK(parts.header.at("cat") == "other");
}

TEST_CASE("none of these tokens is accepted as a session") {
  const clerk::SessionVerifier verifier(clerk::KeySource::jwks(issuer().jwks()));
  const auto [token, code] = GENERATE(table<std::string, Errc>({
      {issuer().templateToken(), Errc::wrongCategory},
      {issuer().m2mToken(), Errc::wrongCategory},
      {issuer().oauthToken(), Errc::wrongType},
  }));
  CHECK(verifier.verify(token).error().code == code);
}
