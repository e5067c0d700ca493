// What only asynchronous calls have: callbacks, cancellation, executors.

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "room_fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::Form;
using liveblocks_tests::Outcome;
using liveblocks_tests::RoomFixture;
using liveblocks_tests::RoomMethod;
using liveblocks_tests::roomText;
using liveblocks_tests::runAll;
using liveblocks_tests::scheduler;

namespace {

struct Fixture : RoomFixture {
  Fixture() : RoomFixture(Form::asynchronous) {
    transport->setHandler([](const auto&, const auto&) { return lb::testing::jsonResponse(200, roomText); });
  }

  Outcome<lb::Result<lb::Room>> room;
  lb::CancellationSource cancellation;

  void begin(const lb::AsyncOptions& how = {}) const { client().getRoomAsync("r", room.callback(), how); }
  lb::AsyncOptions cancellable() const { return {{}, cancellation.token()}; }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a call is cancelled before it begins, and nothing is sent") {
  cancellation.cancel();
  SECTION("about a room") {
    begin(cancellable());
    CHECK(!room.isThere());
    runAll();
    CHECK(room.get().error().code == lb::Errc::cancelled);
    CHECK(room.get().error().message == "GET /v2/rooms/r: cancelled before it began");
  }
  SECTION("for a token") {
    Outcome<lb::AuthResponse> token;
    session().authorizeAsync(token.callback(), cancellable());
    runAll();
    CHECK(token.get().status == 503);
    CHECK(token.get().error.value().code == lb::Errc::cancelled);
  }
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "a call is cancelled while it is in flight") {
  begin(cancellable());
  cancellation.cancel();
  CHECK(!room.isThere());
  runAll();
  CHECK(room.get().error().code == lb::Errc::cancelled);
}

TEST_CASE_METHOD(Fixture, "a call that has ended is not cancelled any more") {
  begin(cancellable());
  runAll();
  cancellation.cancel();
  runAll();
  CHECK(room.get().ok());
}

TEST_CASE_METHOD(Fixture, "a callback that throws is nobody's concern") {
  int calls = 0;
  const auto count = [&](const auto&) {
    ++calls;
    throw std::runtime_error("why");
  };
  client().getRoomAsync("r", count);
  session().authorizeAsync(count);
  client().getRoomAsync("", count);
  runAll();
  CHECK(calls == 3);
}

TEST_CASE_METHOD(Fixture, "an executor runs the callback elsewhere") {
  std::vector<std::function<void()>> tasks;
  lb::AsyncOptions how;
  how.executor = [&](std::function<void()> task) { tasks.push_back(std::move(task)); };
  const std::string id = GENERATE("r", "");
  client().getRoomAsync(id, room.callback(), how);
  runAll();
  CHECK(!room.isThere());
  REQUIRE(tasks.size() == 1);
  tasks.front()();
  CHECK(room.get().ok() == !id.empty());
}

TEST_CASE_METHOD(Fixture, "an executor that throws does not lose the outcome") {
  lb::AsyncOptions how;
  how.executor = [](const std::function<void()>&) { throw std::runtime_error("full"); };
  begin(how);
  runAll();
  CHECK(room.get().ok());
}

TEST_CASE_METHOD(Fixture, "clients, sessions and arguments may be gone when a call completes") {
  Outcome<lb::AuthResponse> token;
  Outcome<lb::AuthResponse> idToken;
  {
    const lb::Liveblocks temporary = client();
    std::string id = "r";
    temporary.getRoomAsync(id, room.callback());
    temporary.prepareSession(id).allow(id, lb::FULL_ACCESS).authorizeAsync(token.callback());
    temporary.identifyUserAsync({id}, {}, idToken.callback());
    id = "other";
  }
  transport = nullptr;
  runAll();
  CHECK(room.get().ok());
  CHECK(token.get().status == 200);
  CHECK(idToken.get().status == 200);
}

TEST_CASE_METHOD(Fixture, "misuse throws at the call") {
  const lb::Liveblocks alone(options(), nullptr);
  for (const RoomMethod& method : methods()) {
    if (method.start == nullptr) continue;
    CAPTURE(method.name);
    CHECK_THROWS_AS(method.start(alone, {}, {}), std::logic_error);
  }
  lb::Session without = alone.prepareSession("u");
  CHECK_THROWS_AS(without.authorizeAsync(Outcome<lb::AuthResponse>().callback()), std::logic_error);
  CHECK_THROWS_AS(alone.identifyUserAsync({"u"}, {}, Outcome<lb::AuthResponse>().callback()), std::logic_error);
  CHECK_THROWS_AS(client().identifyUserAsync({""}, {}, Outcome<lb::AuthResponse>().callback()), std::invalid_argument);
  CHECK_THROWS_AS(client().identifyUserAsync({"u"}, {}, nullptr), std::invalid_argument);
  CHECK_THROWS_AS(client().getRoomAsync("r", nullptr), std::invalid_argument);
  CHECK(scheduler()->pending() == 0);
}

TEST_CASE_METHOD(Fixture, "a call without a callback leaves the session open") {
  lb::Session session = RoomFixture::session();
  CHECK_THROWS_AS(session.authorizeAsync(nullptr), std::invalid_argument);
  Outcome<lb::AuthResponse> token;
  session.authorizeAsync(token.callback());
  CHECK_THROWS_WITH(session.authorizeAsync(token.callback()),
                    "You cannot reuse Session instances. Please create a new session every time.");
  runAll();
  CHECK(token.get().status == 200);
}

TEST_CASE_METHOD(Fixture, "with a transport that can only block a call completes at once") {
  transport->setScheduler(nullptr);
  const std::string id = GENERATE("r", "");
  client().getRoomAsync(id, room.callback());
  CHECK(room.get().error().code == (id.empty() ? lb::Errc::invalidRequest : lb::Errc::asyncUnsupported));
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "invalid arguments are an error that comes later") {
  const auto code = [](const auto& begin) {
    const liveblocks_tests::KeepError done;
    begin(done);
    CHECK(!done.outcome->isThere());
    runAll();
    return done.outcome->get().value().code;
  };
  CHECK(code([&](const auto& done) { client().getRoomAsync("..", done); }) == lb::Errc::invalidRequest);
  CHECK(code([&](const auto& done) { client().updateRoomAsync("r", {}, done); }) == lb::Errc::invalidRequest);
  CHECK(code([&](const auto& done) { client().deleteRoomAsync("", done); }) == lb::Errc::invalidRequest);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "pages are fetched one after the other") {
  transport->pushJson(200, R"({"nextCursor":"c","data":[)" + std::string(roomText) + "]}");
  transport->pushJson(200, R"({"nextCursor":null,"data":[]})");
  const lb::Liveblocks same = client();
  std::size_t rooms = 0;
  std::function<void(lb::Result<lb::RoomPage>)> next = [&](const lb::Result<lb::RoomPage>& page) {
    rooms += page.value().data.size();
    if (page->nextCursor) same.getRoomsAsync({}, {20, page->nextCursor}, next);
  };
  same.getRoomsAsync({}, {}, next);
  runAll();
  CHECK(rooms == 1);
  CHECK(transport->requestCount() == 2);
}
