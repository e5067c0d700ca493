#include "testing/transport_check/server.hpp"

#include "catch.hpp"

using liveblocks::testing::transport_check::expectsContinue;
using liveblocks::testing::transport_check::takeRequest;

TEST_CASE("the server of the transport check reads requests byte for byte") {
  const auto [head, wire, body] = GENERATE(table<std::string, std::string, std::string>({
      {"", "", ""},
      {"Content-Length: 3\r\n", "a\r\n", "a\r\n"},
      {"Content-Length: 0\r\n", "", ""},
      {"Transfer-Encoding: chunked\r\n", "3;x\r\none\r\nB\r\ntwotwotwotw\r\n0\r\n\r\n", "onetwotwotwotw"},
      {"Transfer-Encoding: chunked\r\n", "0\r\nA: b\r\n\r\n", ""},
  }));
  CAPTURE(head);
  std::string bytes = "POST /a%2F?b HTTP/1.1\r\nA:  x \r\na:\r\n" + head + "\r\n" + wire + "GET";
  const auto request = takeRequest(bytes);
  REQUIRE(request);
  CHECK(request->method == "POST");
  CHECK(request->target == "/a%2F?b");
  CHECK(request->valuesOf("A") == std::vector<std::string>{"x", ""});
  CHECK(request->body == body);
  CHECK(bytes == "GET");
}

TEST_CASE("the server of the transport check waits for the rest of a request") {
  const std::string whole =
      GENERATE(as<std::string>(), "GET / HTTP/1.1\r\nA: b\r\n\r\n", "PUT / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody",
               "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nA: b\r\n\r\n");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string bytes = whole.substr(0, size);
    CHECK_FALSE(takeRequest(bytes));
    CHECK(bytes.size() == size);
  }
  std::string bytes = whole;
  CHECK(takeRequest(bytes));
}

TEST_CASE("the server of the transport check reports unreadable requests") {
  std::string bytes = GENERATE(as<std::string>(), "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n");
  CHECK(takeRequest(bytes).value().method == "?");
}

TEST_CASE("the server of the transport check detects clients that wait for 100 Continue") {
  CHECK(expectsContinue("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"));
  CHECK_FALSE(expectsContinue("POST / HTTP/1.1\r\nExpect: 100-continue\r\n"));
  CHECK_FALSE(expectsContinue("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n"));
}
