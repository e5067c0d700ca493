#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

int main() {
  const auto clerk = std::make_shared<liveblocks::testing::FakeClerk>();
  const liveblocks::clerk::SessionVerifier verifier(
      liveblocks::clerk::KeySource::backendApi(clerk->secretKey(), "https://api.clerk.com", clerk));
  const auto claims = verifier.verify(clerk->issuer().sessionToken());
  return claims && claims->userId() == "user_1" ? 0 : 1;
}
