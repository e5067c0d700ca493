// The asynchronous code in docs/auth-endpoint.md, docs/rooms.md and docs/testing.md.
#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace {

namespace testing = liveblocks::testing;

void check(bool condition, const char* what) {
  CAPTURE(what);
  CHECK(condition);
}

/// A connection of a server with an event loop.
struct Connection {
  liveblocks::CancellationToken closed() const { return closing.token(); }
  void send(const liveblocks::http::Response& response) { status = response.status; }

  liveblocks::CancellationSource closing;
  int status = 0;
};

/// A database that responds later.
struct Database {
  void findRole(const std::string& userId, const std::string& document,
                const std::function<void(const std::string& role)>& found) {
    scheduler->post([userId, document, found] { found(userId == "bob" && document == "plan" ? "editor" : ""); });
  }

  std::shared_ptr<testing::ManualScheduler> scheduler;
};

// auth-endpoint.md handleAsync: begin
void respond(const liveblocks::AuthEndpoint& endpoint, liveblocks::http::ReceivedRequest request,
             const std::shared_ptr<Connection>& connection) {
  liveblocks::AsyncOptions options;
  options.cancellation = connection->closed();
  endpoint.handleAsync(
      std::move(request), [connection](const liveblocks::http::Response& response) { connection->send(response); },
      options);
}
// auth-endpoint.md handleAsync: end

// auth-endpoint.md decide later: begin
liveblocks::Decide decideByRole(Database& database) {
  return [&database](const liveblocks::AuthRequest& asked, const liveblocks::Callback<liveblocks::Decision>& done) {
    if (!asked.room) return done(liveblocks::Decision());
    database.findRole(asked.caller.userId, *asked.room, [&asked, done](const std::string& role) {
      if (role.empty()) return done(liveblocks::Decision::refuse("You are not a member."));
      const auto permissions = role == "editor" ? liveblocks::FULL_ACCESS : liveblocks::READ_ACCESS;
      done(liveblocks::Decision().allow(*asked.room, permissions));
    });
  };
}
// auth-endpoint.md decide later: end

// rooms.md pages: begin
void collectIds(const liveblocks::Liveblocks& liveblocks, const std::shared_ptr<std::vector<std::string>>& ids,
                const std::optional<std::string>& cursor, const liveblocks::Callback<liveblocks::Result<void>>& done) {
  const auto takePage = [liveblocks, ids, done](const liveblocks::Result<liveblocks::RoomPage>& page) {
    if (!page) return done(page.error());
    for (const liveblocks::Room& room : page->data) ids->push_back(room.id);
    if (!page->nextCursor) return done({});
    collectIds(liveblocks, ids, page->nextCursor, done);
  };
  liveblocks.getRoomsAsync({}, {100, cursor}, takePage);
}
// rooms.md pages: end

// testing.md asynchronous: begin
void roomsAreCreatedLater() {
  const auto scheduler = std::make_shared<testing::ManualScheduler>();
  const auto project = std::make_shared<testing::FakeLiveblocks>();
  project->setScheduler(scheduler);
  const liveblocks::Liveblocks client({project->secretKey()}, project);

  std::optional<liveblocks::Result<liveblocks::Room>> room;
  const auto keep = [&room](liveblocks::Result<liveblocks::Room> result) { room = std::move(result); };
  client.createRoomAsync("design", {}, keep);
  check(!room, "nothing happens until the test says so");
  scheduler->run();
  check(room && *room, "it was created");

  project->delayNext("/v2/rooms", std::chrono::hours(1));
  client.getRoomAsync("design", keep);
  scheduler->runUntil(std::chrono::steady_clock::now() + std::chrono::seconds(10));
  check(room->error().code == liveblocks::Errc::timeout, "the deadline of 8 s has passed, without waiting for it");
}
// testing.md asynchronous: end

}  // namespace

TEST_CASE("docs: an endpoint responds later") {
  const auto scheduler = std::make_shared<testing::ManualScheduler>();
  const auto project = std::make_shared<testing::FakeLiveblocks>();
  project->setScheduler(scheduler);
  Database database{scheduler};
  const auto identify = [](const liveblocks::http::RequestView&, liveblocks::Deadline) {
    return liveblocks::Caller{"bob"};
  };
  const liveblocks::AuthEndpoint endpoint(liveblocks::Liveblocks({project->secretKey()}, project), identify,
                                          decideByRole(database));
  const auto [body, status] = GENERATE(table<std::string, int>({
      {R"({"room":"plan"})", 200},
      {R"({"room":"other"})", 403},
      {"{}", 403},
  }));
  const auto connection = std::make_shared<Connection>();
  respond(endpoint, {"POST", "/api/liveblocks-auth", {}, body}, connection);
  CHECK(connection->status == 0);
  scheduler->run();
  CHECK(connection->status == status);
}

TEST_CASE("docs: rooms are listed page by page") {
  const auto scheduler = std::make_shared<testing::ManualScheduler>();
  const auto project = std::make_shared<testing::FakeLiveblocks>();
  const liveblocks::Liveblocks client({project->secretKey()}, project);
  for (int i = 0; i < 201; ++i) REQUIRE(client.createRoom(std::to_string(i)));
  project->setScheduler(scheduler);
  const auto ids = std::make_shared<std::vector<std::string>>();
  bool ok = false;
  collectIds(client, ids, {}, [&ok](const liveblocks::Result<void>& outcome) { ok = outcome.ok(); });
  scheduler->run();
  CHECK(ok);
  CHECK(ids->size() == 201);
}

TEST_CASE("docs: asynchronous code is tested without waiting") { roomsAreCreatedLater(); }
