#include "catch.hpp"
#include "world.hpp"

using liveblocks_tests::profile;
using liveblocks_tests::RawClient;
using liveblocks_tests::Reply;
using liveblocks_tests::World;

namespace {

/// The lines of a request as the endpoint saw it whose name is `name`, in any case.
std::vector<std::string> linesOf(const std::string& seen, const std::string& name) {
  Reply reader;
  std::size_t begin = seen.find('\n') + 1;
  for (std::size_t end = seen.find('\n', begin); end != std::string::npos; end = seen.find('\n', begin)) {
    const std::string line = seen.substr(begin, end - begin);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) reader.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    begin = end + 1;
  }
  return reader.all(name);
}

}  // namespace

TEST_CASE("method, target and body reach the endpoint as they were sent") {
  World world;
  const std::string body = R"({"room":"a/b","x":"\u00e4 %20"})";
  const std::string target = "/api/liveblocks-auth?x=%2F%20+&y=%C3%A4&&";
  const Reply reply = world.replyTo(World::request(
      "POST", target, World::signedIn() + "Content-Length: " + std::to_string(body.size()) + "\r\n", body));
  CHECK(reply.status == 200);
  CHECK(reply.body == R"({"token":"a.b.c"})");
  CHECK(reply.header("Content-Type") == "application/json");
  CHECK(reply.header("Cache-Control") == "no-store");
  REQUIRE(world.seen().size() == 1);
  CHECK(world.seen()[0].rfind("POST " + target + "\n", 0) == 0);
  CHECK(world.seen()[0].substr(world.seen()[0].rfind('\n') + 1) == body);
}

TEST_CASE("header values reach the endpoint as they were sent") {
  World world;
  const std::string cookie = "a=\"b c\"; ref=%3B__session%3Dx; empty=; last=1";
  CHECK(world.replyTo(World::post("a", "Cookie: " + cookie + "\r\nX-Test:  a \t b%20 \r\n")).status == 200);
  REQUIRE(world.seen().size() == 1);
  const bool keeps = profile().keepsHeaderValues;
  CHECK(linesOf(world.seen()[0], "x-test") == std::vector<std::string>{keeps ? "a \t b%20" : "a \t b "});
  const std::string decoded = "a=\"b c\"; ref=;__session=x; empty=; last=1";
  if (profile().keepsCookies) {
    CHECK(linesOf(world.seen()[0], "cookie") == std::vector<std::string>{keeps ? cookie : decoded});
  } else {
    CHECK_THAT(world.seen()[0], ContainsSubstring("ref=%3B__session%3Dx"));
  }
}

TEST_CASE("encoded words in header values are not decoded") {
  World world;
  CHECK(world.replyTo(World::post("a", "X-Test: =?utf-8?q?=61?=\r\n")).status == 200);
  REQUIRE(world.seen().size() == 1);
  const std::string expected = profile().decodesWords ? "a" : "=?utf-8?q?=61?=";
  CHECK(linesOf(world.seen()[0], "x-test") == std::vector<std::string>{expected});
}

TEST_CASE("no header value contains a line end") {
  World world;
  const Reply reply = world.replyTo(World::post("a", "X-Test: =?utf-8?q?=0D=0AX:_1?=\r\n"));
  CHECK(reply.status == (profile().decodesWords ? 400 : 200));
}

TEST_CASE("repeated headers reach the endpoint in their order, or only one of them") {
  World world;
  const std::string lines = "X-Test: 1\r\nCookie: first=1\r\nx-test: 2\r\ncookie: second=2\r\nX-TEST: 3\r\n";
  CHECK(world.replyTo(World::post("a", lines)).status == 200);
  REQUIRE(world.seen().size() == 1);
  const std::vector<std::string> values = linesOf(world.seen()[0], "x-test");
  if (profile().keepsRepeatedHeaders) {
    CHECK(values == std::vector<std::string>{"1", "2", "3"});
  } else {
    CHECK(values.size() == 1);
  }
  if (profile().keepsCookies) {
    CHECK(linesOf(world.seen()[0], "cookie") == std::vector<std::string>{"first=1", "second=2"});
  } else {
    CHECK_THAT(world.seen()[0], ContainsSubstring("first=1"));
    CHECK_THAT(world.seen()[0], ContainsSubstring("second=2"));
  }
}

TEST_CASE("of two tokens none counts, or only one arrives") {
  World world;
  const std::string forged = "Authorization: Bearer " + World::token() + "x\r\n";
  const std::string both = GENERATE_COPY(World::signedIn() + forged, forged + World::signedIn());
  const Reply reply = world.replyTo(World::request("GET", "/api/me", both));
  // Where only one of them arrives, it may be the valid one.
  if (profile().keepsRepeatedHeaders || reply.status != 200) CHECK(reply.status == 401);
  CHECK(world.replyTo(World::request("GET", "/api/me", forged)).status == 401);
}

TEST_CASE("the cookies of a Clerk application have room") {
  World world;
  std::string cookies = "__session=" + World::token();
  while (cookies.size() + 1000 < profile().longestHeader) {
    cookies += "; c" + std::to_string(cookies.size()) + "=" + std::string(900, 'x');
  }
  CHECK(world.replyTo(World::post("a", "Cookie: " + cookies + "; last=1\r\n")).status == 200);
  REQUIRE(world.seen().size() == 1);
  CHECK_THAT(world.seen()[0], ContainsSubstring("last=1"));
}

TEST_CASE("several requests share a connection") {
  World world;
  RawClient client = world.connect();
  client.send(World::post("a"));
  CHECK(Reply::parse(client.receive()).status == 200);
  if (!profile().keepsConnections) {
    CHECK(client.atEnd());
    return;
  }
  for (int i = 0; i < 3; ++i) {
    client.send(World::request("GET", "/health"));
    CHECK(Reply::parse(client.receive()).body == "ok");
    client.send(World::post("a"));
    CHECK(Reply::parse(client.receive()).status == 200);
  }
}
