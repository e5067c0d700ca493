#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

namespace testing = liveblocks::testing;

namespace {

bool sessionVerifies() {
  const auto clerk = std::make_shared<testing::FakeClerk>();
  const liveblocks::clerk::SessionVerifier verifier(
      liveblocks::clerk::KeySource::backendApi(clerk->secretKey(), "https://api.clerk.com", clerk));
  const auto claims = verifier.verify(clerk->issuer().sessionToken());
  return claims && claims->userId() == "user_1";
}

bool roomIsKept() {
  const auto fake = std::make_shared<testing::FakeLiveblocks>();
  const liveblocks::Liveblocks client({fake->secretKey()}, fake);
  const auto created = client.createRoom("notes");
  const auto token = liveblocks::AccessToken::decodeUnverifiedBody(client.identifyUser({"user_1"}).body);
  return created && client.getRoom("notes") && token && token->userId == "user_1";
}

}  // namespace

int main() { return sessionVerifies() && roomIsKept() ? 0 : 1; }
