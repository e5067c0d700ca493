#include "catch.hpp"
#include "world.hpp"

using liveblocks_tests::RawClient;
using liveblocks_tests::Reply;
using liveblocks_tests::World;

TEST_CASE("qt: clients that go away leave the responders of routes valid") {
  World world;
  for (int i = 0; i < 20; ++i) {
    RawClient client = world.connect();
    client.send(World::request("GET", "/public/later"));
    client.reset();
  }
  CHECK(world.replyTo(World::request("GET", "/public/later")).body == "later");
}

TEST_CASE("qt: an upgrade that cannot begin is refused, and does not delay the end") {
  World world;
  const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
  const auto isRefused = [&](const std::string& headers) {
    return world.replyTo(World::request("GET", "/ws", World::signedIn() + headers)).status >= 400;
  };
  CHECK(isRefused("Connection: Upgrade\r\nUpgrade: websocket\r\n"));
  CHECK(isRefused("Upgrade: websocket\r\n" + key));
  CHECK(isRefused("Connection: Upgrade\r\nUpgrade: h2c\r\nUpgrade: websocket\r\n" + key));
  CHECK(isRefused("Connection: not-an-Upgrade\r\nUpgrade: websocket\r\n" + key));
  RawClient client = world.connect();
  client.send(World::request("GET", "/ws",
                             World::signedIn() + "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n" + key));
  CHECK(Reply::parse(client.receive(false)).status == 101);
}
