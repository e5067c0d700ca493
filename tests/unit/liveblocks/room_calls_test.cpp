#include <chrono>
#include <stdexcept>

#include "catch.hpp"
#include "room_fixture.hpp"

namespace lb = liveblocks;
using Catch::Matchers::StartsWith;
using liveblocks_tests::RoomFixture;
using liveblocks_tests::RoomMethod;
using liveblocks_tests::roomText;
using namespace std::chrono_literals;

namespace {

std::string pathOf(const lb::http::Request& request) {
  const std::string origin = "https://api.liveblocks.io";
  CHECK_THAT(request.url, StartsWith(origin));
  return request.url.substr(origin.size());
}

}  // namespace

TEST_CASE_METHOD(RoomFixture, "every room call has its method, its path and the secret key") {
  for (const RoomMethod& method : methods()) {
    CAPTURE(method.name);
    const std::size_t before = transport->requestCount();
    transport->pushJson(200, method.response);
    CHECK_FALSE(method.call(client(), {}));
    REQUIRE(transport->requestCount() == before + 1);
    const lb::http::Request request = transport->requests().back();
    CHECK(request.method == method.verb);
    CHECK(pathOf(request) == std::string(method.path) + (method.name == std::string("iterRooms") ? "?limit=40" : ""));
    REQUIRE(request.headers.size() == (request.method == "POST" ? 2 : 1));
    CHECK(request.headers[0].name == "Authorization");
    CHECK(request.headers[0].value == "Bearer sk_testingtesting");
    CHECK(request.headers[0].sensitive);
    if (request.method != "POST") {
      CHECK(request.body.empty());
      continue;
    }
    CHECK(request.headers[1].name == "Content-Type");
    CHECK(request.headers[1].value == "application/json");
    CHECK_FALSE(request.headers[1].sensitive);
  }
}

TEST_CASE_METHOD(RoomFixture, "bodies contain the arguments") {
  const lb::Liveblocks same = client();
  transport->setHandler([](const auto&, const auto&) { return lb::testing::jsonResponse(200, roomText); });
  const lb::CreateRoomOptions create{lb::READ_ACCESS, {}, {{"bob", lb::FULL_ACCESS}}, {{"color", std::string("blue")}}};
  lb::UpdateRoomOptions update;
  update.usersAccesses["bob"] = std::nullopt;
  const auto bodyOf = [&](const auto& result) {
    CHECK(result);
    return transport->requests().back().body;
  };
  CHECK_THAT(bodyOf(same.createRoom("r", create)), StartsWith(R"({"id":"r","defaultAccesses":[)"));
  CHECK(bodyOf(same.createRoom("r", create)) == bodyOf(same.getOrCreateRoom("r", create)));
  CHECK(bodyOf(same.updateRoom("r", update)) == R"({"usersAccesses":{"bob":null}})");
  CHECK_THAT(bodyOf(same.upsertRoom("r", update)), StartsWith(R"({"update":{"usersAccesses":{"bob":null}})"));
  CHECK_THAT(bodyOf(same.upsertRoom("r", update, create)), ContainsSubstring(R"("create":{"defaultAccesses":)"));
  CHECK(bodyOf(same.updateRoomId({"r", "s"})) == R"({"newRoomId":"s"})");
}

TEST_CASE_METHOD(RoomFixture, "an event is any JSON value") {
  const std::string event = GENERATE("null", "1", R"("text")", "[]", R"({"type":"ping","at":[1,2]})");
  transport->pushJson(204, "");
  CHECK(client().broadcastEvent("r", lb::Json::parse(event)));
  CHECK(transport->requests().back().body == event);
}

TEST_CASE_METHOD(RoomFixture, "a room id stays one segment of the path") {
  transport->pushJson(200, roomText);
  CHECK(getRoom(client(), "a b/c?d#\xC3\xA9%"));
  CHECK(pathOf(transport->requests().back()) == "/v2/rooms/a%20b%2Fc%3Fd%23%C3%A9%25");
}

TEST_CASE_METHOD(RoomFixture, "the path of the base URL comes first") {
  lb::LiveblocksOptions changed = options();
  changed.baseUrl = "https://gateway.example/lb/";
  transport->pushJson(200, roomText);
  CHECK(getRoom(lb::Liveblocks(changed, transport), "r"));
  CHECK(transport->requests().back().url == "https://gateway.example/lb/v2/rooms/r");
}

TEST_CASE_METHOD(RoomFixture, "invalid arguments are an error, and nothing is sent") {
  const std::string id = GENERATE("", ".", "..", "a/../b", "\xFF");
  const lb::Liveblocks same = client();
  const std::vector<std::optional<lb::Error>> errors{
      liveblocks_tests::errorOf(same.getRoom(id)),
      liveblocks_tests::errorOf(same.createRoom(id)),
      liveblocks_tests::errorOf(same.updateRoom(id, {lb::Permissions{}})),
      liveblocks_tests::errorOf(same.updateRoom("r", {})),
      liveblocks_tests::errorOf(same.upsertRoom(id, {lb::Permissions{}})),
      liveblocks_tests::errorOf(same.updateRoomId({id, "s"})),
      liveblocks_tests::errorOf(same.updateRoomId({"r", id})),
      liveblocks_tests::errorOf(same.getActiveUsers(id)),
      liveblocks_tests::errorOf(same.deleteRoom(id)),
      liveblocks_tests::errorOf(same.prewarmRoom(id)),
      liveblocks_tests::errorOf(same.broadcastEvent(id, lb::Json(1))),
      liveblocks_tests::errorOf(same.getRooms({}, {0})),
  };
  for (const auto& error : errors) {
    REQUIRE(error);
    CHECK(error->code == lb::Errc::invalidRequest);
    CHECK(error->upstreamStatus == 0);
  }
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(RoomFixture, "without a transport room calls throw") {
  const lb::Liveblocks alone(options(), nullptr);
  for (const RoomMethod& method : methods()) {
    CAPTURE(method.name);
    CHECK_THROWS_AS(method.call(alone, {}), std::logic_error);
  }
  CHECK_THROWS_AS(alone.getRoom(""), std::logic_error);
  CHECK_THROWS_AS(alone.iterRooms(), std::logic_error);
}

TEST_CASE_METHOD(RoomFixture, "the deadline of a room call is the caller's, or the timeout from now") {
  lb::Deadline seen;
  std::size_t maxBody = 0;
  const char* response = nullptr;
  transport->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    seen = call.deadline;
    maxBody = call.maxBody;
    return lb::testing::jsonResponse(200, response);
  });
  for (const RoomMethod& method : methods()) {
    CAPTURE(method.name);
    response = method.response;
    const lb::Deadline given = std::chrono::steady_clock::now() + 99s;
    CHECK_FALSE(method.call(client(), given));
    CHECK(seen == given);
    const lb::Deadline before = std::chrono::steady_clock::now();
    CHECK_FALSE(method.call(client(), {}));
    CHECK(seen >= before + 8s);
    CHECK(seen <= std::chrono::steady_clock::now() + 8s);
    CHECK(maxBody == (method.path == std::string("/v2/rooms") && method.verb == std::string("GET") ? 32U : 4U) << 20);
  }
}
