#include <thread>

#include "catch.hpp"
#include "world.hpp"

using liveblocks_tests::RawClient;
using liveblocks_tests::Reply;
using liveblocks_tests::World;

namespace {

/// So many clients that wait for a slow room.
std::vector<RawClient> waitingClients(World& world, int count) {
  std::vector<RawClient> clients;
  for (int i = 0; i < count; ++i) {
    clients.push_back(world.connect());
    clients.back().send(World::post("slow" + std::to_string(i)));
  }
  REQUIRE(world.gate().await(count));
  return clients;
}

}  // namespace

TEST_CASE("calls in flight hold up nobody else") {
  World world;
  std::vector<RawClient> clients = waitingClients(world, 50);
  CHECK(world.replyTo(World::request("GET", "/health")).body == "ok");
  CHECK(world.replyTo(World::request("GET", "/api/me", World::signedIn())).body == "ada");
  CHECK(world.replyTo(World::post("fast")).status == 200);
  world.gate().open();
  for (RawClient& client : clients) CHECK(Reply::parse(client.receive()).status == 200);
}

TEST_CASE("clients that go away take nothing with them") {
  World world;
  std::vector<RawClient> clients = waitingClients(world, 20);
  for (std::size_t i = 0; i < clients.size(); i += 2) clients[i].reset();
  world.gate().open();
  for (std::size_t i = 1; i < clients.size(); i += 2) CHECK(Reply::parse(clients[i].receive()).status == 200);
  CHECK(world.replyTo(World::post("a")).status == 200);
}

TEST_CASE("clients that go away while the guard fetches keys take nothing with them") {
  World world(World::Keys::fetched);
  std::vector<RawClient> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(world.connect());
    clients.back().send(World::request("GET", "/api/me", World::signedIn()));
  }
  REQUIRE(world.gate().await(1));
  for (std::size_t i = 0; i < clients.size(); i += 2) clients[i].reset();
  world.gate().open();
  for (std::size_t i = 1; i < clients.size(); i += 2) CHECK(Reply::parse(clients[i].receive()).body == "ada");
}

TEST_CASE("a server that stops answers what it has received") {
  World world;
  std::vector<RawClient> clients = waitingClients(world, 10);
  std::thread stopping([&] { world.server().stop(); });
  world.gate().open();
  for (RawClient& client : clients) {
    CHECK(Reply::parse(client.receive()).status == 200);
    CHECK(client.atEnd());
  }
  stopping.join();
}

TEST_CASE("a server stops although Liveblocks does not respond") {
  World world;
  std::vector<RawClient> clients = waitingClients(world, 10);
  std::thread stopping([&] { world.server().stop(); });
  world.stopCalls();
  for (RawClient& client : clients) {
    CHECK(Reply::parse(client.receive()).status == 503);
    CHECK(client.atEnd());
  }
  stopping.join();
}
