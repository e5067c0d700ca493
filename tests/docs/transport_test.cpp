// The code in docs/transport.md.
#include <httplib.h>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/http/stoppable_transport.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/transport_check.hpp>

#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "catch.hpp"

namespace {

// transport.md custom: begin
class MyTransport : public liveblocks::http::Transport {
 public:
  liveblocks::Result<liveblocks::http::Response> send(const liveblocks::http::Request& request,
                                                      const liveblocks::http::Call& call) override {
    // Send request.method, request.url, request.headers and request.body with your client, and return by call.deadline.
    const bool isLate = std::chrono::steady_clock::now() >= call.deadline;
    return liveblocks::Error{isLate ? liveblocks::Errc::timeout : liveblocks::Errc::connect,
                             "no route: " + request.url};
  }
};
// transport.md custom: end

int checkMyTransport() {
  // transport.md check: begin
  MyTransport transport;
  const auto findings = liveblocks::testing::checkTransport(transport);
  for (const auto& finding : findings) std::cerr << finding.rule << ": " << finding.detail << '\n';
  return findings.empty() ? 0 : 1;
  // transport.md check: end
}

liveblocks::Decision decide(const liveblocks::AuthRequest& request) {
  return liveblocks::Decision().allow(request.room.value_or("lobby"), liveblocks::FULL_ACCESS);
}

}  // namespace

TEST_CASE("docs: a custom transport is used and checked") {
  const liveblocks::Secret secretKey("sk_test");
  // transport.md client: begin
  liveblocks::Liveblocks client({secretKey}, std::make_shared<MyTransport>());
  // transport.md client: end
  CHECK(client.getRoom("r").error().code == liveblocks::Errc::connect);
  CHECK(checkMyTransport() == 1);
}

TEST_CASE("docs: the transport takes a proxy") {
  // transport.md proxy: begin
  liveblocks::http::CurlTransportOptions options;
  options.proxy = "http://proxy.internal:3128";  // also https://, socks5://, socks5h://
  auto transport = liveblocks::http::makeCurlTransport(options);
  // transport.md proxy: end
  CHECK(transport != nullptr);
}

TEST_CASE("docs: a server stops with what it has in flight") {
  const std::string clerkSecretKey = "sk_test_clerk";
  const std::string liveblocksSecretKey = "sk_test";
  httplib::Server server;
  server.bind_to_any_port("127.0.0.1");
  std::thread thread([&] { server.listen_after_bind(); });
  while (!server.is_running()) std::this_thread::yield();
  // transport.md stopping: begin
  const auto transport = std::make_shared<liveblocks::http::StoppableTransport>(liveblocks::http::defaultTransport());

  const auto keys = liveblocks::clerk::KeySource::backendApi(clerkSecretKey, "https://api.clerk.com", transport);
  const auto identify = liveblocks::clerkIdentity(liveblocks::clerk::SessionVerifier(keys), clerkSecretKey, transport);
  const liveblocks::AuthEndpoint endpoint(liveblocks::Liveblocks({liveblocksSecretKey}, transport), identify, decide);

  // When the program is told to stop, in this order. Here with cpp-httplib, whose listen() runs on `thread`:
  server.stop();      // no new connections
  transport->stop();  // requests that wait for Clerk or Liveblocks get 503 within 50 ms
  thread.join();      // no worker is left in a call
  // transport.md stopping: end
  CHECK(endpoint.handle({"GET", "/", {}, {}}).status == 405);
}
