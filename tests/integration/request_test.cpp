#include <mutex>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;
using namespace std::string_literals;

namespace {

/// What the server sees of a request.
template <class Runner>
ReceivedRequest sent(liveblocks::http::Request request, const liveblocks::http::CurlTransportOptions& options = {}) {
  ReceivedRequest received;
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest& seen) {
    received = seen;
    connection.respond(200, "");
  }));
  request.url = server.url(request.url);
  REQUIRE(send(*Runner::make(options), request));
  return received;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("method, path and body arrive as given", "", BothWays) {
  const auto [method, body, length] = GENERATE(table<std::string, std::string, std::optional<std::string>>({
      {"GET", "", std::nullopt},
      {"GET", "odd", "3"},
      {"POST", "", "0"},
      {"POST", "a\0b\r\n\xff"s, "6"},
      {"PUT", "", "0"},
      {"PUT", "x", "1"},
      {"PATCH", "x", "1"},
      {"DELETE", "", std::nullopt},
      {"DELETE", "x", "1"},
      {"OPTIONS", "", std::nullopt},
  }));
  CAPTURE(method, body);
  const ReceivedRequest seen = sent<TestType>({method, "/a%2Fb/c?d=%20e&f", {}, body});
  CHECK(seen.requestLine() == method + " /a%2Fb/c?d=%20e&f HTTP/1.1");
  CHECK(seen.header("Content-Length") == length);
  CHECK(seen.body == body);
  CHECK_FALSE(seen.header("Transfer-Encoding"));
}

TEMPLATE_LIST_TEST_CASE("the target arrives byte for byte", "", BothWays) {
  const std::string target = GENERATE(as<std::string>(), "/?", "/a?", "/a/../b/./c", "/%2e%2E/x", "/a%2fb%2F", "//x",
                                      "/a//b/", "/x;y=1,2", "/~!$&'()*+,=:@", "/?a=b?c/d&e+f%20", "/%C3%A4%00");
  CAPTURE(target);
  CHECK(sent<TestType>(get(target)).requestLine() == "GET " + target + " HTTP/1.1");
}

TEMPLATE_LIST_TEST_CASE("a fragment stays at home", "", BothWays) {
  CHECK(sent<TestType>(get("/a?b#c")).requestLine() == "GET /a?b HTTP/1.1");
}

TEMPLATE_LIST_TEST_CASE("headers arrive as given, and no others than the protocol needs", "", BothWays) {
  const ReceivedRequest seen =
      sent<TestType>({"POST", "/", {{"Authorization", "Bearer x", true}, {"X-Empty", ""}, {"X-Tab", "a\tb"}}, "body"});
  CHECK(seen.header("Authorization") == "Bearer x");
  CHECK(seen.header("X-Empty") == "");
  CHECK(seen.header("X-Tab") == "a\tb");
  CHECK(seen.header("Accept") == "*/*");
  for (const char* name : {"Content-Type", "Accept-Encoding", "Cookie", "Expect", "Proxy-Connection", "Upgrade"}) {
    CAPTURE(name);
    CHECK_FALSE(seen.header(name));
  }
}

TEMPLATE_LIST_TEST_CASE("the caller's Content-Type and Accept win", "", BothWays) {
  const ReceivedRequest seen =
      sent<TestType>({"POST", "/", {{"content-type", "application/json"}, {"Accept", "application/json"}}, "{}"});
  CHECK(seen.header("Content-Type") == "application/json");
  CHECK(seen.header("Accept") == "application/json");
}

TEMPLATE_LIST_TEST_CASE("the user agent names this library", "", BothWays) {
  CHECK(sent<TestType>(get("/")).header("User-Agent") == "liveblocks-cpp/" LIVEBLOCKS_VERSION);
  liveblocks::http::CurlTransportOptions options;
  options.userAgentPrefix = "board/2.1";
  CHECK(sent<TestType>(get("/"), options).header("User-Agent") == "board/2.1 liveblocks-cpp/" LIVEBLOCKS_VERSION);
}

TEMPLATE_LIST_TEST_CASE("a large body is sent at once, without asking first", "", BothWays) {
  const std::string body(3 << 20, 'x');
  const ReceivedRequest seen = sent<TestType>(post("/", body));
  CHECK(seen.body.size() == body.size());
  CHECK_FALSE(seen.header("Expect"));
}

TEMPLATE_LIST_TEST_CASE("nothing of one request is left in the next", "", BothWays) {
  std::vector<ReceivedRequest> seen;
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest& request) {
    seen.push_back(request);
    connection.respond(200, "", "Set-Cookie: a=1\r\n");
  }));
  const auto transport = TestType::make();
  REQUIRE(send(*transport, {"PUT", server.url("/1"), {{"Authorization", "Bearer x"}}, "body"}));
  REQUIRE(send(*transport, get(server.url("/2"))));
  REQUIRE(server.connectionCount() == 1);
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].requestLine() == "GET /2 HTTP/1.1");
  CHECK(seen[1].body.empty());
  for (const char* name : {"Authorization", "Cookie", "Content-Length"}) CHECK_FALSE(seen[1].header(name));
}

TEMPLATE_LIST_TEST_CASE("a request that must not be sent is not", "", BothWays) {
  LoopbackServer server([](Connection& connection) { connection.awaitClose(); });
  const std::string port = std::to_string(server.port());
  const std::vector<liveblocks::http::Request> requests{
      get("http://0.0.0.0:" + port + "/"),
      get("http://user:pass@127.0.0.1:" + port + "/"),
      get("ftp://127.0.0.1:" + port + "/"),
      get("127.0.0.1:" + port),
      {"GET", server.url(), {{"X", "a\r\nY: b"}}, {}},
      {"GET /evil HTTP/1.1\r\nX:", server.url(), {}, {}},
      {"POST", server.url(), {{"Content-Length", "0"}}, "body"},
  };
  for (const auto& request : requests) {
    CAPTURE(request.url);
    const auto answer = send(*TestType::make(), request);
    CHECK(codeOf(answer) == Errc::invalidRequest);
  }
  CHECK(server.connectionCount() == 0);
}

TEMPLATE_LIST_TEST_CASE("plain http beyond loopback is sent where the call allows it", "", BothWays) {
  LoopbackServer server(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); }));
  liveblocks::http::Call call = within(ample);
  call.allowInsecureHttp = true;
  // Not a loopback address, but one that leads to this machine.
  CHECK(TestType::make()->send(get("http://0.0.0.0:" + std::to_string(server.port())), call).value().body == "ok");
}
