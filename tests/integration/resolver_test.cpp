#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <netdb.h>

#include <liveblocks/http/loop_thread.hpp>

#include "catch.hpp"
#include "exchange.hpp"
#include "full_listener.hpp"
#include "loopback_server.hpp"
#include "poll_loop.hpp"
#include "started_exchanges.hpp"

using namespace liveblocks_tests;
using namespace std::chrono_literals;
using liveblocks::Errc;

namespace {

/// A resolver that hangs until it is let go, and then knows no name.
class HangingResolver {
 public:
  /// Called in place of the system's, on a thread of libcurl's.
  int resolve() {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait_for(lock, 60s, [this] { return released_; });
    --inside_;
    changed_.notify_all();
    return EAI_NONAME;
  }

  int inside() {
    const std::lock_guard lock(mutex_);
    return inside_;
  }

  /// Waits until somebody is inside, and returns when nobody is any more.
  void release() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 10s, [this] { return inside_ > 0; });
    released_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return inside_ == 0; });
    released_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  bool released_ = false;
};

HangingResolver& resolver() {
  static auto* const instance = new HangingResolver;
  return *instance;
}

}  // namespace

extern "C" int getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**) { return resolver().resolve(); }

TEMPLATE_LIST_TEST_CASE("a resolver that hangs does not outlast the deadline", "", BothWays) {
  const auto transport = TestType::make();
  const auto answer = transport->send(get("https://api.example.test/"), within(300ms));
  const int insideAtReturn = resolver().inside();
  resolver().release();
  CHECK(codeOf(answer) == Errc::timeout);
  CHECK(insideAtReturn == 1);
}

TEMPLATE_LIST_TEST_CASE("a resolver that hangs is cut by the connect timeout", "", BothWays) {
  liveblocks::http::CurlTransportOptions options;
  options.connectTimeout = 300ms;
  const auto answer = send(*TestType::make(options), get("https://api.example.test/"));
  const int insideAtReturn = resolver().inside();
  resolver().release();
  CHECK(codeOf(answer) == Errc::resolve);
  CHECK(insideAtReturn == 1);
}

TEMPLATE_LIST_TEST_CASE("a call can be cancelled while its resolver hangs", "", BothWays) {
  liveblocks::http::Call call = within(ample);
  call.cancelled = [] { return resolver().inside() == 1; };
  const auto answer = TestType::make()->send(get("https://api.example.test/"), call);
  const int insideAtReturn = resolver().inside();
  resolver().release();
  CHECK(codeOf(answer) == Errc::cancelled);
  CHECK(insideAtReturn == 1);
}

TEST_CASE("a resolver that hangs holds up neither its loop nor what ends it") {
  LoopbackServer server(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); }));
  auto thread = std::make_unique<liveblocks::http::LoopThread>();
  const auto transport = liveblocks::http::makeCurlTransport({}, thread->makeLoop());
  const liveblocks::CancellationSource source;
  liveblocks::http::Call call = within(ample);
  call.cancellation = source.token();
  StartedExchanges started;
  started.start(*transport, get("https://api.example.test/"), call);
  started.start(*transport, get("https://other.example.test/"), within(ample));
  while (resolver().inside() < 2) std::this_thread::yield();
  started.start(*transport, get(server.url()), within(ample));
  CHECK(started.await(1).at(0).ok());
  source.cancel();
  CHECK(codeOf(started.await(2).at(1)) == Errc::cancelled);
  thread.reset();
  CHECK(codeOf(started.await(3).at(2)) == Errc::cancelled);
  CHECK(resolver().inside() == 2);
  resolver().release();
}

TEST_CASE("a socket of a resolver is forgotten, whose number was that of one that never connected") {
  const FullListener full;
  liveblocks::http::CurlTransportOptions options;
  options.connectTimeout = 30s;
  const auto loop = std::make_shared<PollLoop>();
  auto transport = liveblocks::http::makeCurlTransport(options, loop);
  StartedExchanges started;
  StartedExchanges connecting;
  connecting.start(*transport, get(full.url()), within(ample));
  for (std::size_t i = 1; i <= 3; ++i) {
    started.start(*transport, get(full.url()), within(100ms));
    loop->runUntil([&] { return started.count() == 2 * i - 1; });
    std::thread helper([] { resolver().release(); });
    started.start(*transport, get("https://api.example.test/"), within(ample));
    loop->runUntil([&] { return started.count() == 2 * i; });
    helper.join();
    CHECK(codeOf(started.await(2 * i).back()) == Errc::resolve);
    CHECK(loop->watchedCount() == 1);
  }
  transport.reset();
  CHECK(connecting.count() == 1);
}

TEMPLATE_LIST_TEST_CASE("a name that nobody knows does not resolve", "", BothWays) {
  std::thread helper([] { resolver().release(); });
  const auto answer = send(*TestType::make(), get("https://api.example.test/"));
  helper.join();
  CHECK(codeOf(answer) == Errc::resolve);
}
