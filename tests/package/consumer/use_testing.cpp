#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

int main() {
  const liveblocks::testing::ClerkIssuer issuer;
  const liveblocks::clerk::SessionVerifier verifier(liveblocks::clerk::KeySource::pem(issuer.publicKeyPem()));
  const auto claims = verifier.verify(issuer.sessionToken());
  return claims && claims->userId() == "user_1" ? 0 : 1;
}
