// Asynchronous calls that run out of memory: the callback is called exactly once, or the call throws `std::bad_alloc`.

#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "out_of_memory.hpp"

namespace lb = liveblocks;
using liveblocks_tests::runOutOfMemory;

namespace {

constexpr const char* roomText = R"({"type":"room","id":"r","createdAt":"2026-01-02T03:04:05.678Z",)"
                                 R"("organizationId":"default","defaultAccesses":[],"groupsAccesses":{},)"
                                 R"("usersAccesses":{},"metadata":{}})";

/// A client whose responses are scripted.
struct Scene {
  std::vector<lb::Result<lb::http::Response>> responses;
  lb::AsyncOptions how;

  /// `call` makes one call with the client, and counts how often its callback is called.
  void run(const std::function<void(const lb::Liveblocks&, const lb::AsyncOptions&, int& calls)>& call) const {
    bool isBroken = false;
    runOutOfMemory([&] {
      const auto scheduler = std::make_shared<lb::testing::ManualScheduler>();
      const auto transport = std::make_shared<lb::testing::FakeTransport>();
      transport->setScheduler(scheduler);
      for (const auto& response : responses) transport->push(response);
      lb::LiveblocksOptions options;
      options.secret = "sk_test_y";
      options.log = [](lb::LogLevel, std::string_view line) { const std::string kept(line); };
      return [&isBroken, &call, this, scheduler, client = lb::Liveblocks(options, transport)] {
        int calls = 0;
        bool threw = false;
        try {
          call(client, how, calls);
        } catch (const std::bad_alloc&) {
          threw = true;
        }
        scheduler->runUntil((lb::Deadline::max)());
        if (calls != (threw ? 0 : 1)) isBroken = true;
      };
    });
    CHECK_FALSE(isBroken);
  }
};

lb::Executor throughTask() {
  return [](const std::function<void()>& task) { task(); };
}

}  // namespace

TEST_CASE("a token call that runs out of memory still ends once") {
  Scene scene;
  SECTION("with a token") { scene.responses = {lb::testing::jsonResponse(200, R"({"token":"a.b.c"})")}; }
  SECTION("after a repeat") {
    scene.responses = {lb::testing::jsonResponse(503, "{}"), lb::testing::jsonResponse(200, R"({"token":"a.b.c"})")};
  }
  SECTION("without a response") { scene.responses = {lb::Error{lb::Errc::tls, "a long reason, longer than a word"}}; }
  SECTION("with a refusal") {
    scene.responses = {lb::http::Response{403, {{"X-LB-Warn", "Bearer sk_test_y"}}, R"({"error":"\u0073k_test_y"})"}};
  }
  SECTION("through an executor") {
    scene.responses = {lb::testing::jsonResponse(200, R"({"token":"a.b.c"})")};
    scene.how.executor = throughTask();
  }
  scene.run([](const lb::Liveblocks& client, const lb::AsyncOptions& how, int& calls) {
    lb::Session session = client.prepareSession("bob");
    session.allow("room", lb::FULL_ACCESS).authorizeAsync([&calls](const auto&) { ++calls; }, how);
  });
}

TEST_CASE("a room call that runs out of memory still ends once") {
  Scene scene;
  std::string id = "r";
  SECTION("with a room") { scene.responses = {lb::testing::jsonResponse(200, roomText)}; }
  SECTION("with an error") { scene.responses = {lb::testing::jsonResponse(404, R"({"error":"ROOM_NOT_FOUND"})")}; }
  SECTION("with an invalid id") { id = ".."; }
  SECTION("through an executor") {
    id = GENERATE("r", "..");
    scene.responses = {lb::testing::jsonResponse(200, roomText)};
    scene.how.executor = throughTask();
  }
  scene.run([&id](const lb::Liveblocks& client, const lb::AsyncOptions& how, int& calls) {
    client.getRoomAsync(
        id, [&calls](const auto&) { ++calls; }, how);
  });
}
