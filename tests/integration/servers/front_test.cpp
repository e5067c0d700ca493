#include "catch.hpp"
#include "world.hpp"

using liveblocks_tests::RawClient;
using liveblocks_tests::Reply;
using liveblocks_tests::World;

// For servers whose adapter reads requests itself.

namespace {

std::string hidden() { return World::request("GET", "/public/page", "X-Hidden: 1\r\n"); }

std::string head(const std::string& lines) { return "GET /health HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n"; }

std::string chunked(const std::string& chunks) {
  return World::request("POST", "/api/echo", World::signedIn() + "Transfer-Encoding: chunked\r\n", chunks);
}

/// The statuses on a connection that the server ends after the first response.
int onlyStatus(World& world, const std::string& bytes) {
  RawClient client = world.connect();
  client.send(bytes + hidden());
  const Reply reply = Reply::parse(client.receive());
  CHECK(client.atEnd());
  return reply.status;
}

}  // namespace

TEST_CASE("front: a malformed head is refused, and nothing after it is a request") {
  World world;
  const std::string text = GENERATE_COPY(
      as<std::string>(), "GET /health HTTP/1.1\nHost: localhost\n\n", head("A: b\nContent-Length: 5\r\n"),
      head("A: b\rC: d\r\n"), head("A: b\r\n c\r\n"), head("Content-Length:\r\n 5\r\n"),
      head(std::string("A: b\0c\r\n", 8)), head("A\x01: b\r\n"), head("no colon\r\n"), head(": b\r\n"),
      head("A : b\r\n"), head("Host: other\r\n"), "GET /health HTTP/1.1\r\n\r\n",
      "GET  /health HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /health\r\n\r\n", "G@T /health HTTP/1.1\r\n\r\n",
      "GET /a#b HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET //a/api/me HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /\xc3\xa4 HTTP/1.1\r\nHost: localhost\r\n\r\n", "CONNECT /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /health HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
  CAPTURE(text);
  CHECK(onlyStatus(world, text) == 400);
}

TEST_CASE("front: what is not supported is refused") {
  World world;
  CHECK(onlyStatus(world, "GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n") == 505);
  CHECK(onlyStatus(world, head("Transfer-Encoding: gzip, chunked\r\n")) == 501);
  CHECK(onlyStatus(world, head("Expect: something\r\n")) == 417);
}

TEST_CASE("front: the size of a head is limited") {
  World world;
  std::string fields;
  for (int i = 0; i < 200; ++i) fields += "A: b\r\n";
  CHECK(onlyStatus(world, head(fields)) == 431);
  CHECK(onlyStatus(world, head("A: " + std::string(70'000, 'b') + "\r\n")) == 431);
  CHECK(onlyStatus(world, std::string(70'000, 'b')) == 431);
}

TEST_CASE("front: malformed chunks are refused, and nothing after them is a request") {
  World world;
  const std::string chunks = GENERATE_COPY(
      as<std::string>(), "3 \r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n", "+3\r\nabc\r\n0\r\n\r\n", "\r\n0\r\n\r\n",
      "3\nabc\n0\n\n", "3\r\nabcX\r\n0\r\n\r\n", "3\r\nabc0\r\n\r\n", "3;a\rb\r\nabc\r\n0\r\n\r\n",
      "ffffffffffffffff\r\n", "3;" + std::string(2000, 'x') + "\r\nabc\r\n0\r\n\r\n",
      "0\r\n" + std::string(1000, 'x') + std::string(9, '\n'));
  CAPTURE(chunks);
  CHECK(onlyStatus(world, chunked(chunks)) == 400);
}

TEST_CASE("front: unusual but valid requests are read") {
  World world;
  RawClient client = world.connect();
  client.send("\r\n" + chunked("3;a=1\r\nabc\r\n002\r\nde\r\n0\r\nTrailer: 1\r\n\r\n") + hidden());
  CHECK(Reply::parse(client.receive()).body == "abcde");
  CHECK(Reply::parse(client.receive()).body == "ok");
}

TEST_CASE("front: a client that asks whether it may continue is told so, but only behind the guard") {
  World world;
  const std::string wait = "Expect: 100-continue\r\nContent-Length: 3\r\n";
  RawClient client = world.connect();
  client.send(World::request("POST", "/api/echo", World::signedIn() + wait));
  CHECK(Reply::parse(client.receive(false)).status == 100);
  client.send("abc");
  CHECK(Reply::parse(client.receive()).body == "abc");
  CHECK(onlyStatus(world, World::request("POST", "/api/echo", wait)) == 401);
}

TEST_CASE("front: a client of HTTP/1.0 is not told to continue") {
  World world;
  CHECK(onlyStatus(world, "GET /health HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc") == 200);
}

TEST_CASE("front: a response has nothing of the request before") {
  World world;
  const std::string large = head("A: " + std::string(70'000, 'b') + "\r\n");
  for (const std::string method : {"GET", "HEAD"}) {
    RawClient client = world.connect();
    client.send(World::request(method, "/health", "Cookie: __session=x.y.z\r\n"));
    CHECK_FALSE(Reply::parse(client.receive(method == "GET")).headers.empty());
    client.send(large);
    const Reply refused = Reply::parse(client.receive());
    CHECK(refused.status == 431);
    CHECK(refused.header("X-Clerk-Auth-Status").empty());
    CHECK_FALSE(refused.body.empty());
  }
}

TEST_CASE("front: a body may arrive while the guard waits for keys") {
  World world(World::Keys::fetched);
  const std::string body(200'000, 'x');
  RawClient client = world.connect();
  const std::string sized = "Content-Length: " + std::to_string(body.size()) + "\r\n";
  client.send(World::request("POST", "/api/echo", World::signedIn() + sized, body.substr(0, 150'000)));
  REQUIRE(world.gate().await(1));
  client.send(body.substr(150'000));
  world.gate().open();
  CHECK(Reply::parse(client.receive()).body == body);
}

TEST_CASE("front: a connection ends when its client says so") {
  World world;
  CHECK(onlyStatus(world, head("Connection: Close\r\n")) == 200);
  CHECK(onlyStatus(world, "GET /health HTTP/1.0\r\n\r\n") == 200);
}

TEST_CASE("front: nobody can name the state of a request") {
  World world;
  CHECK(world.replyTo(World::request("GET", "/api/me", "Liveblocks-Request: x\r\n")).status == 401);
  CHECK(world.replyTo(World::request("GET", "/api/me", World::signedIn() + "Liveblocks-Request: x\r\n")).body == "ada");
}
