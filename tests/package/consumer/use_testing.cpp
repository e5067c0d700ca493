#include <memory>

#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

int main() {
  liveblocks::testing::FakeTransport transport;
  transport.pushJson(200, "{}");
  const auto answer = transport.send({"GET", "https://example.com", {}, ""}, {liveblocks::Deadline::max()});
  return answer && answer->status == 200 ? 0 : 1;
}
