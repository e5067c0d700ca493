// A token from the cache costs no memory.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include "allocated_bytes.hpp"
#include "catch.hpp"

namespace lb = liveblocks;
namespace clerk = liveblocks::clerk;
using liveblocks_tests::allocatedBytes;

namespace {

/// What one verification allocates.
std::size_t bytesFor(const clerk::SessionVerifier& verifier, std::string_view token, bool isAccepted = true) {
  const std::size_t before = allocatedBytes();
  const auto claims = verifier.verify(token);
  const std::size_t bytes = allocatedBytes() - before;
  CHECK(bool(claims) == isAccepted);
  return bytes;
}

std::string makeToken(const lb::testing::ClerkIssuer& issuer) {
  lb::testing::SessionTokenSpec spec;
  spec.authorizedParty = "https://app.example.com";
  spec.organization = clerk::Organization{"org_1", "org:admin", "acme", {"org:tasks:read"}};
  spec.claims = {{"aud", lb::Json::parse(R"(["a","https://api.example.com"])")}};
  return issuer.sessionToken(spec);
}

clerk::ClientOptions strictOptions(const lb::testing::FakeClerk& fakeClerk) {
  clerk::ClientOptions options;
  options.publishableKey = fakeClerk.issuer().publishableKey();
  options.secretKey = fakeClerk.secretKey();
  options.authorizedParties = {"https://other.example.com", "https://app.example.com"};
  options.audience = {"https://api.example.com"};
  options.tokenCache.capacity = 10;
  return options;
}

}  // namespace

TEST_CASE("a cached token is verified without an allocation") {
  const auto fakeClerk = std::make_shared<lb::testing::FakeClerk>();
  const std::string token = makeToken(fakeClerk->issuer());
  clerk::ClientOptions options = strictOptions(*fakeClerk);
  if (GENERATE(false, true)) options.jwtKey = fakeClerk->issuer().publicKeyPem();
  const clerk::SessionVerifier verifier = clerk::Client(options, fakeClerk).sessionVerifier();
  CHECK(bytesFor(verifier, token) > 0);
  CHECK(bytesFor(verifier, token) == 0);
  CHECK(bytesFor(verifier, token) == 0);
}

TEST_CASE("an auth endpoint leaves the session in the cache of its client") {
  const auto fakeClerk = std::make_shared<lb::testing::FakeClerk>();
  const std::string token = makeToken(fakeClerk->issuer());
  fakeClerk->addUser({});
  const clerk::Client client(strictOptions(*fakeClerk), fakeClerk);
  const lb::AuthEndpoint endpoint(lb::Liveblocks({"sk_x"}, fakeClerk), lb::clerkIdentity(client),
                                  [](const lb::AuthRequest&) { return lb::Decision::refuse("nobody"); });
  const std::string bearer = "Bearer " + token;
  CHECK(endpoint.handle({"POST", "/", {{"Authorization", bearer}}, R"({"room":"r"})"}).status == 403);
  CHECK(bytesFor(client.sessionVerifier(), token) == 0);
}

TEST_CASE("tokens that are rejected stay out of the cache's memory") {
  const auto fakeClerk = std::make_shared<lb::testing::FakeClerk>();
  const clerk::SessionVerifier verifier = clerk::Client(strictOptions(*fakeClerk), fakeClerk).sessionVerifier();
  const std::string forged = makeToken(fakeClerk->issuer()) + "A";
  bytesFor(verifier, forged, false);
  const std::size_t bytes = bytesFor(verifier, forged, false);
  CHECK(bytes < 1024);
  CHECK(bytesFor(verifier, forged, false) == bytes);
}
