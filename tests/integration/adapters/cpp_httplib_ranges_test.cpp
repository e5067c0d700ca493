#include <string>

#include "catch.hpp"
#include "guarded_server.hpp"
#include "server_fixture.hpp"

using liveblocks_tests::GuardedServer;
using liveblocks_tests::RawClient;
using liveblocks_tests::ServerFixture;
using liveblocks_tests::statusOf;

namespace {

std::string manyRanges() {
  std::string list = "0-";
  for (int i = 1; i < 2000; ++i) list += ",0-";
  return list;
}

std::string anyRange() {
  const std::string ranges =
      GENERATE(as<std::string>{}, "0-3", "100-", "99999999-", "-1", "0-0,2-2", "9223372036854775000-", manyRanges());
  return "Range: bytes=" + ranges + "\r\n";
}

std::string contentOf(const std::string& response) { return response.substr(response.find("\r\n\r\n") + 4); }

void checkIsWhole(const std::string& response, int status, const std::string& content) {
  CHECK(statusOf(response) == status);
  CHECK(contentOf(response) == content);
  CHECK_THAT(response, ContainsSubstring("\r\nContent-Type: application/json\r\n"));
  CHECK_THAT(response, !ContainsSubstring("Content-Range"));
}

}  // namespace

TEST_CASE_METHOD(GuardedServer, "an answer of the guard is whole, whatever ranges are asked for") {
  const std::string range = anyRange();
  checkIsWhole(get("/secret", range), 401, contentOf(get("/secret")));
  checkIsWhole(get("http://x/", range), 400, contentOf(get("http://x/")));
  const std::string body = "Content-Length: 4\r\n";
  RawClient client = connect();
  client.send("POST /secret HTTP/1.1\r\nHost: localhost\r\n" + body + range + "\r\nbody");
  checkIsWhole(client.receive(), 401, contentOf(get("/secret")));
}

TEST_CASE_METHOD(GuardedServer, "an answer of the application is cut to one range at most, and for GET alone") {
  const std::string one = "Range: bytes=0-2\r\n";
  const std::string many = "Range: bytes=" + manyRanges() + "\r\n";
  const std::string target = GENERATE("/public/page", "/files/secret.txt");
  const std::string whole = get(target, authorization());
  const std::string part = get(target, authorization() + one);
  CHECK(statusOf(part) == 206);
  CHECK(contentOf(part) == contentOf(whole).substr(0, 3));
  const std::string ranged = get(target, authorization() + many);
  CHECK(statusOf(ranged) == 200);
  CHECK(contentOf(ranged) == contentOf(whole));
  CHECK_THAT(ranged, !ContainsSubstring("Content-Range"));

  RawClient client = connect();
  client.send("POST /public/form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n" + one + "\r\nbody");
  const std::string posted = client.receive();
  CHECK(statusOf(posted) == 200);
  CHECK(contentOf(posted) == "posted");
}

TEST_CASE_METHOD(ServerFixture, "an answer of the endpoint is whole, whatever ranges are asked for") {
  start();
  const std::string range = anyRange();
  checkIsWhole(answerTo(post("{}", range)), 200, R"({"token":"a.b.c"})");
  for (const std::string& request : {head("GET", ""), post("not JSON"), post("{}", "Content-Encoding: br\r\n"),
                                     head("POST", "Transfer-Encoding: chunked\r\n")}) {
    const std::string expected = answerTo(request);
    std::string ranged = request;
    checkIsWhole(answerTo(ranged.insert(ranged.find("\r\n") + 2, range)), statusOf(expected), contentOf(expected));
  }
}
