#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <optional>
#include <utility>

#include "catch.hpp"

using namespace std::chrono_literals;
namespace http = liveblocks::http;
namespace testing = liveblocks::testing;
using liveblocks::Errc;
using liveblocks::Result;

namespace {

struct Fixture {
  std::shared_ptr<testing::ManualScheduler> scheduler = std::make_shared<testing::ManualScheduler>();
  testing::FakeTransport transport;
  testing::FakeLiveblocks project;
  testing::FakeClerk clerk;
  liveblocks::CancellationSource cancellation;
  liveblocks::Deadline now = std::chrono::steady_clock::now();
  http::Call call{now + 1h};
  std::optional<Result<http::Response>> outcome;

  Fixture() {
    transport.setHandler([](const auto&, const auto&) { return testing::jsonResponse(200, "{}"); });
    transport.setScheduler(scheduler);
    project.setScheduler(scheduler);
    clerk.setScheduler(scheduler);
    call.cancellation = cancellation.token();
  }

  void start(http::Transport& fake, const std::string& url) {
    http::Request request{"GET", url, {{"Authorization", "Bearer sk_test"}}, {}};
    http::Transport::Completion done = [this](Result<http::Response> response) {
      REQUIRE(!outcome);
      outcome = std::move(response);
    };
    REQUIRE(fake.start(request, call, done));
    CHECK(!done);
    CHECK(!outcome);
  }
  void listRooms() { start(project, "https://api.liveblocks.io/v2/rooms"); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "without a scheduler the fakes can only block, and take nothing") {
  const std::vector<http::Transport*> fakes = {&transport, &project, &clerk};
  transport.setScheduler(nullptr);
  project.setScheduler(nullptr);
  clerk.setScheduler(nullptr);
  for (http::Transport* fake : fakes) {
    http::Request request{"GET", "https://api.example.com", {}, {}};
    http::Transport::Completion done = [](const Result<http::Response>&) {};
    CHECK(!fake->start(request, call, done));
    CHECK(fake->scheduler() == nullptr);
    CHECK(!request.url.empty());
    CHECK(done);
  }
  CHECK(transport.requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "the fakes complete exchanges on their scheduler") {
  SECTION("a transport") { start(transport, "https://api.example.com"); }
  SECTION("Liveblocks") { listRooms(); }
  SECTION("Clerk") { start(clerk, clerk.issuer().issuer() + "/.well-known/jwks.json"); }
  CHECK(transport.requestCount() + project.requestCount() + clerk.requestCount() == 1);
  scheduler->run();
  CHECK(outcome.value().value().status == 200);
  CHECK(transport.scheduler() == scheduler);
  CHECK(project.scheduler() == scheduler);
  CHECK(clerk.scheduler() == scheduler);
}

TEST_CASE_METHOD(Fixture, "an exchange that was cancelled meanwhile ends so") {
  bool cancelled = false;
  SECTION("by its token") {
    start(transport, "https://api.example.com");
    cancellation.cancel();
  }
  SECTION("by a token that was cancelled before") {
    cancellation.cancel();
    start(transport, "https://api.example.com");
  }
  SECTION("by its function") {
    call.cancelled = [&] { return std::exchange(cancelled, true); };
    start(transport, "https://api.example.com");
    cancelled = true;
  }
  scheduler->run();
  CHECK(outcome.value().error().code == Errc::cancelled);
  CHECK(scheduler->pending() == 0);
}

TEST_CASE_METHOD(Fixture, "a handler that throws is an internal error, as when it blocks") {
  transport.setHandler([](const auto&, const auto&) -> Result<http::Response> { throw 1; });
  start(transport, "https://api.example.com");
  scheduler->run();
  CHECK(outcome.value().error().code == Errc::internal);
}

TEST_CASE_METHOD(Fixture, "a delay is a timer") {
  project.delayNext("/v2/rooms", 1min);
  listRooms();
  scheduler->run();
  CHECK(!outcome);
  scheduler->runUntil(now + 59s);
  CHECK(!outcome);
  scheduler->runUntil(now + 61s);
  CHECK(outcome.value().value().status == 200);
  CHECK(scheduler->pending() == 0);
}

TEST_CASE_METHOD(Fixture, "a timer of a delay ends at the deadline") {
  project.delayNext("/v2/rooms", 2h);
  listRooms();
  scheduler->runUntil(call.deadline - 1ms);
  CHECK(!outcome);
  scheduler->runUntil(call.deadline);
  CHECK(outcome.value().error().code == Errc::timeout);
}

TEST_CASE_METHOD(Fixture, "cancelling ends a timer of a delay") {
  bool cancelled = false;
  project.delayNext("/v2/rooms", 30min);
  SECTION("by its token") {
    listRooms();
    cancellation.cancel();
    CHECK(!outcome);
    scheduler->run();
    CHECK(scheduler->pending() == 0);
  }
  SECTION("by its function") {
    call.cancelled = [&] { return cancelled; };
    listRooms();
    scheduler->runUntil(now + 1s);
    CHECK(!outcome);
    cancelled = true;
    scheduler->runUntil(now + 2s);
  }
  CHECK(outcome.value().error().code == Errc::cancelled);
}

TEST_CASE_METHOD(Fixture, "a response that is too large is an error of an asynchronous exchange, too") {
  call.maxBody = 1;
  listRooms();
  scheduler->run();
  CHECK(outcome.value().error().code == Errc::tooLarge);
}
