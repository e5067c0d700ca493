#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "guarded_server.hpp"
#include "server_fixture.hpp"

using liveblocks_tests::GuardedServer;
using liveblocks_tests::RawClient;
using liveblocks_tests::ServerFixture;
using liveblocks_tests::statusOf;

namespace {

using Texts = std::vector<std::string>;

const std::string smuggled = "GET /public/marker HTTP/1.1\r\nHost: localhost\r\n\r\n";
const std::string size = std::to_string(smuggled.size());

const Texts framings = {
    "Content-Length: " + size + "\r\n",
    "Content-Length: 0\r\nContent-Length: " + size + "\r\n",
    "Content-Length: " + size + "\r\nContent-Length: 0\r\n",
    "Content-Length: " + size + "\r\ncontent-length: " + size + "\r\n",
    "Content-Length : " + size + "\r\n",
    "Content-Length\t: " + size + "\r\n",
    " Content-Length: " + size + "\r\n",
    "Content-Length\x0B: " + size + "\r\n",
    "Content-Length: +" + size + "\r\n",
    "Content-Length: 0%00\r\n",
    "Content-Length: " + size + "%00\r\n",
    "Content-Length: " + size + ", " + size + "\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding : chunked\r\n",
    "Transfer-Encoding\t: chunked\r\n",
    "Transfer-Encoding: x, chunked\r\n",
    "Transfer-Encoding: identity\r\n",
    "Transfer-Encoding: chunked%00\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
};

/// Requests to which cpp-httplib itself responds, before any handler is called.
const Texts faults = {
    "Range: nonsense\r\nContent-Length: " + size + "\r\n",
    "X: " + std::string(9000, 'x') + "\r\nContent-Length: " + size + "\r\n",
    "Expect: 100-continue\r\nContent-Length: " + size + "\r\n",
};

Texts both(Texts some, const Texts& more) {
  some.insert(some.end(), more.begin(), more.end());
  return some;
}

/// Final ones.
std::size_t countResponses(const std::string& received) {
  std::size_t count = 0;
  for (std::size_t i = received.find("HTTP/1.1 "); i != std::string::npos; i = received.find("HTTP/1.1 ", i + 1)) {
    if (received.compare(i, 12, "HTTP/1.1 100") != 0) ++count;
  }
  return count;
}

/// Sends each head on a connection of its own, and the same body after all of them: with the head, or so long after it.
/// Checks that there is one answer to each.
template <typename Server>
void checkEachIsAnsweredOnce(const Server& server, const Texts& heads, int gap) {
  std::vector<RawClient> clients;
  for (const std::string& head : heads) {
    const bool isChunked = head.find("chunked") != std::string::npos;
    // A chunk that ends in a way that cpp-httplib lets pass.
    const std::string start = isChunked ? head + "1\r\nx!\r\n" : head;
    clients.push_back(server.connect());
    clients.back().send(gap < 0 ? start + smuggled : start);
  }
  if (gap > 0) std::this_thread::sleep_for(std::chrono::milliseconds(gap));
  if (gap >= 0) {
    for (const RawClient& client : clients) client.send(smuggled);
  }
  for (std::size_t i = 0; i < clients.size(); ++i) {
    const std::string received = clients[i].receiveAll();
    CAPTURE(heads[i].substr(0, 200), gap, received);
    CHECK(countResponses(received) == 1);
  }
}

std::string headOf(const std::string& method, const std::string& target, const std::string& headers) {
  return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

const Texts methods = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PRI"};

}  // namespace

TEST_CASE_METHOD(GuardedServer, "no body becomes a request: behind a guard, refused or not") {
  const int gap = GENERATE(-1, 0, 50, 300);
  const std::string target = GENERATE("/secret", "/public/form", "/public/none", "http://localhost/public/form");
  Texts heads;
  for (const std::string& method : methods) {
    for (const std::string& framing : both(framings, faults)) heads.push_back(headOf(method, target, framing));
  }
  heads.push_back(headOf("GET", target + "/" + std::string(9000, 'x'), framings[0]));
  heads.push_back(headOf("GET", target + "?a?b", framings[0]));
  heads.push_back(headOf("FOO", target, framings[0]));
  checkEachIsAnsweredOnce(*this, heads, gap);
  CHECK(marked() == 0);
}

TEST_CASE_METHOD(GuardedServer, "no body becomes a request: behind a guard, of those who are signed in") {
  const int gap = GENERATE(0, 50);
  Texts heads;
  for (const std::string& method : methods) {
    for (const std::string& framing : framings) heads.push_back(headOf(method, "/secret", framing + authorization()));
  }
  checkEachIsAnsweredOnce(*this, heads, gap);
  CHECK(marked() == 0);
}

TEST_CASE_METHOD(ServerFixture, "no body becomes a request: at the endpoint") {
  start();
  const int gap = GENERATE(-1, 0, 50, 300);
  Texts heads;
  // The rest is answered by the server itself: TRACE, ..., and by newer versions also a body of GET they cannot read.
  Texts own = {"POST", "PUT", "PATCH", "DELETE"};
  if (std::string(CPPHTTPLIB_VERSION).rfind("0.11.", 0) == 0) own = both(own, {"GET", "HEAD", "OPTIONS"});
  for (const std::string& method : own) {
    for (const std::string& framing : framings) heads.push_back(head(method, framing));
  }
  checkEachIsAnsweredOnce(*this, heads, gap);
}

TEST_CASE_METHOD(ServerFixture, "no body becomes a request: on a strict server") {
  startStrict();
  const int gap = GENERATE(-1, 0, 50, 300);
  const std::string target = GENERATE("/api/auth.v1", "/other", "/none");
  Texts heads;
  for (const std::string& method : methods) {
    for (const std::string& framing : both(framings, faults)) heads.push_back(headOf(method, target, framing));
  }
  checkEachIsAnsweredOnce(*this, heads, gap);
}

TEST_CASE_METHOD(ServerFixture, "an answer to HEAD ends the connection without content") {
  start();
  RawClient client = connect();
  client.send(head("HEAD", framings[0]) + smuggled);
  const std::string answer = client.receiveAll();
  CHECK(statusOf(answer) == 405);
  CHECK_THAT(answer, ContainsSubstring("\r\nConnection: close\r\n"));
  CHECK_THAT(answer, Catch::Matchers::EndsWith("\r\n\r\n"));
}

TEST_CASE_METHOD(ServerFixture, "an answer that is streamed is whole, and the last of a connection in doubt") {
  startStrict();
  const auto [target, end] = GENERATE(table<std::string, std::string>({
      {"/sized", "\r\n\r\nfirst, second"},
      {"/unsized", "\r\n\r\nfirst, second"},
      {"/chunked", "\r\n\r\n7\r\nfirst, \r\n6\r\nsecond\r\n0\r\n\r\n"},
  }));
  CAPTURE(target);
  RawClient client = connect();
  client.send(headOf("POST", target, "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n");
  const std::string answer = client.receiveAll();
  CHECK(statusOf(answer) == 200);
  CHECK_THAT(answer, ContainsSubstring("\r\nConnection: close\r\n"));
  CHECK_THAT(answer, Catch::Matchers::EndsWith(end));
  CHECK(countResponses(answer) == 1);
}

TEST_CASE_METHOD(ServerFixture, "a server's own page of errors does not keep a connection open") {
  startStrict([](httplib::Server& server) {
    server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
      response.set_content("an error page", "text/html");
    });
  });
  const std::string method = GENERATE("GET", "HEAD", "POST");
  RawClient client = connect();
  client.send(headOf(method, "/none", "Content-Length: 0\r\nContent-Length: 5\r\n"));
  const std::string answer = client.receiveAll();
  CHECK(statusOf(answer) == 400);
  CHECK_THAT(answer, Catch::Matchers::EndsWith(method == "HEAD" ? "\r\n\r\n" : "\r\n\r\nan error page"));
  CHECK_THAT(answer, ContainsSubstring("\r\nContent-Length: 13\r\n"));
}

TEST_CASE_METHOD(GuardedServer, "a POST that tells no length has no body") {
  const std::string method = GENERATE("POST", "PUT", "PATCH", "DELETE");
  RawClient client = connect();
  for (int i = 0; i < 2; ++i) {
    client.send(headOf(method, "/public/form", ""));
    CHECK(statusOf(client.receive()) == 200);
  }
}

TEST_CASE_METHOD(GuardedServer, "bodies that tell their length keep the connection") {
  const std::string method = GENERATE("POST", "PUT", "PATCH", "DELETE");
  RawClient client = connect();
  for (int i = 0; i < 3; ++i) {
    client.send(headOf(method, "/public/form", "Content-Length: 4\r\n") + "body");
    CHECK(statusOf(client.receive()) == 200);
  }
}

TEST_CASE_METHOD(GuardedServer, "a connection that ends says so") {
  const std::string target = GENERATE("/public/form", "/secret");
  const auto [version, header, ends] = GENERATE(table<std::string, std::string, bool>({
      {"1.0", "", true},
      {"1.0", "Connection: keep-alive\r\n", true},
      {"1.0", "Connection: Keep-Alive\r\n", false},
      {"1.1", "Connection: close\r\n", true},
      {"1.1", "", false},
  }));
  CAPTURE(target, version, header);
  RawClient client = connect();
  client.send("GET " + target + " HTTP/" + version + "\r\nHost: localhost\r\n" + header + "\r\n");
  const std::string answer = client.receive();
  CHECK((answer.find("\r\nConnection: close\r\n") != std::string::npos) == ends);
  CHECK((answer.find("\r\nKeep-Alive: ") != std::string::npos) == !ends);
  if (ends) {
    CHECK(client.atEnd());
  } else {
    client.send(headOf("GET", target, ""));
    CHECK(statusOf(client.receive()) != 0);
  }
}

// As by builds that use select(), for sockets with numbers of 1024 and above.
TEST_CASE("an answer before the head was read ends the connection") {
  httplib::Request request;
  httplib::Response response;
  response.status = 500;
  liveblocks::adapters::CppHttplibClosing()(request, response);
  CHECK(response.get_header_value("Connection") == "close");
}
