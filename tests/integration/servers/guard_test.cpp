#include "catch.hpp"
#include "world.hpp"

using liveblocks_tests::profile;
using liveblocks_tests::RawClient;
using liveblocks_tests::Reply;
using liveblocks_tests::World;

namespace {

std::string upgrade(const std::string& headers = "", const std::string& target = "/ws") {
  return World::request("GET", target,
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                            headers);
}

}  // namespace

TEST_CASE("the guard stands before everything") {
  World world;
  const std::string method = GENERATE("GET", "HEAD", "OPTIONS", "DELETE", "PROPFIND");
  const std::string preflight = "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n";
  const std::string headers = method == "OPTIONS" ? preflight : "";
  for (const std::string target : {"/api/me", "/files/page.txt", "/files/", "/api/nowhere", "/nowhere", "/", "/ws"}) {
    CAPTURE(method, target);
    const int status = world.replyTo(World::request(method, target, headers + "Content-Length: 0\r\n")).status;
    // Some servers do not know every method.
    const bool isUnknown = method == "PROPFIND" && (status == 0 || status == 400 || status == 405 || status == 501);
    CHECK((status == 401 || isUnknown));
  }
}

TEST_CASE("those who are signed in get behind it") {
  World world;
  const Reply me = world.replyTo(World::request("GET", "/api/me", World::signedIn()));
  CHECK(me.status == 200);
  CHECK(me.body == "ada");
  const Reply echo =
      world.replyTo(World::request("POST", "/api/echo", World::signedIn() + "Content-Length: 3\r\n", "abc"));
  CHECK(echo.status == 200);
  CHECK(echo.body == "abc");
  CHECK(world.replyTo(World::request("GET", "/api/nowhere", World::signedIn())).status == 404);
  const Reply file = world.replyTo(World::request("GET", "/files/page.txt", World::signedIn()));
  CHECK(file.status == (profile().hasFiles ? 200 : 404));
  if (profile().hasFiles) CHECK(file.body == "from a file");
}

TEST_CASE("what is public is so for everybody") {
  World world;
  CHECK(world.replyTo(World::request("GET", "/health")).body == "ok");
  CHECK(world.replyTo(World::request("GET", "/public/page")).body == "ok");
  CHECK(world.replyTo(World::request("GET", "/public/page", "Authorization: Bearer x.y.z\r\n")).status == 200);
}

TEST_CASE("no path is public by another spelling") {
  World world;
  for (const std::string target :
       {"/public%3F/../api/me", "/public%2F..%2Fapi/me", "/public/../api/me", "/public/%2e%2e/api/me",
        "/public%2f%2e%2e%2fapi%2fme", "/public/..;/api/me", R"(/public\..\api\me)", "/api/me?/public/page",
        "/api/me;/public/page", "//public/../api/me", "/api/me%00/public/page", "/%61pi/me", "/api//me", "/./api/me",
        "/api/me/", "/API/ME", "/Api/me", "/api/me#/public/page", "/api/me#"}) {
    CAPTURE(target);
    const Reply reply = world.replyTo(World::request("GET", target));
    CHECK(reply.status >= 400);
    CHECK(reply.body.find("ada") == std::string::npos);
  }
}

TEST_CASE("a target that is not a path opens nothing") {
  World world;
  const std::string target = GENERATE("http://localhost/public/page", "http://localhost/api/me", "*", "api/me",
                                      "localhost:80", "http://localhost@/public/page");
  CAPTURE(target);
  const std::vector<Reply> replies = world.repliesTo(World::request("GET", target));
  const bool isPublic = target.find("://") != std::string::npos && target.find("/public/page") != std::string::npos;
  for (const Reply& reply : replies) {
    CHECK((reply.status >= 400 || (isPublic && profile().acceptsAbsoluteTargets && reply.body == "ok")));
  }
}

TEST_CASE("a WebSocket is guarded") {
  World world;
  const Reply refused = world.replyTo(upgrade());
  CHECK(refused.status == 401);
  CHECK(world.replyTo(upgrade("Authorization: Bearer x.y.z\r\n")).status == 401);
  RawClient client = world.connect();
  client.send(upgrade(World::signedIn()));
  CHECK(Reply::parse(client.receive(false)).status == (profile().hasWebSockets ? 101 : 404));
}

TEST_CASE("an upgrade of anything else leaves no open connection to it") {
  World world;
  RawClient client = world.connect();
  client.send(upgrade("", "/public/page"));
  const int status = Reply::parse(client.receive()).status;
  // There may be no such WebSocket.
  CHECK((status == 200 || (profile().hasWebSockets && status == 404)));
  client.send(World::request("GET", "/nowhere"));
  // The connection has ended, perhaps with the frame that closes a WebSocket, or the next request is the one that was
  // sent.
  const std::string next = client.receive();
  const bool isFrame = profile().hasWebSockets && next.rfind("\x88\x02", 0) == 0;
  CHECK((next.empty() || isFrame || Reply::parse(next).status == 401));
}

TEST_CASE("a guard that fetches its keys first lets the same people pass") {
  const std::string forged = "Authorization: Bearer " + World::token() + "x\r\n";
  World world(World::Keys::fetched);
  world.gate().open();
  SECTION("a page") {
    const Reply reply = world.replyTo(World::request("GET", "/api/me", World::signedIn()));
    CHECK(reply.status == 200);
    CHECK(reply.body == "ada");
  }
  SECTION("a page for nobody") { CHECK(world.replyTo(World::request("GET", "/api/me", forged)).status == 401); }
  SECTION("a file for nobody") { CHECK(world.replyTo(World::request("GET", "/files/page.txt", forged)).status == 401); }
  SECTION("a WebSocket") {
    RawClient client = world.connect();
    client.send(upgrade(World::signedIn()));
    CHECK(Reply::parse(client.receive(false)).status == (profile().hasWebSockets ? 101 : 404));
  }
  SECTION("a WebSocket for nobody") { CHECK(world.replyTo(upgrade(forged)).status == 401); }
}
