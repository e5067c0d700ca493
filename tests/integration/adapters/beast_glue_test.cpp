#include "beast_glue.hpp"

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/http/stoppable_transport.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "raw_client.hpp"

using Catch::Matchers::EndsWith;
using liveblocks_tests::RawClient;

namespace {

/// The server of the page, which keeps what the library would see.
class Server {
 public:
  explicit Server(BeastServer::Handler handler =
                      [](const auto&) {
                        return liveblocks::http::Response{200, {}, "ok"};
                      })
      : handler_(std::move(handler)) {}

  static constexpr std::size_t maxBody = 100;

  RawClient connect() const { return RawClient(server_.address().port()); }

  /// The answers to bytes on one connection, which then ends.
  std::vector<std::string> answersTo(const std::string& bytes, std::size_t count, bool haveBodies = true) {
    RawClient client = connect();
    client.send(bytes);
    client.finish();
    std::vector<std::string> answers;
    for (std::size_t i = 0; i < count; ++i) answers.push_back(client.receive(haveBodies));
    ended_ = client.atEnd();
    return answers;
  }
  std::string answerTo(const std::string& bytes) { return answersTo(bytes, 1).at(0); }

  /// `method target`, a line for each header, and the body.
  std::vector<std::string> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  /// Whether the connection ended after the answers.
  bool ended() const { return ended_; }

  void stopListening() { server_.stopListening(); }
  void join() { server_.join(); }

 private:
  liveblocks::http::Response look(const liveblocks::http::RequestView& view) {
    std::string text = std::string(view.method) + " " + std::string(view.url) + "\n";
    for (const auto& [name, value] : view.headers) text.append(name).append(": ").append(value).append("\n");
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(text.append(view.body));
    }
    return handler_(view);
  }

  BeastServer::Handler handler_;
  mutable std::mutex mutex_;
  std::vector<std::string> seen_;
  bool ended_ = false;
  BeastServer server_{
      {boost::asio::ip::address_v4::loopback(), 0}, 4, maxBody, [this](const auto& view) { return look(view); }};
};

std::string post(std::size_t size, const std::string& headers = {}) {
  return "POST / HTTP/1.1\r\nContent-Length: " + std::to_string(size) + "\r\n" + headers + "\r\n" +
         std::string(size, 'x');
}

int statusOf(const std::string& answer) { return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0; }

}  // namespace

TEST_CASE("Beast: target, cookies and duplicates reach the library as they came") {
  Server server;
  CHECK(statusOf(server.answerTo(
            "GET /public%3F/a%2Fb?x=%20&y HTTP/1.1\r\n"
            "Cookie: __session=a.b.c; ref=%3B__session%3Dd\r\n"
            "Authorization: Bearer one\r\ncookie: second=2\r\nauthorization: Bearer two\r\n\r\n")) == 200);
  REQUIRE(server.seen().size() == 1);
  // Beast keeps headers of a name together, in their order.
  CHECK(server.seen().at(0) ==
        "GET /public%3F/a%2Fb?x=%20&y\n"
        "Cookie: __session=a.b.c; ref=%3B__session%3Dd\n"
        "cookie: second=2\nAuthorization: Bearer one\nauthorization: Bearer two\n");
}

TEST_CASE("Beast: each Set-Cookie leaves as one") {
  Server server([](const auto&) {
    return liveblocks::http::Response{
        307, {{"Location", "/x"}, {"Set-Cookie", "a=1; Path=/"}, {"Set-Cookie", "b=2"}}, {}};
  });
  const std::string answer = server.answerTo("GET / HTTP/1.1\r\n\r\n");
  CHECK(statusOf(answer) == 307);
  CHECK_THAT(answer, ContainsSubstring("\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n"));
  CHECK_THAT(answer, ContainsSubstring("\r\nContent-Length: 0\r\n"));
}

TEST_CASE("Beast: any status leaves") {
  const int status = GENERATE(200, 401, 422, 499, 599);
  Server server([&](const auto&) { return liveblocks::http::Response{status, {}, "x"}; });
  CHECK(statusOf(server.answerTo("GET / HTTP/1.1\r\n\r\n")) == status);
}

TEST_CASE("Beast: the body is bounded, and a connection with more of it ends") {
  Server server;
  SECTION("below") { CHECK(statusOf(server.answerTo(post(99))) == 200); }
  SECTION("at") { CHECK(statusOf(server.answerTo(post(100))) == 200); }
  SECTION("above") {
    const std::string answer = server.answerTo(post(101) + post(1));
    CHECK(statusOf(answer) == 413);
    CHECK_THAT(answer, ContainsSubstring("\r\nContent-Type: application/json\r\n"));
    CHECK_THAT(answer, EndsWith("\r\n\r\n"
                                R"({"error":"too_large","reason":"The body is too large"})"));
    CHECK(server.seen().empty());
    CHECK(server.ended());
  }
  SECTION("in chunks") {
    const std::string body = "65\r\n" + std::string(101, 'x') + "\r\n0\r\n\r\n";
    CHECK(statusOf(server.answerTo("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + body)) == 413);
    CHECK(server.seen().empty());
  }
}

TEST_CASE("Beast: many cookies have room") {
  Server server;
  const std::string cookie = "__session=" + std::string(30000, 'x');
  CHECK(statusOf(server.answerTo("GET / HTTP/1.1\r\nCookie: " + cookie + "\r\n\r\n")) == 200);
  CHECK(server.seen().at(0) == "GET /\nCookie: " + cookie + "\n");
}

TEST_CASE("Beast: a body is never taken for a request") {
  const std::string headers =
      GENERATE(as<std::string>(), "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, identity\r\n",
               "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 0\r\nContent-Length: 5\r\n");
  CAPTURE(headers);
  Server server;
  const std::string answer = server.answerTo("POST / HTTP/1.1\r\n" + headers + "\r\nGET /inner HTTP/1.1\r\n\r\n");
  CHECK((statusOf(answer) == 400 || answer.empty()));
  CHECK(server.seen().empty());
}

TEST_CASE("Beast: a connection serves one request after the other, and HEAD without a body") {
  Server server;
  const auto answers =
      server.answersTo("GET /1 HTTP/1.1\r\n\r\n" + post(3) + "GET /3 HTTP/1.0\r\n\r\nGET /4 HTTP/1.1\r\n\r\n", 3);
  for (const std::string& answer : answers) CHECK_THAT(answer, EndsWith("\r\n\r\nok"));
  CHECK(server.ended());
  CHECK(server.seen().size() == 3);
}

TEST_CASE("Beast: HEAD has the length of the body, and no body") {
  Server server;
  const std::string request = "HEAD / HTTP/1.1\r\n\r\n";
  const auto answers = server.answersTo(request + request, 2, false);
  for (const std::string& answer : answers) CHECK_THAT(answer, ContainsSubstring("\r\nContent-Length: 2\r\n"));
  CHECK(server.ended());
}

TEST_CASE("Beast: an endpoint hands out its token") {
  const auto transport = std::make_shared<liveblocks::testing::FakeTransport>();
  transport->pushJson(200, R"({"token":"a.b.c"})");
  const liveblocks::AuthEndpoint endpoint(
      liveblocks::Liveblocks({"sk_x"}, transport), [](const auto&, auto) { return liveblocks::Caller{"bob"}; },
      [](const liveblocks::Caller&, const std::optional<std::string>& room) {
        return liveblocks::Decision().allow(room.value_or("r"), liveblocks::FULL_ACCESS);
      });
  Server server([&](const auto& view) { return endpoint.handle(view); });
  const std::string body = R"({"room":"r"})";
  const std::string answer = server.answerTo(
      "POST /auth HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n\r\n" + body);
  CHECK(statusOf(answer) == 200);
  CHECK_THAT(answer, ContainsSubstring("\r\nCache-Control: no-store\r\n"));
  CHECK_THAT(answer, EndsWith("\r\n\r\n{\"token\":\"a.b.c\"}"));
}

TEST_CASE("Beast: a body whose length is unclear is refused in the shape of all refusals") {
  Server server;
  const std::string answer =
      server.answerTo("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  CHECK(statusOf(answer) == 400);
  CHECK_THAT(answer, ContainsSubstring("\r\nContent-Type: application/json\r\n"));
  CHECK_THAT(answer, EndsWith("\r\n\r\n"
                              R"({"error":"bad_request","reason":"The length of the body is unclear"})"));
  CHECK(server.ended());
}

TEST_CASE("Beast: what cannot be answered ends its connection, and no other one") {
  Server server([](const liveblocks::http::RequestView& view) {
    if (view.url == "/throws") throw std::runtime_error("no answer");
    return liveblocks::http::Response{200, {}, "ok"};
  });
  RawClient other = server.connect();
  RawClient client = server.connect();
  client.send("GET /throws HTTP/1.1\r\n\r\n");
  CHECK(client.atEnd());
  other.send("GET / HTTP/1.1\r\n\r\n");
  CHECK(statusOf(other.receive()) == 200);
}

TEST_CASE("Beast: stopping waits for no connection that is idle") {
  Server server;
  RawClient silent = server.connect();
  RawClient unfinished = server.connect();
  unfinished.send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab");
  RawClient idle = server.connect();
  idle.send("GET / HTTP/1.1\r\n\r\n");
  CHECK(statusOf(idle.receive()) == 200);
  server.stopListening();
  server.join();
  CHECK(silent.atEnd());
  CHECK(unfinished.atEnd());
  CHECK(idle.atEnd());
  CHECK_THROWS(server.connect());
}

TEST_CASE("Beast: more connections than threads wait, and end with the others") {
  Server server;
  std::vector<RawClient> clients;
  clients.reserve(10);
  for (int i = 0; i < 10; ++i) clients.push_back(server.connect());
  server.stopListening();
  server.join();
  for (RawClient& client : clients) CHECK(client.atEnd());
}

TEST_CASE("Beast: who waits for Clerk or Liveblocks when the server is stopped is answered 503") {
  std::promise<void> asked;
  const auto api = std::make_shared<liveblocks::testing::FakeTransport>(
      [&](const auto&, const liveblocks::http::Call& call) -> liveblocks::Result<liveblocks::http::Response> {
        asked.set_value();
        while (!call.cancelled()) std::this_thread::yield();
        return liveblocks::Error{liveblocks::Errc::cancelled, "stopped"};
      });
  const auto transport = std::make_shared<liveblocks::http::StoppableTransport>(api);
  const liveblocks::AuthEndpoint endpoint(
      liveblocks::Liveblocks({"sk_x"}, transport), [](const auto&, auto) { return liveblocks::Caller{"bob"}; },
      [](const liveblocks::Caller&, const std::optional<std::string>&) {
        return liveblocks::Decision().allow("r", liveblocks::FULL_ACCESS);
      });
  Server server([&](const auto& view) { return endpoint.handle(view); });
  RawClient client = server.connect();
  client.send(
      "POST / HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n"
      R"({"room":"r"})");
  asked.get_future().wait();
  server.stopListening();
  transport->stop();
  server.join();
  CHECK(statusOf(client.receive()) == 503);
  CHECK(client.atEnd());
}

TEST_CASE("Beast: a server with an endpoint is stopped as the page shows") {
  const auto transport =
      std::make_shared<liveblocks::http::StoppableTransport>(std::make_shared<liveblocks::testing::FakeTransport>());
  const liveblocks::AuthEndpoint endpoint(
      liveblocks::Liveblocks({"sk_x"}, transport), [](const auto&, auto) { return liveblocks::Caller{"bob"}; },
      [](const liveblocks::AuthRequest&) { return liveblocks::Decision().allow("r", liveblocks::FULL_ACCESS); });
  const unsigned short port = 0;  // Any free one.
  // beast.md endpoint: begin
  BeastServer server({boost::asio::ip::address_v4::loopback(), port}, 64, endpoint.maxBody(),
                     [&](const liveblocks::http::RequestView& request) { return endpoint.handle(request); });

  // When the program is told to stop, see transport.md:
  server.stopListening();
  transport->stop();
  server.join();
  // beast.md endpoint: end
  CHECK_THROWS(RawClient(server.address().port()));
}
