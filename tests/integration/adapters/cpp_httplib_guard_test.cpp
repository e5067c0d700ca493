#include <string>

#include "catch.hpp"
#include "guarded_server.hpp"

using liveblocks_tests::GuardedServer;
using liveblocks_tests::RawClient;
using liveblocks_tests::statusOf;

namespace {

bool holds(const std::string& response, const std::string& text) { return response.find(text) != std::string::npos; }

}  // namespace

TEST_CASE_METHOD(GuardedServer, "what is not public is not reached around the guard") {
  const std::string target =
      GENERATE("/secret", "/%73ecret", "/secret?x", "/secret#", "/public/../secret", "/public/%2e%2e/secret",
               "/public%2F..%2Fsecret", "/public/%2E%2E%2Fsecret", "//secret", "/public//x", "/public;/../secret",
               "/%u0073ecret", "/%2573ecret", "/files/secret.txt", "/files/%73ecret.txt", "/public/..%5Csecret",
               "/public%", "/unknown");
  CAPTURE(target);
  CHECK(statusOf(get(target)) == 401);
}

TEST_CASE_METHOD(GuardedServer, "a target that does not begin with a slash is refused, with and without a session") {
  const std::string target =
      GENERATE("http://localhost/secret", "http://localhost/public/", "http://a%2Freports%2Fx/public/", "public/", "*",
               "?/secret", "?x", "https:/public/", "%2Fpublic/", "\\public/", "localhost:443");
  CAPTURE(target);
  RawClient client = connect();
  client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + authorization() + "\r\n");
  const std::string response = client.receive();
  CHECK(statusOf(response) == 400);
  CHECK(holds(response, R"({"error":"bad_request","reason":"The target must begin with a slash"})"));
  CHECK(holds(response, "Cache-Control: no-store\r\n"));
  CHECK(client.atEnd());
}

TEST_CASE_METHOD(GuardedServer, "what is public is reached by everybody, and told who came") {
  const std::string response = get(GENERATE("/public/", "/public/a%20b?x", "/%70ublic/x"));
  CHECK(statusOf(response) == 200);
  CHECK(holds(response, "\r\n\r\npublic"));
  CHECK(holds(response, "X-Clerk-Auth-Status: signed-out"));
}

TEST_CASE_METHOD(GuardedServer, "who is signed in reaches handlers and files") {
  const auto [target, body] = GENERATE(table<std::string, std::string>({
      {"/secret", "secret"},
      {"/%73ecret", "secret"},
      {"/unknown", "anything"},
      {"/files/secret.txt", "from a file"},
  }));
  CAPTURE(target);
  const std::string response = get(target, authorization());
  CHECK(statusOf(response) == 200);
  CHECK(holds(response, "\r\n\r\n" + body));
}

TEST_CASE_METHOD(GuardedServer, "a page is redirected over the wire") {
  const std::string response = get("/secret?a=b", "Accept: text/html\r\n");
  CHECK(statusOf(response) == 307);
  CHECK(holds(response,
              "Location: https://accounts.example.com/sign-in?redirect_url="
              "https%3A%2F%2Fapp.example.com%2Fsecret%3Fa%3Db\r\n"));
  CHECK(holds(response, "Cache-Control: no-store\r\n"));
  CHECK(holds(response, "Content-Length: 0\r\n"));
  CHECK_FALSE(holds(response, "Content-Type"));
}

TEST_CASE_METHOD(GuardedServer, "the body of a refused request is not taken for the next one") {
  const std::string smuggled = "GET /public/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string framing = GENERATE_COPY("Content-Length: " + std::to_string(smuggled.size()) + "\r\n",
                                            std::string("Transfer-Encoding: chunked\r\n"));
  RawClient client = connect();
  client.send("POST /secret HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n" + smuggled);
  const std::string response = client.receive();
  CHECK(statusOf(response) == 401);
  CHECK(holds(response, "Connection: close\r\n"));
  CHECK(client.atEnd());
}

TEST_CASE_METHOD(GuardedServer, "a refused request without a body leaves the connection open") {
  RawClient client = connect();
  const std::string head = "GET /secret HTTP/1.1\r\nHost: localhost\r\n";
  client.send(head + "\r\n");
  CHECK(statusOf(client.receive()) == 401);
  client.send(head + authorization() + "\r\n");
  CHECK(statusOf(client.receive()) == 200);
}

TEST_CASE_METHOD(GuardedServer, "a request with a body that may pass is read to its end") {
  RawClient client = connect();
  client.send("POST /secret HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n" + authorization() + "\r\nbody");
  const std::string response = client.receive();
  CHECK(statusOf(response) == 200);
  CHECK(holds(response, "posted"));
}
