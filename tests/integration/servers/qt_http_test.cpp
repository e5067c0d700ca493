#include "catch.hpp"
#include "world.hpp"

using liveblocks_tests::RawClient;
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
