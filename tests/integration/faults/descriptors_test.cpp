// A process without descriptors: errors, no hang, and everything works once there are some again.

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <chrono>
#include <optional>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"
#include "semaphore.hpp"
#include "started_exchanges.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;

namespace {

/// While it lives the process gets no descriptor.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int free = tryToOpen().value();
    ::close(free);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(free);
    ::setrlimit(RLIMIT_NOFILE, &none);
    // Other threads may have closed some meanwhile.
    while (const std::optional<int> left = tryToOpen()) taken_.push_back(*left);
  }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;
  ~NoDescriptors() {
    ::setrlimit(RLIMIT_NOFILE, &before_);
    for (const int each : taken_) ::close(each);
  }

 private:
  static std::optional<int> tryToOpen() {
    const int opened = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    return opened < 0 ? std::nullopt : std::optional<int>(opened);
  }

  rlimit before_{};
  std::vector<int> taken_;
};

LoopbackServer::Serve sayOk() {
  return eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); });
}

/// What an exchange may end with while there are none.
bool isOutage(const std::optional<Errc>& code) {
  return code == Errc::connect || code == Errc::resolve || code == Errc::internal || code == Errc::timeout;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("an exchange for which there is no descriptor is an error, and the next one is not", "",
                        BothWays) {
  const std::string host = GENERATE("127.0.0.1", "localhost");
  LoopbackServer server(sayOk());
  const std::string url = "http://" + host + ":" + std::to_string(server.port()) + "/";
  const auto transport = TestType::make();
  {
    const NoDescriptors none;
    CHECK(isOutage(codeOf(transport->send(get(url), within(std::chrono::seconds(5))))));
  }
  CHECK(send(*transport, get(url)).value().body == "ok");
}

TEMPLATE_LIST_TEST_CASE("an exchange that has its descriptors goes on without more", "", BothWays) {
  Semaphore asked;
  Semaphore mayRespond;
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest&) {
    asked.post();
    mayRespond.wait();
    connection.respond(200, "ok");
  }));
  const auto transport = TestType::make();
  std::thread helper([&] {
    asked.wait();
    const NoDescriptors none;
    mayRespond.post();
    asked.wait();
  });
  CHECK(send(*transport, get(server.url())).value().body == "ok");
  asked.post();
  helper.join();
  mayRespond.post();
  CHECK(send(*transport, get(server.url())).value().body == "ok");
}

TEST_CASE("a transport that is made without descriptors works once there are some") {
  LoopbackServer server(sayOk());
  std::shared_ptr<liveblocks::http::Transport> transport;
  {
    const NoDescriptors none;
    transport = liveblocks::http::makeCurlTransport();
    CHECK(isOutage(codeOf(transport->send(get(server.url()), within(std::chrono::seconds(5))))));
  }
  CHECK(send(*transport, get(server.url())).value().body == "ok");
}

TEST_CASE("a thread of loops is not made without descriptors, and is made afterwards") {
  {
    const NoDescriptors none;
    CHECK_THROWS_AS(liveblocks::http::LoopThread(), std::system_error);
  }
  LoopbackServer server(sayOk());
  liveblocks::http::LoopThread thread;
  std::shared_ptr<liveblocks::http::Transport> transport;
  {
    const NoDescriptors none;
    transport = liveblocks::http::makeCurlTransport({}, thread.makeLoop());
  }
  StartedExchanges started;
  started.start(*transport, get(server.url()), within(ample));
  CHECK(started.await(1).at(0).ok());
}

TEMPLATE_LIST_TEST_CASE("keys for which there is no descriptor are unavailable, and fetched afterwards", "", BothWays) {
  const liveblocks::testing::ClerkIssuer issuer;
  LoopbackServer server(eachRequest(
      [jwks = issuer.jwks()](Connection& connection, const ReceivedRequest&) { connection.respond(200, jwks); }));
  const auto clock = std::make_shared<liveblocks::testing::ManualClock>(std::chrono::system_clock::now());
  liveblocks::clerk::SessionVerifierOptions options;
  options.clock = clock;
  const std::string apiUrl = "http://127.0.0.1:" + std::to_string(server.port());
  const liveblocks::clerk::SessionVerifier verifier(
      liveblocks::clerk::KeySource::backendApi("sk_test_x", apiUrl, TestType::make()), options);
  const std::string token = issuer.sessionToken();
  {
    const NoDescriptors none;
    const auto claims = verifier.verify(token, within(std::chrono::seconds(5)).deadline);
    REQUIRE_FALSE(claims);
    CHECK(claims.error().kind() == liveblocks::ErrorKind::unavailable);
  }
  clock->advance(std::chrono::seconds(30));
  CHECK(verifier.verify(token));
}
