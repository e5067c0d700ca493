#include <iostream>

#include <liveblocks/sdk.hpp>
#ifdef WITH_CURL
#include <liveblocks/http/curl_transport.hpp>
#endif
#ifdef WITH_TESTING
#include <liveblocks/testing/fake_liveblocks.hpp>
#endif

namespace {

// Makes the request for a token, which needs no network.
bool requestIsMade() {
  const liveblocks::Liveblocks client({"sk_test"}, nullptr);
  auto session = client.prepareSession("alice").allow("acme:*", liveblocks::FULL_ACCESS);
  return session.request().url == "https://api.liveblocks.io/v2/authorize-user";
}

bool transportLinks() {
#ifdef WITH_CURL
  const liveblocks::Liveblocks client({"sk_test"});
#endif
  return true;
}

bool fakeResponds() {
#ifdef WITH_TESTING
  const auto fake = std::make_shared<liveblocks::testing::FakeLiveblocks>();
  const liveblocks::Liveblocks client({fake->secretKey()}, fake);
  return client.createRoom("notes") && client.getRoom("notes");
#else
  return true;
#endif
}

}  // namespace

int main() {
  const bool works = requestIsMade() && transportLinks() && fakeResponds();
  std::cout << "liveblocks-cpp " LIVEBLOCKS_VERSION << (works ? " works\n" : " does not work\n");
  return works ? 0 : 1;
}
