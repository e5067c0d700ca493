#include <sstream>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;
using liveblocks::http::findHeader;

namespace {

using Answer = liveblocks::Result<liveblocks::http::Response>;

/// The outcome when the server sends those bytes and then closes.
template <class Runner>
Answer answerTo(const std::string& bytes, std::size_t maxBody = 1000, const std::string& method = "GET") {
  LoopbackServer server([&](Connection& connection) {
    connection.readRequest();
    connection.write(bytes);
  });
  liveblocks::http::Call call = within(ample);
  call.maxBody = maxBody;
  return Runner::make()->send({method, server.url(), {}, {}}, call);
}

/// The outcome when the server sends the first text and then the second again and again.
template <class Runner>
Answer answerWithoutEnd(const std::string& beginning, const std::string& more) {
  LoopbackServer server([&](Connection& connection) {
    connection.readRequest();
    connection.write(beginning);
    while (connection.write(more)) {
    }
  });
  return send(*Runner::make(), get(server.url()));
}

std::string chunk(const std::string& text) {
  std::ostringstream out;
  out << std::hex << text.size() << "\r\n" << text << "\r\n";
  return out.str();
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("an answer arrives as it was sent", "", BothWays) {
  const Answer answer = answerTo<TestType>(
      "HTTP/1.1 418 Teapot\r\nContent-Type: text/plain\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n"
      "Content-Length: 3\r\n\r\na\nb");
  REQUIRE(answer);
  CHECK(answer->status == 418);
  CHECK(answer->body == "a\nb");
  REQUIRE(answer->headers.size() == 4);
  CHECK(answer->headers[2].name == "set-cookie");
  CHECK(answer->headers[2].value == "b=2");
}

TEMPLATE_LIST_TEST_CASE("each way of ending a body is understood", "", BothWays) {
  const auto [bytes, body] = GENERATE(table<std::string, std::string>({
      {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""},
      {"HTTP/1.1 204 No Content\r\n\r\n", ""},
      {"HTTP/1.1 304 Not Modified\r\nContent-Length: 50\r\n\r\n", ""},
      {"HTTP/1.1 200 OK\r\n\r\nuntil the end", "until the end"},
      {"HTTP/1.0 200 OK\r\n\r\nold", "old"},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3;x=y\r\ntwo\r\n0\r\nX: y\r\n\r\n", "onetwo"},
      {"HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok"},
  }));
  CAPTURE(bytes);
  const Answer answer = answerTo<TestType>(bytes);
  REQUIRE(answer);
  CHECK(answer->body == body);
  CHECK_FALSE(findHeader(*answer, "X"));
  CHECK_FALSE(findHeader(*answer, "A"));
}

TEMPLATE_LIST_TEST_CASE("HEAD has no body, whatever its Content-Length says", "", BothWays) {
  const Answer answer = answerTo<TestType>("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n", 10, "HEAD");
  REQUIRE(answer);
  CHECK(answer->body.empty());
}

TEMPLATE_LIST_TEST_CASE("an answer that is cut short is an error", "", BothWays) {
  const std::string bytes = GENERATE(as<std::string>(), "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                                     "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n",
                                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\non");
  CAPTURE(bytes);
  const Answer answer = answerTo<TestType>(bytes);
  CHECK(codeOf(answer) == Errc::reset);
}

TEMPLATE_LIST_TEST_CASE("a header section that is cut short is an error", "", BothWays) {
  const std::string bytes = GENERATE(as<std::string>(), "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Le",
                                     "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
                                     "HTTP/1.1 101 Switching Protocols\r\n\r\n");
  CAPTURE(bytes);
  const Answer answer = answerTo<TestType>(bytes);
  CHECK(codeOf(answer) == Errc::reset);
}

TEMPLATE_LIST_TEST_CASE("a connection reset inside the answer is an error", "", BothWays) {
  const std::string beginning =
      GENERATE(as<std::string>(), "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
               "HTTP/1.1 200 OK\r\n\r\nhalf");
  CAPTURE(beginning);
  LoopbackServer server([&](Connection& connection) {
    connection.readRequest();
    connection.write(beginning);
    connection.reset();
  });
  const Answer answer = send(*TestType::make(), get(server.url()));
  CHECK(codeOf(answer) == Errc::reset);
}

TEMPLATE_LIST_TEST_CASE("what is no HTTP answer is refused", "", BothWays) {
  const std::string bytes =
      GENERATE(as<std::string>(), "SSH-2.0-OpenSSH_9.2\r\n", "220 mail.example ESMTP\r\n", "<html></html>",
               "HTTP/7.1 200 OK\r\n\r\n", "HTTP/1.1 2xx OK\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n",
               "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
               "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok.",
               "HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nok.", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nok",
               "HTTP/1.1 200 OK\r\nX: a\rContent-Length: 0\r\nContent-Length: 2\r\n\r\nok",
               "HTTP/1.1 200 OK\r\nBad(Name): x\r\nContent-Length: 2\r\n\r\nok",
               "HTTP/1.1 200 OK\r\nHTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nok",
               "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok",
               "HTTP/1.1 100 Continue\r\nContent-Length: 1\r\n\r\nHTTP/1.1 200 OK\r\n\r\nok");
  CAPTURE(bytes);
  const Answer answer = answerTo<TestType>(bytes);
  CHECK(codeOf(answer) == Errc::upstream);
}

TEMPLATE_LIST_TEST_CASE("an answer that ends in two places is refused, and its connection closed", "", BothWays) {
  const std::string head = GENERATE("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                                    "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
                                    "Transfer-Encoding: chunked\r\nContent-Length: 16\r\n",
                                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                                    "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: identity\r\n",
                                    "Transfer-Encoding:\x0b"
                                    "chunked\r\nContent-Length: 2\r\n",
                                    "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n",
                                    "Transfer-Encoding:\r\n chunked\r\nContent-Length: 2\r\n");
  CAPTURE(head);
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest& request) {
    if (request.body == "next") {
      connection.respond(200, "next");
      return;
    }
    connection.write("HTTP/1.1 200 OK\r\n" + head + "\r\n2\r\nok\r\n0\r\n\r\n");
  }));
  const auto transport = TestType::make();
  CHECK(codeOf(send(*transport, post(server.url(), "first"))) == Errc::upstream);
  CHECK(send(*transport, post(server.url(), "next")).value().body == "next");
  CHECK(server.connectionCount() == 2);
}

TEMPLATE_LIST_TEST_CASE("after an answer without a body that announces one the connection is not used again", "",
                        BothWays) {
  const auto [head, connections] = GENERATE(table<std::string, int>({
      {"204 No Content\r\n", 1},
      {"204 No Content\r\nContent-Length: 0\r\n", 1},
      {"204 No Content\r\nContent-Length: 4\r\n", 2},
      {"204 No Content\r\nTransfer-Encoding: chunked\r\n", 2},
  }));
  CAPTURE(head);
  LoopbackServer server(eachRequest([&, lines = head](Connection& connection, const ReceivedRequest&) {
    connection.write("HTTP/1.1 " + lines + "\r\n");
  }));
  const auto transport = TestType::make();
  for (int i = 0; i < 2; ++i) CHECK(send(*transport, get(server.url())).value().status == 204);
  CHECK(server.connectionCount() == connections);
}

TEMPLATE_LIST_TEST_CASE("bytes beyond the Content-Length do not leak into the next answer", "", BothWays) {
  LoopbackServer server([](Connection& connection) {
    while (connection.readRequest()) {
      connection.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    }
  });
  const auto transport = TestType::make();
  for (int i = 0; i < 2; ++i) CHECK(send(*transport, get(server.url())).value().body == "ok");
}

TEMPLATE_LIST_TEST_CASE("a header section without end is cut", "", BothWays) {
  const auto [beginning, more] = GENERATE(table<std::string, std::string>({
      {"HTTP/1.1 200 OK\r\n", "X-Filler: " + std::string(1000, 'x') + "\r\n"},
      {"HTTP/1.1 200 OK\r\n", "a: b\r\n"},
      {"HTTP/1.1 200 OK\r\nX-Long: ", std::string(1000, 'x')},
      {"", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: " + std::string(1000, 'x') + "\r\n"},
  }));
  CAPTURE(beginning, more.substr(0, 30));
  const Answer answer = answerWithoutEnd<TestType>(beginning, more);
  CHECK(codeOf(answer) == Errc::tooLarge);
}

TEMPLATE_LIST_TEST_CASE("a body without end is cut", "", BothWays) {
  const auto [beginning, more] = GENERATE(table<std::string, std::string>({
      {"HTTP/1.1 200 OK\r\n\r\n", std::string(5000, 'x')},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(std::string(5000, 'x'))},
  }));
  const Answer answer = answerWithoutEnd<TestType>(beginning, more);
  CHECK(codeOf(answer) == Errc::tooLarge);
}

TEMPLATE_LIST_TEST_CASE("the size of the body is bounded, however it is framed", "", BothWays) {
  const std::size_t limit = GENERATE(as<std::size_t>(), 1, 100, 70000);
  const int beyond = GENERATE(-1, 0, 1);
  const std::string body(static_cast<std::size_t>(static_cast<int>(limit) + beyond), 'x');
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const std::string bytes =
      GENERATE_COPY(head + "\r\n" + body, head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
                    head + "Transfer-Encoding: chunked\r\n\r\n" + (body.empty() ? "" : chunk(body)) + "0\r\n\r\n");
  CAPTURE(limit, beyond, bytes.substr(0, 50));
  const Answer answer = answerTo<TestType>(bytes, limit);
  REQUIRE(static_cast<bool>(answer) == (beyond <= 0));
  if (answer) CHECK(answer->body == body);
  if (!answer) CHECK(codeOf(answer) == Errc::tooLarge);
}

TEMPLATE_LIST_TEST_CASE("a caller may want no body at all", "", BothWays) {
  CHECK(answerTo<TestType>("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 0));
  CHECK(codeOf(answerTo<TestType>("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 0)) == Errc::tooLarge);
}

TEMPLATE_LIST_TEST_CASE("a Content-Length that is too large ends the exchange before the body", "", BothWays) {
  LoopbackServer server([](Connection& connection) {
    connection.readRequest();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
    connection.awaitClose();
  });
  liveblocks::http::Call call = within(ample);
  call.maxBody = 1000;
  CHECK(codeOf(TestType::make()->send(get(server.url()), call)) == Errc::tooLarge);
}

TEMPLATE_LIST_TEST_CASE("redirects are not followed", "", BothWays) {
  const int status = GENERATE(301, 302, 303, 307, 308);
  int requests = 0;
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest&) {
    ++requests;
    connection.respond(status, "", "Location: /elsewhere\r\n");
  }));
  const Answer answer = send(*TestType::make(), post(server.url(), "x"));
  REQUIRE(answer);
  CHECK(answer->status == status);
  CHECK(findHeader(*answer, "location") == "/elsewhere");
  CHECK(requests == 1);
}

TEMPLATE_LIST_TEST_CASE("compressed bytes are passed on as they are", "", BothWays) {
  const std::string coding = GENERATE("gzip", "deflate", "br", "unknown");
  const Answer answer = answerTo<TestType>("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding +
                                           "\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x04");
  REQUIRE(answer);
  CHECK(answer->body == "\x1f\x8b\x08\x04");
  CHECK(findHeader(*answer, "Content-Encoding") == coding);
}
