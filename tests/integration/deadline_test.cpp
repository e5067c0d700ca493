#include <atomic>
#include <stdexcept>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using namespace std::chrono_literals;
using liveblocks::Errc;

TEMPLATE_LIST_TEST_CASE("a server that stalls does not outlast the deadline", "", BothWays) {
  const std::string beginning =
      GENERATE(as<std::string>(), "", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\n",
               "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "HTTP/1.1 100 Continue\r\n\r\n");
  CAPTURE(beginning);
  LoopbackServer server([&](Connection& connection) {
    connection.readRequest();
    connection.write(beginning);
    connection.awaitClose();
  });
  const auto answer = TestType::make()->send(post(server.url(), "x"), within(150ms));
  CHECK(codeOf(answer) == Errc::timeout);
}

TEMPLATE_LIST_TEST_CASE("an error names the origin that was asked, once", "", BothWays) {
  LoopbackServer silent([](Connection& connection) { connection.awaitClose(); });
  LoopbackServer closing([](Connection& connection) { connection.readRequest(); });
  LoopbackServer foreign([](Connection& connection) {
    connection.readRequest();
    connection.write("220 not HTTP\r\n\r\n");
  });
  const auto told = [](const LoopbackServer& server) {
    const auto answer = TestType::make()->send(post(server.url() + "?secret=1", "x"), within(500ms));
    return answer ? std::string() : answer.error().message;
  };
  for (const LoopbackServer* server : {&silent, &closing, &foreign}) {
    const std::string message = told(*server);
    const std::string host = "127.0.0.1:" + std::to_string(server->port());
    CAPTURE(message);
    CHECK_THAT(message, ContainsSubstring("(http://" + host + ")"));
    CHECK(message.find(host) == message.rfind(host));
    CHECK(message.find("secret") == std::string::npos);
  }
}

TEMPLATE_LIST_TEST_CASE("a server that does not take the request does not outlast the deadline", "", BothWays) {
  LoopbackServer server([](Connection& connection) { connection.awaitInterrupt(); });
  const auto answer = TestType::make()->send(post(server.url(), std::string(32 << 20, 'x')), within(150ms));
  CHECK(codeOf(answer) == Errc::timeout);
}

TEMPLATE_LIST_TEST_CASE("past the deadline nothing is sent", "", BothWays) {
  LoopbackServer server([](Connection& connection) { connection.awaitClose(); });
  const auto answer = TestType::make()->send(get(server.url()), within(0ms));
  CHECK(codeOf(answer) == Errc::timeout);
  CHECK(server.connectionCount() == 0);
}

TEMPLATE_LIST_TEST_CASE("the remotest deadline works", "", BothWays) {
  LoopbackServer server(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); }));
  CHECK(TestType::make()->send(get(server.url()), {liveblocks::Deadline::max()}));
}

TEMPLATE_LIST_TEST_CASE("a TLS handshake that stalls is cut by the connect timeout", "", BothWays) {
  LoopbackServer server([](Connection& connection) { connection.awaitClose(); });
  liveblocks::http::CurlTransportOptions options;
  options.connectTimeout = 150ms;
  const auto answer = send(*TestType::make(options), get("https://127.0.0.1:" + std::to_string(server.port())));
  CHECK(codeOf(answer) == Errc::connect);
}

TEMPLATE_LIST_TEST_CASE("a port where nobody listens is no connection", "", BothWays) {
  const int freePort = LoopbackServer([](Connection&) {}).port();
  const auto answer = send(*TestType::make(), get("http://127.0.0.1:" + std::to_string(freePort)));
  CHECK(codeOf(answer) == Errc::connect);
}

TEMPLATE_LIST_TEST_CASE("a call cancelled beforehand sends nothing", "", BothWays) {
  LoopbackServer server([](Connection& connection) { connection.awaitClose(); });
  liveblocks::http::Call call = within(ample);
  call.cancelled = [] { return true; };
  CHECK(codeOf(TestType::make()->send(get(server.url()), call)) == Errc::cancelled);
  CHECK(server.connectionCount() == 0);
}

TEMPLATE_LIST_TEST_CASE("a call can be cancelled while the server is silent", "", BothWays) {
  std::atomic<bool> asked{false};
  LoopbackServer server([&](Connection& connection) {
    connection.readRequest();
    asked = true;
    connection.awaitClose();
  });
  liveblocks::http::Call call = within(ample);
  call.cancelled = [&] { return asked.load(); };
  CHECK(codeOf(TestType::make()->send(get(server.url()), call)) == Errc::cancelled);
}

TEMPLATE_LIST_TEST_CASE("what cancelled throws does not leave send", "", BothWays) {
  LoopbackServer server([](Connection& connection) { connection.awaitClose(); });
  liveblocks::http::Call call = within(ample);
  call.cancelled = []() -> bool { throw std::runtime_error("no"); };
  CHECK(codeOf(TestType::make()->send(get(server.url()), call)) == Errc::internal);
}

TEMPLATE_LIST_TEST_CASE("what cancelled throws during the exchange does not leave send", "", BothWays) {
  LoopbackServer server([](Connection& connection) { connection.awaitClose(); });
  int polls = 0;
  liveblocks::http::Call call = within(ample);
  call.cancelled = [&] { return ++polls > 2 ? throw std::runtime_error("no") : false; };
  CHECK(codeOf(TestType::make()->send(get(server.url()), call)) == Errc::internal);
}
