#include "testing/transport_check/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

struct Break {
  std::string name;
  std::string bytes;
};

std::vector<Break> breaks() {
  return {
      {"before the answer", ""},
      {"inside the headers", "HTTP/1.1 200 OK\r\nContent-"},
      {"before the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"},
      {"inside the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"},
      {"inside the chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"},
  };
}

/// Answers the first request, then breaks without a word.
Peer::React breakAfterFirst() {
  return [](const Received& request) { return request.target == "/first" ? answer(200, "") : Steps{Step::close()}; };
}

std::size_t countOf(const Peer& peer, std::string_view target) {
  std::size_t count = 0;
  for (const Received& request : peer.requests()) count += request.target == target ? 1U : 0U;
  return count;
}

/// A port where nobody listens.
std::string nobody() {
  return Peer([](const Received&) { return Steps{}; }).url();
}

}  // namespace

void checkBrokenConnections(Probe& probe) {
  for (const Break& place : breaks()) {
    Peer closing([&](const Received&) { return Steps{Step::write(place.bytes), Step::close()}; });
    Peer resetting([&](const Received&) { return Steps{Step::write(place.bytes), Step::reset()}; });
    probe.expectError(probe.send(post(closing.url(), "x")), Errc::reset, "a connection that ends " + place.name);
    probe.expectError(probe.send(post(resetting.url(), "x")), Errc::reset, "a connection reset " + place.name);
  }
  probe.expectError(probe.send(get(nobody())), Errc::connect, "a port where nobody listens");
}

void checkOnce(Probe& probe) {
  http::Call call = within(ample);
  call.once = true;
  Peer peer(breakAfterFirst());
  probe.ask(get(peer.url("/first")));
  probe.expectError(probe.send(post(peer.url("/once"), "x"), call), Errc::reset, "a kept connection that breaks");
  probe.expect(countOf(peer, "/once") <= 1,
               "a request that must be sent once was sent again when its connection broke");

  Peer busy([](const Received&) { return answer(503, "", "Retry-After: 0\r\n"); });
  probe.expectAnswer(probe.send(post(busy.url(), "x"), call), 503, "", "a busy server");
  probe.expect(busy.requestCount() <= 1, "a request that must be sent once was sent again to a busy server");
}

void checkExceptions(Probe& probe) {
  for (const char* url : {"", "nonsense", "/path", "http://", "https://127.0.0.1:99999/", "ftp://127.0.0.1/"}) {
    const Outcome outcome = probe.send(get(url));
    probe.expect(!outcome, std::string("there was an answer from the URL \"") + url + '"');
  }
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
