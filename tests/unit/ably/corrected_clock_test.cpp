#include <liveblocks/ably/token_request_signer.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <atomic>
#include <charconv>
#include <chrono>
#include <memory>
#include <string>

#include "catch.hpp"

namespace ably = liveblocks::ably;

namespace {

// ably.md clock: begin
/// The clock of this host, corrected by Ably's time.
class AblyClock : public liveblocks::Clock {
 public:
  std::chrono::system_clock::time_point wall() const override { return Clock::wall() + offset_.load(); }

  /// Requests the time from Ably. Returns false if there is no valid response; then the clock is not changed.
  bool correct(liveblocks::http::Transport& transport) {
    using std::chrono::milliseconds;
    const auto sent = Clock::wall();
    const auto response = transport.send({"GET", "https://main.realtime.ably.net/time", {}, {}},
                                         {std::chrono::steady_clock::now() + std::chrono::seconds(2)});
    const auto received = Clock::wall();
    if (!response || response->status != 200) return false;
    const std::string& body = response->body;  // [1767225600000]
    long long theirs = 0;
    if (body.empty() || std::from_chars(body.data() + 1, body.data() + body.size(), theirs).ec != std::errc())
      return false;
    const auto ours = (sent + (received - sent) / 2).time_since_epoch();
    offset_ = milliseconds(theirs) - std::chrono::duration_cast<milliseconds>(ours);
    return true;
  }

 private:
  std::atomic<std::chrono::milliseconds> offset_{std::chrono::milliseconds(0)};
};
// ably.md clock: end

}  // namespace

TEST_CASE("a host with a wrong clock signs with Ably's time") {
  liveblocks::testing::FakeTransport transport;
  transport.pushJson(200, "[1767225600000]");
  const std::string apiKey = "tstApp.keyOne:c2VjcmV0LWZvci10ZXN0cw";
  // ably.md corrected: begin
  const auto clock = std::make_shared<AblyClock>();
  clock->correct(transport);  // when the program starts, and regularly afterwards
  const ably::TokenRequestSigner signer(apiKey, clock);
  // ably.md corrected: end
  CHECK(transport.requests().at(0).url == "https://main.realtime.ably.net/time");
  const auto request = signer.sign({ably::ClientId::anonymous(), ably::Capability::allKeyCapabilities()});
  REQUIRE(request);
  const auto ahead = request->timestamp - std::chrono::milliseconds(1767225600000);
  CHECK(ahead.count() >= 0);
  CHECK(ahead < std::chrono::minutes(1));
}

TEST_CASE("a clock that Ably does not correct stays unchanged") {
  liveblocks::testing::FakeTransport service;
  AblyClock clock;
  const auto before = clock.wall();
  CHECK_FALSE(clock.correct(service));
  for (const char* body : {"", "[]", "no"}) {
    service.pushJson(200, body);
    CHECK_FALSE(clock.correct(service));
  }
  service.pushJson(500, "[1]");
  CHECK_FALSE(clock.correct(service));
  CHECK(clock.wall() >= before);
}
