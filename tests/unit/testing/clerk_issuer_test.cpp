#include <liveblocks/testing/clerk_issuer.hpp>

#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "catch.hpp"
#include "clerk/organization_claims.hpp"
#include "clerk/publishable_key.hpp"
#include "core/base64.hpp"
#include "token_parts.hpp"

namespace clerk = liveblocks::clerk;
using liveblocks::Json;
using liveblocks::testing::ClerkIssuer;
using liveblocks::testing::SessionTokenSpec;
using liveblocks_tests::split;

namespace {

const ClerkIssuer& issuer() {
  static const ClerkIssuer instance;
  return instance;
}

nlohmann::json payloadOf(const SessionTokenSpec& spec) { return split(issuer().sessionToken(spec)).payload; }

std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> readPem(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new_mem_buf(pem.data(), -1), BIO_free_all);
  return {PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
}

bool verifies(const liveblocks_tests::TokenParts& parts, EVP_PKEY* key) {
  const auto* signature = reinterpret_cast<const unsigned char*>(parts.signature.data());
  const auto* text = reinterpret_cast<const unsigned char*>(parts.signedText.data());
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), signature, parts.signature.size(), text, parts.signedText.size()) == 1;
}

}  // namespace

TEST_CASE("the issuer signs with the key it publishes") {
  const auto key = readPem(issuer().publicKeyPem());
  REQUIRE(key);
  CHECK(EVP_PKEY_get_bits(key.get()) == 2048);
  liveblocks_tests::TokenParts parts = split(issuer().sessionToken());
  CHECK(verifies(parts, key.get()));
  parts.signedText += "x";
  CHECK_FALSE(verifies(parts, key.get()));
}

TEST_CASE("the issuer's key set describes its key") {
  const auto key = nlohmann::json::parse(issuer().jwks()).at("keys").at(0);
  CHECK(key.at("kid") == issuer().keyId());
  CHECK(key.at("alg") == "RS256");
  CHECK(key.at("use") == "sig");
  CHECK(key.at("e") == "AQAB");
  CHECK(liveblocks::base64url::decode(key.at("n").get<std::string>()).value().size() == 256);
}

TEST_CASE("a session token looks like Clerk's") {
  SessionTokenSpec spec;
  spec.issuedAt = std::chrono::system_clock::time_point(std::chrono::milliseconds(1735689600999));
  spec.authorizedParty = "https://app.example.com";
  const auto parts = split(issuer().sessionToken(spec));
  CHECK(parts.header ==
        nlohmann::json{{"alg", "RS256"}, {"cat", "cl_B7d4PD111AAA"}, {"kid", "ins_test"}, {"typ", "JWT"}});
  CHECK(parts.payload == nlohmann::json{{"azp", "https://app.example.com"},
                                        {"exp", 1735689660},
                                        {"fva", {0, -1}},
                                        {"iat", 1735689600},
                                        {"iss", "https://clerk.example.com"},
                                        {"nbf", 1735689590},
                                        {"sid", "sess_1"},
                                        {"sts", "active"},
                                        {"sub", "user_1"},
                                        {"v", 2}});
}

TEST_CASE("any claim and header can be set, replaced and removed") {
  SessionTokenSpec spec;
  spec.claims = {{"sub", Json(5)}, {"sid", std::nullopt}, {"plan", Json("gold")}, {"absent", std::nullopt}};
  spec.header = {{"kid", std::nullopt}, {"crit", Json::array({"x"})}};
  const auto parts = split(issuer().sessionToken(spec));
  CHECK(parts.payload.at("sub") == 5);
  CHECK_FALSE(parts.payload.contains("sid"));
  CHECK(parts.payload.at("plan") == "gold");
  CHECK_FALSE(parts.payload.contains("absent"));
  CHECK_FALSE(parts.header.contains("kid"));
  CHECK(parts.header.at("crit") == nlohmann::json{"x"});
}

TEST_CASE("a version 1 token names the organization at length") {
  SessionTokenSpec spec;
  spec.version = 1;
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {"org:dashboard:read"}};
  const nlohmann::json payload = payloadOf(spec);
  CHECK(payload.at("org_id") == "org_1");
  CHECK(payload.at("org_role") == "org:admin");
  CHECK(payload.at("org_slug") == "acme");
  CHECK(payload.at("org_permissions") == nlohmann::json{"org:dashboard:read"});
  CHECK_FALSE(payload.contains("v"));
}

TEST_CASE("a version 2 token packs the permissions of an organization") {
  SessionTokenSpec spec;
  spec.organization =
      clerk::Organization{"org_1", "org:admin", "acme", {"org:a:manage", "org:a:read", "org:teams:read"}};
  const nlohmann::json payload = payloadOf(spec);
  CHECK(payload.at("o") ==
        nlohmann::json{{"id", "org_1"}, {"rol", "admin"}, {"slg", "acme"}, {"per", "manage,read"}, {"fpm", "3,2"}});
  CHECK(payload.at("fea") == "o:a,o:teams");
}

TEST_CASE("the decoder reads the permissions that the issuer encodes") {
  std::vector<std::string> permissions;
  for (int i = 0; i < 100; i += 3) permissions.push_back("org:f" + std::to_string(i % 2) + ":p" + std::to_string(i));
  SessionTokenSpec spec;
  spec.organization = clerk::Organization{"org_1", "org:member", "acme", permissions};
  const nlohmann::json payload = payloadOf(spec);
  clerk::detail::OrganizationClaimsV2 claims;
  claims.present = true;
  claims.id = payload.at("o").at("id");
  claims.permissions = payload.at("o").at("per");
  claims.masks = payload.at("o").at("fpm");
  claims.features = payload.at("fea");
  CHECK_THAT(clerk::detail::decodeOrganization(claims).value().value().permissions,
             Catch::Matchers::UnorderedEquals(permissions));
}

TEST_CASE("values that a token cannot contain are rejected") {
  SessionTokenSpec spec;
  spec.version = 3;
  CHECK_THROWS_AS(issuer().sessionToken(spec), std::invalid_argument);
  spec.version = 2;
  const std::string permission = GENERATE("", "read", "teams:read", "org:read", "org:teams:a,b");
  CAPTURE(permission);
  spec.organization = clerk::Organization{"org_1", "", "", {permission}};
  CHECK_THROWS_AS(issuer().sessionToken(spec), std::invalid_argument);
}

TEST_CASE("the actor of an impersonated session is in the token") {
  SessionTokenSpec spec;
  spec.actor = clerk::Actor{"user_admin", "sess_9", "agent"};
  CHECK(payloadOf(spec).at("act") ==
        nlohmann::json{
            {"iss", "https://clerk.example.com"}, {"sub", "user_admin"}, {"sid", "sess_9"}, {"type", "agent"}});
}

TEST_CASE("the publishable key fits the host") {
  const auto [host, key] = GENERATE(table<std::string, std::string>({
      {"clerk.example.com", "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"},
      {"foo-bar-13.clerk.accounts.dev", "pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk"},
      {"clerk.inspired.puma-74.lcl.dev", "pk_test_Y2xlcmsuaW5zcGlyZWQucHVtYS03NC5sY2wuZGV2JA"},
      {"clerk.foo.dev.lclclerk.com", "pk_test_Y2xlcmsuZm9vLmRldi5sY2xjbGVyay5jb20k"},
      {"clerk.foo.prod.lclclerk.com", "pk_live_Y2xlcmsuZm9vLnByb2QubGNsY2xlcmsuY29tJA"},
      {"clerk.prod.lclclerk.com", "pk_live_Y2xlcmsucHJvZC5sY2xjbGVyay5jb20k"},
      {"fake-clerk-test.clerk.accounts.dev", "pk_test_ZmFrZS1jbGVyay10ZXN0LmNsZXJrLmFjY291bnRzLmRldiQ"},
  }));
  const ClerkIssuer local(host);
  CHECK(local.publishableKey() == key);
  CHECK(local.issuer() == "https://" + host);
  CHECK(clerk::detail::parsePublishableKey(key).frontendApi == host);
}
