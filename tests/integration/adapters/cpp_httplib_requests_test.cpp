#include "catch.hpp"
#include "server_fixture.hpp"

using liveblocks_tests::RawClient;
using liveblocks_tests::ServerFixture;
using liveblocks_tests::statusOf;

TEST_CASE_METHOD(ServerFixture, "a token travels through the route") {
  start();
  const std::string answer = answerTo(post(R"({"room":"r"})"));
  CHECK(statusOf(answer) == 200);
  CHECK_THAT(answer, ContainsSubstring("\r\nContent-Type: application/json\r\n"));
  CHECK_THAT(answer, ContainsSubstring("\r\nCache-Control: no-store\r\n"));
  CHECK_THAT(answer, Catch::Matchers::EndsWith("\r\n\r\n{\"token\":\"a.b.c\"}"));
}

TEST_CASE_METHOD(ServerFixture, "the endpoint sees the request as it came") {
  start();
  CHECK(statusOf(answerTo(post("{}", "X-Test: 1\r\nx-test: 2\r\nX-Test: a, b\r\n"))) == 200);
  CHECK(seen() == "POST /api/auth.v1?x=%2F\n1\n2\na, b");
}

TEST_CASE_METHOD(ServerFixture, "the path is no pattern") {
  start();
  const std::string elsewhere = GENERATE("/api/authxv1", "/api/auth.v1/", "/api/auth.v1x");
  CHECK(statusOf(answerTo("POST " + elsewhere + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")) == 404);
  CHECK(statusOf(answerTo("GET /other HTTP/1.1\r\nHost: x\r\n\r\n")) == 200);
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a colon in the path begins no parameter") {
  startStrict([&](httplib::Server& server) { liveblocks::adapters::addRoute(server, "/api/:auth", endpoint()); });
  const auto answerAt = [&](const std::string& path) {
    return statusOf(answerTo("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"));
  };
  CHECK(answerAt("/api/:auth") == 200);
  CHECK(answerAt("/api/x") == 404);
  CHECK(identified() == 1);
}

TEST_CASE_METHOD(ServerFixture, "a connection serves many requests") {
  start();
  RawClient client = connect();
  client.send(post("{}"));
  CHECK(statusOf(client.receive()) == 200);
  client.send(head("GET", ""));
  CHECK(statusOf(client.receive()) == 405);
  client.send(post("not JSON"));
  CHECK(statusOf(client.receive()) == 400);
  client.send(post("{}"));
  CHECK(statusOf(client.receive()) == 200);
}

TEST_CASE_METHOD(ServerFixture, "cookies are sent in the order in which they were added") {
  startStrict([](httplib::Server& server) {
    server.Get("/cookies", [](const httplib::Request& request, httplib::Response& response) {
      liveblocks::adapters::setResponse(request, response,
                                        {200, {{"Set-Cookie", "a=1"}, {"Vary", "Cookie"}, {"Set-Cookie", "a=2"}}, ""});
      liveblocks::adapters::addHeader(response, {"Set-Cookie", "a=3"});
    });
  });
  const std::string answer = answerTo("GET /cookies HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK_THAT(answer, ContainsSubstring("\r\nSet-Cookie: a=1\r\nSet-Cookie: a=2\r\nSet-Cookie: a=3\r\n"));
}

TEST_CASE_METHOD(ServerFixture, "other methods are told what is allowed") {
  start();
  const std::string method = GENERATE("GET", "PUT", "PATCH", "DELETE", "OPTIONS");
  const std::string answer = answerTo(head(method, ""));
  CHECK(statusOf(answer) == 405);
  CHECK_THAT(answer, ContainsSubstring("\r\nAllow: POST\r\n"));
  CHECK_THAT(answer, ContainsSubstring(R"({"error":"method_not_allowed",)"));
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "HEAD is answered without a body") {
  start();
  RawClient client = connect();
  client.send(head("HEAD", "Connection: close\r\n"));
  const std::string answer = client.receive(false);
  CHECK(statusOf(answer) == 405);
  CHECK_THAT(answer, ContainsSubstring("\r\nAllow: POST\r\n"));
  CHECK(client.atEnd());
}

TEST_CASE_METHOD(ServerFixture, "the unread body of another method is not taken for a request") {
  start();
  const std::string method = GENERATE("GET", "PUT", "PATCH", "DELETE", "OPTIONS");
  const std::string smuggled = post("{}");
  RawClient client = connect();
  client.send(head(method, "Content-Length: " + std::to_string(smuggled.size()) + "\r\n") + smuggled);
  CHECK(statusOf(client.receive()) == 405);
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}
