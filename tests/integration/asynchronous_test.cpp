#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/http/stoppable_transport.hpp>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"
#include "semaphore.hpp"
#include "servers.hpp"
#include "started_exchanges.hpp"
#include "testing/transport_check/server.hpp"

using namespace liveblocks_tests;
using namespace std::chrono_literals;
using liveblocks::Errc;
using liveblocks::http::CurlTransportOptions;
using liveblocks::http::LoopThread;
using liveblocks::http::makeCurlTransport;
namespace check = liveblocks::testing::transport_check;

TEST_CASE("a thousand exchanges at once run on one thread") {
  constexpr std::size_t count = 1000;
  std::atomic<std::size_t> arrived{0};
  check::Server server([&](const check::Received& request) {
    ++arrived;
    check::Steps steps = check::respond(200, request.body);
    steps.insert(steps.begin(), check::Step::hold([&] { return arrived == count; }));
    return steps;
  });
  CurlTransportOptions options;
  options.connectTimeout = ample;
  LoopThread thread;
  const auto transport = makeCurlTransport(options, thread.makeLoop());
  StartedExchanges started;
  for (std::size_t i = 0; i < count; ++i) {
    started.start(*transport, post(server.url(), std::to_string(i)), within(ample));
  }
  const auto outcomes = started.await(count);
  CHECK(outcomes.size() == count);
  CHECK(started.countSuccesses() == count);
  CHECK(started.countThreads() == 1);
  CHECK(arrived == count);
}

TEST_CASE("exchanges may be started on many threads") {
  LoopbackServer server(echo());
  LoopThread thread;
  const auto transport = makeCurlTransport({}, thread.makeLoop());
  StartedExchanges started;
  std::vector<std::thread> callers;
  callers.reserve(8);
  for (int caller = 0; caller < 8; ++caller) {
    callers.emplace_back([&] {
      for (int i = 0; i < 10; ++i) started.start(*transport, post(server.url(), "x"), within(ample));
    });
  }
  for (std::thread& caller : callers) caller.join();
  started.await(80);
  CHECK(started.countSuccesses() == 80);
  CHECK(started.countThreads() == 1);
}

TEST_CASE("several transports share a thread") {
  LoopbackServer server(echo());
  LoopThread thread;
  StartedExchanges started;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto one = makeCurlTransport({}, thread.makeLoop());
    const auto other = makeCurlTransport({}, thread.makeLoop());
    started.start(*one, post(server.url(), "x"), within(ample));
    started.start(*other, post(server.url(), "x"), within(ample));
    started.await(2 * i + 2);
  }
  CHECK(started.countSuccesses() == 6);
  CHECK(started.countThreads() == 1);
}

TEST_CASE("a transport may be made and used on the thread of its loop") {
  LoopbackServer server(echo());
  LoopThread thread;
  const auto first = makeCurlTransport({}, thread.makeLoop());
  std::shared_ptr<liveblocks::http::Transport> second;
  StartedExchanges started;
  const auto use = [&] {
    second = makeCurlTransport({}, thread.makeLoop());
    started.start(*second, post(server.url(), "x"), within(ample));
  };
  SECTION("in a task") { first->scheduler()->post(use); }
  SECTION("at a time") { first->scheduler()->runAt(std::chrono::steady_clock::now() + 1ms, use); }
  started.await(1);
  CHECK(started.countSuccesses() == 1);
}

TEST_CASE("an exchange may be started in the completion of another one") {
  LoopbackServer server(echo());
  std::shared_ptr<liveblocks::http::Transport> transport;
  StartedExchanges started;
  int left = 20;
  const std::function<void()> next = [&] {
    if (--left > 0) started.start(*transport, post(server.url(), "x"), within(ample), next);
  };
  LoopThread thread;  // Ends before what the last completion uses.
  transport = makeCurlTransport({}, thread.makeLoop());
  started.start(*transport, post(server.url(), "x"), within(ample), next);
  started.await(20);
  CHECK(started.countSuccesses() == 20);
  CHECK(server.connectionCount() == 1);
}

TEST_CASE("no exchange completes within the call that starts it, not even on the thread of the loop") {
  LoopThread thread;
  const auto transport = makeCurlTransport({}, thread.makeLoop());
  StartedExchanges started;
  std::atomic<std::size_t> early{0};
  transport->scheduler()->post([&] {
    started.start(*transport, get("nonsense"), within(ample));
    started.start(*transport, get("http://127.0.0.1:1/"), within(0ms));
    early += started.count();
  });
  const auto outcomes = started.await(2);
  CHECK(early == 0);
  REQUIRE(outcomes.size() == 2);
  CHECK(codeOf(outcomes[0]) == Errc::invalidRequest);
  CHECK(codeOf(outcomes[1]) == Errc::timeout);
}

TEST_CASE("a completion that throws harms nobody") {
  LoopbackServer server(echo());
  LoopThread thread;
  const auto transport = makeCurlTransport({}, thread.makeLoop());
  StartedExchanges started;
  for (int i = 0; i < 3; ++i) {
    started.start(*transport, post(server.url(), "x"), within(ample), [] { throw std::runtime_error("mine"); });
  }
  transport->scheduler()->post([] { throw std::runtime_error("mine"); });
  started.await(3);
  started.start(*transport, post(server.url(), "x"), within(ample));
  started.await(4);
  CHECK(started.countSuccesses() == 4);
}

TEST_CASE("deadlines hold that libcurl may miss, because another timer comes just before") {
  Semaphore asked;
  LoopbackServer server(silence(asked));
  LoopThread thread;
  const auto transport = makeCurlTransport({}, thread.makeLoop());
  StartedExchanges started;
  constexpr std::size_t count = 120;
  for (std::size_t i = 0; i < count; ++i) {
    // 200 ms after a connection was begun, libcurl would try another address.
    started.start(*transport, post(server.url(), "x"), within(201ms + i % 3 * 1ms));
    std::this_thread::sleep_for(2ms);
  }
  const auto outcomes = started.await(count);
  CHECK(outcomes.size() == count);
  for (const auto& outcome : outcomes) CHECK(codeOf(outcome) == Errc::timeout);
}

TEST_CASE("send() of an asynchronous transport blocks, over connections of its own") {
  LoopbackServer server(echo());
  LoopThread thread;
  const auto transport = makeCurlTransport({}, thread.makeLoop());
  StartedExchanges started;
  started.start(*transport, post(server.url(), "x"), within(ample));
  started.await(1);
  CHECK(send(*transport, post(server.url(), "y")).value().body == "y");
  CHECK(server.connectionCount() == 2);
}

TEST_CASE("an asynchronous transport needs a loop") {
  CHECK_THROWS_AS(makeCurlTransport({}, nullptr), std::invalid_argument);
}

// Ends.

TEST_CASE("when the transport is destroyed, its exchanges are cancelled") {
  Semaphore asked;
  LoopbackServer server(silence(asked));
  LoopThread thread;
  auto transport = makeCurlTransport({}, thread.makeLoop());
  StartedExchanges started;
  for (int i = 0; i < 3; ++i) started.start(*transport, post(server.url(), "x"), within(ample));
  asked.wait();
  transport.reset();
  for (const auto& outcome : started.await(3)) CHECK(codeOf(outcome) == Errc::cancelled);
  CHECK(started.count() == 3);
  CHECK(started.countThreads() == 1);
}

TEST_CASE("a transport may be destroyed in a completion") {
  Semaphore asked;
  LoopbackServer silent(silence(asked));
  LoopbackServer server(echo());
  LoopThread thread;
  auto transport = makeCurlTransport({}, thread.makeLoop());
  StartedExchanges started;
  started.start(*transport, post(silent.url(), "x"), within(ample));
  asked.wait();
  started.start(*transport, post(server.url(), "x"), within(ample), [&] { transport.reset(); });
  const auto outcomes = started.await(2);
  REQUIRE(outcomes.size() == 2);
  CHECK(outcomes[0].ok());
  CHECK(codeOf(outcomes[1]) == Errc::cancelled);
}

TEST_CASE("when the thread ends, exchanges are cancelled, and so are later ones") {
  Semaphore asked;
  LoopbackServer server(silence(asked));
  auto thread = std::make_unique<LoopThread>();
  const auto transport = makeCurlTransport({}, thread->makeLoop());
  StartedExchanges started;
  // A completion may start the next one even then.
  started.start(*transport, post(server.url(), "x"), within(ample),
                [&] { started.start(*transport, post(server.url(), "x"), within(ample)); });
  asked.wait();
  CHECK_FALSE(transport->isStopped());
  thread.reset();
  CHECK(transport->isStopped());
  CHECK(started.count() == 2);
  started.start(*transport, post(server.url(), "x"), within(ample));
  CHECK(started.count() == 3);
  for (const auto& outcome : started.await(3)) CHECK(codeOf(outcome) == Errc::cancelled);
  CHECK(codeOf(send(*transport, get(server.url()))) == Errc::cancelled);
  CHECK(server.connectionCount() == 1);
}

TEST_CASE("a thread may be ended in a completion") {
  Semaphore asked;
  LoopbackServer silent(silence(asked));
  LoopbackServer server(echo());
  auto thread = std::make_unique<LoopThread>();
  const auto transport = makeCurlTransport({}, thread->makeLoop());
  StartedExchanges started;
  const auto ended = std::make_shared<Semaphore>();
  started.start(*transport, post(server.url(), "x"), within(ample), [&, ended] {
    thread.reset();
    started.start(*transport, post(silent.url(), "x"), within(ample), [ended] { ended->post(); });
  });
  ended->wait();
  CHECK(codeOf(started.await(2).at(1)) == Errc::cancelled);
}

TEST_CASE("a loop that has ended serves no transport") {
  auto thread = std::make_unique<LoopThread>();
  const auto loop = thread->makeLoop();
  thread.reset();
  const auto transport = makeCurlTransport({}, loop);
  CHECK(transport->isStopped());
  StartedExchanges started;
  started.start(*transport, get("http://127.0.0.1:1/"), within(ample));
  CHECK(codeOf(started.await(1).at(0)) == Errc::cancelled);
}

TEST_CASE("a transport that is stopped ends its exchanges") {
  Semaphore asked;
  LoopbackServer server(silence(asked));
  LoopThread thread;
  liveblocks::http::StoppableTransport transport(makeCurlTransport({}, thread.makeLoop()));
  StartedExchanges started;
  started.start(transport, post(server.url(), "x"), within(ample));
  asked.wait();
  transport.stop();
  started.start(transport, post(server.url(), "x"), within(ample));
  for (const auto& outcome : started.await(2)) CHECK(codeOf(outcome) == Errc::cancelled);
}
