#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"
#include "servers.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;

namespace {

/// Lets threads go on together, once all are there.
class Barrier {
 public:
  explicit Barrier(int count) : missing_(count) {}

  void arriveAndWait() {
    std::unique_lock lock(mutex_);
    if (--missing_ == 0) all_.notify_all();
    all_.wait(lock, [&] { return missing_ <= 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  int missing_;
};

/// The number of answers that are right, of `each` requests on each of `threads` threads.
int countRightAnswers(liveblocks::http::Transport& transport, const std::string& url, int threads, int each) {
  std::atomic<int> right{0};
  std::vector<std::thread> workers;
  workers.reserve(static_cast<std::size_t>(threads));
  for (int worker = 0; worker < threads; ++worker) {
    workers.emplace_back([&, worker] {
      for (int i = 0; i < each; ++i) {
        const std::string body = std::to_string(worker) + "/" + std::to_string(i);
        const auto response = send(transport, post(url, body));
        if (response && response->body == body) ++right;
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  return right;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("requests one after the other share a connection", "", BothWays) {
  LoopbackServer server(echo());
  const auto transport = TestType::make();
  for (const char* body : {"one", "two", "three"})
    CHECK(send(*transport, post(server.url(), body)).value().body == body);
  CHECK(server.connectionCount() == 1);
}

TEMPLATE_LIST_TEST_CASE("requests of different methods share a connection, and keep nothing of each other", "",
                        BothWays) {
  LoopbackServer server(eachRequest([](Connection& connection, const ReceivedRequest& request) {
    const std::string method = request.requestLine().substr(0, request.requestLine().find(' '));
    connection.respond(200, method == "HEAD" ? "" : method + " " + request.body);
  }));
  const auto transport = TestType::make();
  for (const char* method : {"POST", "GET", "HEAD", "PUT", "DELETE", "GET", "HEAD", "POST", "PATCH", "GET"}) {
    CAPTURE(method);
    const std::string_view name = method;
    const bool hasBody = name == "POST" || name == "PUT" || name == "PATCH";
    const liveblocks::http::Request request{method, server.url(), {}, hasBody ? "body" : ""};
    const std::string expected = name == "HEAD" ? "" : std::string(name) + " " + request.body;
    CHECK(send(*transport, request).value().body == expected);
  }
  CHECK(server.connectionCount() == 1);
}

TEMPLATE_LIST_TEST_CASE("many threads are all answered, each over one connection at most", "", BothWays) {
  LoopbackServer server(echo());
  const auto transport = TestType::make();
  CHECK(countRightAnswers(*transport, server.url(), 8, 50) == 400);
  CHECK(server.connectionCount() <= 8);
}

TEMPLATE_LIST_TEST_CASE("more connections than the pool keeps are closed after use", "", BothWays) {
  Barrier allAsked(3);
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest& request) {
    allAsked.arriveAndWait();
    connection.respond(200, request.body);
  }));
  liveblocks::http::CurlTransportOptions options;
  options.maxIdleConnections = 1;
  const auto transport = TestType::make(options);
  CHECK(countRightAnswers(*transport, server.url(), 3, 1) == 3);
  CHECK(server.connectionCount() == 3);
  server.awaitEnded(2);
  CHECK(countRightAnswers(*transport, server.url(), 1, 1) == 1);
  CHECK(server.connectionCount() == 3);
}

TEMPLATE_LIST_TEST_CASE("reuse can be switched off", "", BothWays) {
  LoopbackServer server(echo());
  liveblocks::http::CurlTransportOptions options;
  options.maxIdleConnections = 0;
  const auto transport = TestType::make(options);
  CHECK(countRightAnswers(*transport, server.url(), 1, 2) == 2);
  CHECK(server.connectionCount() == 2);
}

TEMPLATE_LIST_TEST_CASE("two transports share no connection", "", BothWays) {
  LoopbackServer server(echo());
  CHECK(send(*TestType::make(), get(server.url())));
  CHECK(send(*TestType::make(), get(server.url())));
  CHECK(server.connectionCount() == 2);
}

TEMPLATE_LIST_TEST_CASE("a connection that the server has closed meanwhile is replaced", "", BothWays) {
  LoopbackServer server(respondOnce());
  const auto transport = TestType::make();
  for (int i = 1; i <= 3; ++i) {
    CHECK(send(*transport, post(server.url(), "x")).value().body == "once");
    server.awaitEnded(i);
  }
  CHECK(server.connectionCount() == 3);
}

TEMPLATE_LIST_TEST_CASE("a kept connection that breaks before the first byte of the answer is replaced", "", BothWays) {
  const bool hard = GENERATE(false, true);
  LoopbackServer server([hard](Connection& connection) {
    connection.readRequest();
    connection.respond(200, std::to_string(connection.index()));
    if (!connection.readRequest()) return;
    if (hard) connection.reset();
  });
  const auto transport = TestType::make();
  CHECK(send(*transport, post(server.url(), "x")).value().body == "0");
  CHECK(send(*transport, post(server.url(), "x")).value().body == "1");
  CHECK(server.connectionCount() == 2);
}

TEMPLATE_LIST_TEST_CASE("what must not happen twice is not sent again over a new connection", "", BothWays) {
  const bool once = GENERATE(false, true);
  std::atomic<int> created{0};
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest& request) {
    if (request.body != "create") {
      connection.respond(200, "");
      return;
    }
    ++created;
    connection.close();
  }));
  const auto transport = TestType::make();
  CHECK(send(*transport, post(server.url(), "keep the connection")));
  liveblocks::http::Call call = within(ample);
  call.once = once;
  CHECK(codeOf(transport->send(post(server.url(), "create"), call)) == Errc::reset);
  CHECK(created == (once ? 1 : 2));
}

TEMPLATE_LIST_TEST_CASE("a kept connection that breaks inside the answer is reported", "", BothWays) {
  LoopbackServer server([](Connection& connection) {
    connection.readRequest();
    connection.respond(200, "whole");
    connection.readRequest();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nha");
  });
  const auto transport = TestType::make();
  CHECK(send(*transport, get(server.url())).value().body == "whole");
  CHECK(codeOf(send(*transport, get(server.url()))) == Errc::reset);
  CHECK(server.connectionCount() == 1);
}

TEMPLATE_LIST_TEST_CASE("a new connection that breaks is reported, not replaced", "", BothWays) {
  LoopbackServer server([](Connection& connection) { connection.readRequest(); });
  CHECK(codeOf(send(*TestType::make(), get(server.url()))) == Errc::reset);
  CHECK(server.connectionCount() == 1);
}

TEMPLATE_LIST_TEST_CASE("after a failure the next request is served", "", BothWays) {
  LoopbackServer server(eachRequest([](Connection& connection, const ReceivedRequest& request) {
    if (request.body == "bad") return connection.close();
    connection.respond(200, request.body);
  }));
  const auto transport = TestType::make();
  CHECK(codeOf(send(*transport, post(server.url(), "bad"))) == Errc::reset);
  CHECK(send(*transport, post(server.url(), "good")).value().body == "good");
}
