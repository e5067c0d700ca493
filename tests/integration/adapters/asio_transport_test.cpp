// The transport over libcurl on a context of Asio, against a server on loopback.
#include <liveblocks/adapters/asio_loop.hpp>
#include <liveblocks/http/curl_transport.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "loopback_server.hpp"

namespace {

namespace adapters = liveblocks::adapters;
namespace http = liveblocks::http;
namespace net = adapters::detail::net;
using liveblocks_tests::LoopbackServer;

using Outcome = liveblocks::Result<http::Response>;

void respondOk(liveblocks_tests::Connection& connection, const liveblocks_tests::ReceivedRequest& request) {
  connection.respond(200, request.requestLine());
}

std::shared_ptr<http::Transport> transportOn(net::io_context& io) {
  return http::makeCurlTransport({}, adapters::makeLoop(io));
}

void start(http::Transport& transport, const std::string& url, http::Transport::Completion done,
           const liveblocks::CancellationToken& cancellation = {}) {
  http::Request request{"GET", url, {}, {}};
  http::Call call{std::chrono::steady_clock::now() + std::chrono::seconds(30)};
  call.cancellation = cancellation;
  REQUIRE(transport.start(request, call, done));
}

}  // namespace

TEST_CASE("Asio transport: the context runs until all exchanges have ended, and no longer") {
  const LoopbackServer server(liveblocks_tests::eachRequest(respondOk));
  net::io_context io;
  const auto transport = transportOn(io);
  constexpr int count = 50;
  for (int round = 0; round < 2; ++round) {
    int responses = 0;
    for (int i = 0; i < count; ++i) {
      const std::string path = "/" + std::to_string(i);
      start(*transport, server.url(path), [&, path](const Outcome& outcome) {
        CHECK(io.get_executor().running_in_this_thread());
        REQUIRE(outcome.ok());
        CHECK(outcome->body == "GET " + path + " HTTP/1.1");
        ++responses;
      });
    }
    io.restart();
    io.run();
    CHECK(responses == count);
  }
}

TEST_CASE("Asio transport: an exchange begins the next one") {
  const LoopbackServer server(liveblocks_tests::eachRequest(respondOk));
  net::io_context io;
  const auto transport = transportOn(io);
  int left = 20;
  std::function<void(const Outcome&)> next = [&](const Outcome& outcome) {
    REQUIRE(outcome.ok());
    if (--left > 0) start(*transport, server.url(), next);
  };
  start(*transport, server.url(), next);
  io.run();
  CHECK(left == 0);
  CHECK(server.connectionCount() == 1);
}

TEST_CASE("Asio transport: several threads may run the context") {
  const LoopbackServer server(liveblocks_tests::eachRequest(respondOk));
  net::io_context io;
  const auto transport = transportOn(io);
  int left = 200;  // Not atomic: completions come one at a time.
  std::function<void(const Outcome&)> next = [&](const Outcome& outcome) {
    REQUIRE(outcome.ok());
    if (--left >= 8) start(*transport, server.url(), next);
  };
  for (int i = 0; i < 8; ++i) start(*transport, server.url(), next);
  std::thread other([&] { io.run(); });
  io.run();
  other.join();
  CHECK(left == 0);
}

TEST_CASE("Asio transport: a call that hangs is cancelled, and the context can end") {
  const LoopbackServer server([](liveblocks_tests::Connection& connection) { connection.awaitClose(); });
  net::io_context io;
  const auto transport = transportOn(io);
  const liveblocks::CancellationSource source;
  std::optional<liveblocks::Errc> error;
  start(
      *transport, server.url(), [&](const Outcome& outcome) { error = outcome.error().code; }, source.token());
  std::thread canceller([&] { source.cancel(); });
  io.run();
  canceller.join();
  CHECK(error == liveblocks::Errc::cancelled);
}

TEST_CASE("Asio transport: exchanges that are in flight when the context is destroyed are cancelled") {
  const LoopbackServer server([](liveblocks_tests::Connection& connection) { connection.awaitClose(); });
  std::optional<net::io_context> io{std::in_place};
  const auto transport = transportOn(*io);
  std::vector<liveblocks::Errc> errors;
  const auto note = [&](const Outcome& outcome) { errors.push_back(outcome.error().code); };
  start(*transport, server.url(), note);
  start(*transport, server.url(), note);
  SECTION("before they have begun") {}
  SECTION("while they wait") { io->run_for(std::chrono::milliseconds(50)); }
  io.reset();
  CHECK(errors == std::vector<liveblocks::Errc>(2, liveblocks::Errc::cancelled));
  start(*transport, server.url(), note);
  CHECK(errors.size() == 3);
}

TEST_CASE("Asio transport: exchanges that are in flight when the transport is destroyed are cancelled") {
  const LoopbackServer server([](liveblocks_tests::Connection& connection) { connection.awaitClose(); });
  net::io_context io;
  auto transport = transportOn(io);
  std::optional<liveblocks::Errc> error;
  start(*transport, server.url(), [&](const Outcome& outcome) { error = outcome.error().code; });
  io.poll();
  transport.reset();
  io.restart();
  io.run();
  CHECK(error == liveblocks::Errc::cancelled);
}
