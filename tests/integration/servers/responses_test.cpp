#include <algorithm>

#include "catch.hpp"
#include "world.hpp"

using liveblocks_tests::profile;
using liveblocks_tests::RawClient;
using liveblocks_tests::Reply;
using liveblocks_tests::World;

namespace {

/// Headers of a browser that returns from a handshake with a session and two more cookies.
std::string returning() {
  return "Sec-Fetch-Dest: document\r\nCookie: __clerk_handshake=" +
         World::clerk().handshakeToken({"__session=" + World::token() + "; Path=/; Secure; SameSite=Lax",
                                        "__client_uat=1; Path=/; Domain=example.com; Secure",
                                        "__clerk_x=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}) +
         "\r\n";
}

}  // namespace

TEST_CASE("each Set-Cookie of the guard leaves by itself, beside that of the application") {
  World world(GENERATE(World::Keys::pem, World::Keys::fetched));
  world.gate().open();
  const Reply reply = world.replyTo(World::request("GET", "/api/me", returning()));
  CHECK(reply.status == 200);
  CHECK(reply.body == "ada");
  std::vector<std::string> cookies = reply.all("Set-Cookie");
  REQUIRE(cookies.size() == 4);
  if (cookies.front() == "app=1") std::rotate(cookies.begin(), cookies.begin() + 1, cookies.end());
  CHECK(cookies[0] ==
        "__session=" + cookies[0].substr(10, cookies[0].find(';') - 10) + "; Path=/; Secure; SameSite=Lax");
  CHECK(cookies[1] == "__client_uat=1; Path=/; Domain=example.com; Secure");
  CHECK(cookies[2] == "__clerk_x=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(cookies[3] == "app=1");
}

TEST_CASE("one person's cookies do not go to the next") {
  const std::string target = GENERATE("/public/page", "/api/nowhere", "/files/page.txt", "/files/none.txt");
  CAPTURE(target);
  World world;
  const auto cookiesAfter = [&](const std::string& headers) {
    return world.replyTo(World::request("GET", target, headers)).all("Set-Cookie").size();
  };
  CHECK(cookiesAfter(World::signedIn()) == 0);
  CHECK(cookiesAfter(returning()) == 3);
  CHECK(cookiesAfter(World::signedIn()) == 0);
  CHECK(cookiesAfter("") == 0);
  CHECK(cookiesAfter(returning()) == 3);
}

TEST_CASE("a redirect leaves with all of its headers") {
  World world;
  const Reply reply =
      world.replyTo(World::request("GET", "/page", "Sec-Fetch-Dest: document\r\nAccept: text/html\r\n"));
  CHECK(reply.status == 307);
  CHECK_THAT(reply.header("Location"), ContainsSubstring("redirect_url=https%3A%2F%2Fapp.example.com%2Fpage"));
  CHECK(reply.header("Cache-Control") == "no-store");
  CHECK(reply.body.empty());
}

TEST_CASE("other methods than POST get a 405 of the endpoint, and the connection goes on") {
  const std::string method = GENERATE("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS");
  CAPTURE(method);
  World world;
  RawClient client = world.connect();
  client.send(World::request(method, "/api/liveblocks-auth", "Content-Length: 0\r\nRange: bytes=0-1\r\n"));
  const bool isHead = method == "HEAD";
  const Reply reply = Reply::parse(client.receive(!isHead));
  CHECK(reply.status == 405);
  CHECK(reply.header("Allow") == "POST");
  if (!isHead) CHECK_THAT(reply.body, ContainsSubstring("method_not_allowed"));
  if (!profile().keepsConnections) return;
  client.send(World::post("a"));
  CHECK(Reply::parse(client.receive()).status == 200);
}

TEST_CASE("a Range does not change a response") {
  World world;
  const Reply reply = world.replyTo(World::post("a", "Range: bytes=0-1\r\n"));
  CHECK(reply.status == 200);
  CHECK(reply.body == R"({"token":"a.b.c"})");
  const Reply refusal = world.replyTo(World::request("GET", "/api/me", "Range: bytes=0-1\r\n"));
  CHECK(refusal.status == 401);
  CHECK_THAT(refusal.body, ContainsSubstring("unauthorized"));
}

TEST_CASE("an exception of the application says nothing about itself") {
  World world;
  const Reply reply = world.replyTo(World::post("fails"));
  CHECK(reply.status == 500);
  CHECK(reply.body.find("private") == std::string::npos);
  const Reply ofHandler = world.replyTo(World::request("GET", "/api/fails", World::signedIn()));
  CHECK(ofHandler.status == 500);
  CHECK(ofHandler.body.find("private") == std::string::npos);
  for (const auto& [name, value] : ofHandler.headers) CHECK(value.find("private") == std::string::npos);
  CHECK(world.replyTo(World::request("GET", "/health")).status == 200);
}
