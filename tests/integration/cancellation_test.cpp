#include <string>
#include <thread>
#include <vector>

#include <liveblocks/http/loop_thread.hpp>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"
#include "semaphore.hpp"
#include "servers.hpp"
#include "started_exchanges.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;
using liveblocks::http::LoopThread;
using liveblocks::http::makeCurlTransport;

namespace {

/// A server that keeps an exchange in one stage.
struct Stage {
  std::string name;
  std::string scheme;
  LoopbackServer::Serve serve;
};

std::vector<Stage> stages(Semaphore& reached) {
  const auto stallAfter = [&reached](const std::string& bytes) {
    return [&reached, bytes](Connection& connection) {
      connection.readRequest();
      connection.write(bytes);
      reached.post();
      connection.awaitClose();
    };
  };
  return {
      {"while it connects", "https://",
       [&](Connection& connection) {
         connection.readSome();
         reached.post();
         connection.awaitClose();
       }},
      {"before the response", "http://", stallAfter("")},
      {"inside the headers", "http://", stallAfter("HTTP/1.1 200 OK\r\nContent-")},
      {"inside the body", "http://", stallAfter("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")},
  };
}

std::string urlOf(const LoopbackServer& server, const std::string& scheme) {
  return scheme + "127.0.0.1:" + std::to_string(server.port()) + "/";
}

}  // namespace

TEST_CASE("an exchange can be cancelled in each stage") {
  Semaphore reached;
  for (const Stage& stage : stages(reached)) {
    CAPTURE(stage.name);
    LoopbackServer server(stage.serve);
    LoopThread thread;
    const auto transport = makeCurlTransport({}, thread.makeLoop());
    const liveblocks::CancellationSource source;
    liveblocks::http::Call call = within(ample);
    call.cancellation = source.token();
    StartedExchanges started;
    started.start(*transport, post(urlOf(server, stage.scheme), "x"), call);
    reached.wait();
    source.cancel();
    CHECK(codeOf(started.await(1).at(0)) == Errc::cancelled);
    server.awaitEnded(1);  // The connection is closed, not kept.
  }
}

TEST_CASE("what has been cancelled beforehand sends nothing") {
  LoopbackServer server(echo());
  LoopThread thread;
  const auto transport = makeCurlTransport({}, thread.makeLoop());
  const liveblocks::CancellationSource source;
  liveblocks::http::Call call = within(ample);
  call.cancellation = source.token();
  source.cancel();
  StartedExchanges started;
  started.start(*transport, post(server.url(), "x"), call);
  CHECK(codeOf(started.await(1).at(0)) == Errc::cancelled);
  CHECK(server.connectionCount() == 0);
}

TEST_CASE("cancelling at any time completes each exchange once") {
  LoopbackServer server(echo());
  LoopThread thread;
  const auto transport = makeCurlTransport({}, thread.makeLoop());
  StartedExchanges started;
  for (int i = 0; i < 50; ++i) {
    const liveblocks::CancellationSource source;
    liveblocks::http::Call call = within(ample);
    call.cancellation = source.token();
    started.start(*transport, post(server.url(), "x"), call);
    if (i % 3 == 0) std::this_thread::yield();
    if (i % 5 == 0) started.await(static_cast<std::size_t>(i));
    source.cancel();
  }
  for (const auto& outcome : started.await(50)) CHECK(codeOf(outcome).value_or(Errc::cancelled) == Errc::cancelled);
  CHECK(started.count() == 50);
}

TEST_CASE("one source cancels all exchanges that have its token") {
  Semaphore asked;
  LoopbackServer server(silence(asked));
  LoopThread thread;
  const auto transport = makeCurlTransport({}, thread.makeLoop());
  const liveblocks::CancellationSource source;
  liveblocks::http::Call call = within(ample);
  call.cancellation = source.token();
  StartedExchanges started;
  for (int i = 0; i < 20; ++i) started.start(*transport, post(server.url(), "x"), call);
  for (int i = 0; i < 20; ++i) asked.wait();
  source.cancel();
  for (const auto& outcome : started.await(20)) CHECK(codeOf(outcome) == Errc::cancelled);
}

TEST_CASE("an exchange may be cancelled in a completion, after the transport too") {
  Semaphore asked;
  LoopbackServer silent(silence(asked));
  LoopbackServer server(echo());
  LoopThread thread;
  auto transport = makeCurlTransport({}, thread.makeLoop());
  const liveblocks::CancellationSource source;
  liveblocks::http::Call call = within(ample);
  call.cancellation = source.token();
  StartedExchanges started;
  started.start(*transport, post(silent.url(), "x"), call);
  asked.wait();
  const bool isDestroyed = GENERATE(false, true);
  started.start(*transport, post(server.url(), "x"), within(ample), [&] {
    if (isDestroyed) transport.reset();
    source.cancel();
  });
  CHECK(codeOf(started.await(2).at(1)) == Errc::cancelled);
  CHECK(started.count() == 2);
}
