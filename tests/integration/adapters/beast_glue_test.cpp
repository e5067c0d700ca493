#include "beast_glue.hpp"

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "raw_client.hpp"

using liveblocks_tests::RawClient;
using Tcp = boost::asio::ip::tcp;

namespace {

/// Serves one connection as the page says, and keeps what the library would see.
class BeastServer {
 public:
  using Answer = std::function<liveblocks::http::Response(const liveblocks::http::RequestView&)>;

  explicit BeastServer(Answer answer =
                           [](const auto&) {
                             return liveblocks::http::Response{200, {}, "ok"};
                           })
      : answer_(std::move(answer)) {
    thread_ = std::thread([this] { serve(); });
  }
  BeastServer(const BeastServer&) = delete;
  BeastServer& operator=(const BeastServer&) = delete;
  ~BeastServer() { thread_.join(); }

  static constexpr std::size_t maxBody = 100;

  /// The answers to bytes on one connection, which then ends.
  std::vector<std::string> answersTo(const std::string& bytes, std::size_t count, bool haveBodies = true) {
    RawClient client(acceptor_.local_endpoint().port());
    client.send(bytes);
    client.finish();
    std::vector<std::string> answers;
    for (std::size_t i = 0; i < count; ++i) answers.push_back(client.receive(haveBodies));
    ended_ = client.atEnd();
    return answers;
  }
  std::string answerTo(const std::string& bytes) { return answersTo(bytes, 1).at(0); }

  /// `method target` and a line for each header.
  const std::vector<std::string>& seen() const { return seen_; }
  /// Whether the connection ended after the answers.
  bool ended() const { return ended_; }

 private:
  void serve() {
    Tcp::socket socket = acceptor_.accept();
    beast::flat_buffer buffer;
    const auto look = [this](const liveblocks::http::RequestView& view) {
      std::string text = std::string(view.method) + " " + std::string(view.url) + "\n";
      for (const auto& [name, value] : view.headers) text.append(name).append(": ").append(value).append("\n");
      seen_.push_back(text.append(view.body));
      return answer_(view);
    };
    while (serveOne(socket, buffer, maxBody, look)) {
    }
    beast::error_code ignored;
    socket.shutdown(Tcp::socket::shutdown_send, ignored);
    // Read on, so that closing does not take back the answer.
    std::string rest(4096, '\0');
    while (socket.read_some(boost::asio::buffer(rest), ignored) > 0) {
    }
  }

  Answer answer_;
  std::vector<std::string> seen_;
  bool ended_ = false;
  boost::asio::io_context context_;
  Tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::thread thread_;
};

std::string post(std::size_t size, const std::string& headers = {}) {
  return "POST / HTTP/1.1\r\nContent-Length: " + std::to_string(size) + "\r\n" + headers + "\r\n" +
         std::string(size, 'x');
}

int statusOf(const std::string& answer) { return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0; }

}  // namespace

TEST_CASE("Beast: target, cookies and duplicates reach the library as they came") {
  BeastServer server;
  CHECK(statusOf(server.answerTo(
            "GET /public%3F/a%2Fb?x=%20&y HTTP/1.1\r\n"
            "Cookie: __session=a.b.c; ref=%3B__session%3Dd\r\n"
            "Authorization: Bearer one\r\ncookie: second=2\r\nauthorization: Bearer two\r\n\r\n")) == 200);
  REQUIRE(server.seen().size() == 1);
  // Beast keeps headers of a name together, in their order.
  CHECK(server.seen()[0] ==
        "GET /public%3F/a%2Fb?x=%20&y\n"
        "Cookie: __session=a.b.c; ref=%3B__session%3Dd\n"
        "cookie: second=2\nAuthorization: Bearer one\nauthorization: Bearer two\n");
}

TEST_CASE("Beast: each Set-Cookie leaves as one") {
  BeastServer server([](const auto&) {
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
  BeastServer server([&](const auto&) { return liveblocks::http::Response{status, {}, "x"}; });
  CHECK(statusOf(server.answerTo("GET / HTTP/1.1\r\n\r\n")) == status);
}

TEST_CASE("Beast: the body is bounded, and a connection with more of it ends") {
  BeastServer server;
  SECTION("below") { CHECK(statusOf(server.answerTo(post(99))) == 200); }
  SECTION("at") { CHECK(statusOf(server.answerTo(post(100))) == 200); }
  SECTION("above") {
    CHECK(statusOf(server.answerTo(post(101) + post(1))) == 413);
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
  BeastServer server;
  const std::string cookie = "__session=" + std::string(30000, 'x');
  CHECK(statusOf(server.answerTo("GET / HTTP/1.1\r\nCookie: " + cookie + "\r\n\r\n")) == 200);
  CHECK(server.seen().at(0) == "GET /\nCookie: " + cookie + "\n");
}

TEST_CASE("Beast: a body is never taken for a request") {
  const std::string headers =
      GENERATE(as<std::string>(), "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, identity\r\n",
               "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 0\r\nContent-Length: 5\r\n");
  CAPTURE(headers);
  BeastServer server;
  const std::string answer = server.answerTo("POST / HTTP/1.1\r\n" + headers + "\r\nGET /inner HTTP/1.1\r\n\r\n");
  CHECK((statusOf(answer) == 400 || answer.empty()));
  CHECK(server.seen().empty());
}

TEST_CASE("Beast: a connection serves one request after the other, and HEAD without a body") {
  BeastServer server;
  const auto answers =
      server.answersTo("GET /1 HTTP/1.1\r\n\r\n" + post(3) + "GET /3 HTTP/1.0\r\n\r\nGET /4 HTTP/1.1\r\n\r\n", 3);
  for (const std::string& answer : answers) CHECK_THAT(answer, Catch::Matchers::EndsWith("\r\n\r\nok"));
  CHECK(server.ended());
  CHECK(server.seen().size() == 3);
}

TEST_CASE("Beast: HEAD has the length of the body, and no body") {
  BeastServer server;
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
  BeastServer server([&](const auto& view) { return endpoint.handle(view); });
  const std::string body = R"({"room":"r"})";
  const std::string answer = server.answerTo(
      "POST /auth HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n\r\n" + body);
  CHECK(statusOf(answer) == 200);
  CHECK_THAT(answer, ContainsSubstring("\r\nCache-Control: no-store\r\n"));
  CHECK_THAT(answer, Catch::Matchers::EndsWith("\r\n\r\n{\"token\":\"a.b.c\"}"));
}
