#include "catch.hpp"
#include "fake_liveblocks_fixture.hpp"

namespace http = liveblocks::http;
using liveblocks_tests::FakeLiveblocksFixture;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

json entries(int count, const json& value) {
  json result = json::object();
  for (int i = 0; i < count; ++i) result["k" + std::to_string(i)] = value;
  return result;
}

}  // namespace

TEST_CASE_METHOD(FakeLiveblocksFixture, "a room is as it was created") {
  const json body = {{"id", "a/b é"},
                     {"defaultAccesses", {"*:read"}},
                     {"groupsAccesses", {{"g", {"*:write"}}}},
                     {"usersAccesses", {{"u", {"*:write", "comments:none"}}}},
                     {"metadata", {{"color", "blue"}, {"tags", {"x", "y"}}}},
                     {"organizationId", "acme"}};
  const http::Response response = post("/v2/rooms", body);
  CHECK(response.status == 200);
  json expected = body;
  expected["type"] = "room";
  expected["createdAt"] = "2025-01-01T00:00:00.250Z";
  CHECK(json::parse(response.body) == expected);
  CHECK(room("a%2Fb%20%C3%A9") == expected);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a room belongs to the default organization and is closed to others") {
  create("r");
  CHECK(room("r").at("organizationId") == "default");
  for (const char* name : {"groupsAccesses", "usersAccesses", "metadata"}) CHECK(room("r").at(name) == json::object());
  CHECK_FALSE(room("r").contains("lastConnectionAt"));
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "an id can be used once") {
  create("r", {{"metadata", {{"a", "1"}}}});
  const json body = {{"id", "r"}, {"defaultAccesses", {"*:write"}}};
  const http::Response refused = post("/v2/rooms", body);
  CHECK(refused.status == 409);
  CHECK(codeOf(refused) == "ROOM_ALREADY_EXISTS");
  CHECK(messageOf(refused) == R"(Room with id "r" already exists.)");
  for (const std::string query : {"?idempotent", "?idempotent=", "?x=1&idempotent=false"}) {
    CAPTURE(query);
    const http::Response there = post("/v2/rooms" + query, body);
    CHECK(there.status == 200);
    CHECK(json::parse(there.body) == room("r"));
  }
  CHECK(room("r").at("defaultAccesses").empty());
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a room is not created from a body that Liveblocks rejects") {
  const auto [body, message] = GENERATE(table<std::string, std::string>({
      {R"({"defaultAccesses":[]})", "Missing key: 'id'."},
      {R"({"id":5,"defaultAccesses":[]})", "Value at key 'id': Must be string."},
      {R"({"id":"","defaultAccesses":[]})", "Value at key 'id': Must not be empty."},
      {R"({"id":"r"})", "Missing key: 'defaultAccesses'."},
      {R"({"id":"r","defaultAccesses":null})", "Value at key 'defaultAccesses': Must be an array."},
      {R"({"id":"r","defaultAccesses":["x"]})", "Value at keypath 'defaultAccesses.0': Must be a permission."},
      {R"({"id":"r","defaultAccesses":[],"usersAccesses":{"u":null}})",
       "Value at keypath 'usersAccesses.u': Must be an array."},
      {R"({"id":"r","defaultAccesses":[],"metadata":{"a":["x",5]}})",
       "Value at keypath 'metadata.a.1': Must be string."},
      {R"({"id":"r","defaultAccesses":[],"organizationId":null})", "Value at key 'organizationId': Must be string."},
  }));
  CAPTURE(body);
  const http::Response response = send(requestTo("POST", "/v2/rooms", body));
  CHECK(response.status == 422);
  CHECK(codeOf(response) == "UNPROCESSABLE_ENTITY");
  CHECK(messageOf(response) == message);
  CHECK(list("").empty());
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a room may reach the documented limits, and not exceed them") {
  const auto status = [&](const json& members) {
    json body = {{"id", "r"}, {"defaultAccesses", json::array()}};
    body.update(members);
    return post("/v2/rooms?idempotent", body).status;
  };
  CHECK(status({{"id", std::string(129, 'a')}}) == 422);
  CHECK(status({{"metadata", entries(51, "x")}}) == 422);
  CHECK(status({{"metadata", {{std::string(41, 'k'), "x"}}}}) == 422);
  CHECK(status({{"metadata", {{"k", std::string(257, 'x')}}}}) == 422);
  CHECK(status({{"metadata", {{"k", {"x", std::string(257, 'x')}}}}}) == 422);
  for (const char* name : {"usersAccesses", "groupsAccesses"}) {
    CAPTURE(name);
    CHECK(status({{name, entries(1001, json::array())}}) == 422);
    CHECK(status({{name, {{std::string(257, 'u'), json::array()}}}}) == 422);
  }
  json most = entries(49, std::string(256, 'x'));
  most[std::string(40, 'k')] = {std::string(256, 'x')};
  json users = entries(999, json::array());
  users[std::string(256, 'u')] = {"*:read"};
  CHECK(status({{"id", std::string(128, 'a')}, {"metadata", most}, {"usersAccesses", users}}) == 200);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "an update changes what it names, and null removes") {
  create("r", {{"usersAccesses", {{"u", {"*:read"}}, {"v", {"*:read"}}}},
               {"groupsAccesses", {{"g", {"*:read"}}}},
               {"metadata", {{"a", "1"}, {"b", "2"}}}});
  const json update = {{"defaultAccesses", {"*:read"}},
                       {"usersAccesses", {{"u", nullptr}, {"w", {"*:write"}}}},
                       {"groupsAccesses", {{"g", nullptr}, {"nobody", nullptr}}},
                       {"metadata", {{"a", {"x"}}, {"b", nullptr}}}};
  const http::Response response = post("/v2/rooms/r", update);
  CHECK(response.status == 200);
  CHECK(json::parse(response.body) == room("r"));
  CHECK(room("r").at("defaultAccesses") == json{"*:read"});
  CHECK(room("r").at("usersAccesses") == json{{"v", {"*:read"}}, {"w", {"*:write"}}});
  CHECK(room("r").at("groupsAccesses") == json::object());
  CHECK(room("r").at("metadata") == json{{"a", {"x"}}});
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "an update that breaks a limit changes nothing") {
  create("r", {{"metadata", entries(50, "x")}});
  const json before = room("r");
  CHECK(post("/v2/rooms/r", {{"metadata", {{"one more", "x"}}}}).status == 422);
  CHECK(room("r") == before);
  CHECK(post("/v2/rooms/r", {{"metadata", {{"one more", "x"}, {"k0", nullptr}}}}).status == 200);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "an upsert creates a room with what it would set, or updates it") {
  const json body = {{"update", {{"metadata", {{"a", "1"}, {"gone", nullptr}}}}},
                     {"create", {{"defaultAccesses", {"*:read"}}, {"metadata", {{"a", "0"}, {"b", "0"}}}}}};
  CHECK(post("/v2/rooms/r/upsert", body).status == 200);
  CHECK(room("r").at("defaultAccesses") == json{"*:read"});
  CHECK(room("r").at("metadata") == json{{"a", "1"}, {"b", "0"}});
  CHECK(post("/v2/rooms/r/upsert", {{"update", {{"metadata", {{"b", nullptr}}}}}}).status == 200);
  CHECK(room("r").at("metadata") == json{{"a", "1"}});
  CHECK(post("/v2/rooms/s/upsert", {{"update", {{"defaultAccesses", json::array()}}}}).status == 200);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "an upsert with a body that Liveblocks rejects is rejected") {
  const auto [body, message] = GENERATE(table<std::string, std::string>({
      {"{}", "Missing key: 'update'."},
      {R"({"update":{}})", "Value at key 'update': Must have a key."},
      {R"({"update":{"metadata":{"a":"1"}}})", "Missing key: 'defaultAccesses'."},
      {R"({"update":{"metadata":{"a":5}}})", "Value at keypath 'update.metadata.a': Must be an array."},
      {R"({"update":{"defaultAccesses":[]},"create":{"metadata":{"a":null}}})",
       "Value at keypath 'create.metadata.a': Must be an array."},
  }));
  CAPTURE(body);
  const http::Response response = send(requestTo("POST", "/v2/rooms/r/upsert", body));
  CHECK(response.status == 422);
  CHECK(messageOf(response) == message);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a deleted room is gone") {
  create("r");
  const http::Response response = send(requestTo("DELETE", "/v2/rooms/r"));
  CHECK(response.status == 204);
  CHECK(response.body.empty());
  CHECK(get("/v2/rooms/r").status == 404);
  create("r");
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a missing room is not found") {
  const auto [method, action, body] = GENERATE(table<std::string, std::string, std::string>({
      {"GET", "", ""},
      {"POST", "", "{}"},
      {"DELETE", "", ""},
      {"POST", "/update-room-id", R"({"newRoomId":"s"})"},
      {"GET", "/prewarm", ""},
      {"GET", "/active-users", ""},
      {"POST", "/broadcast-event", "{}"},
  }));
  CAPTURE(method, action);
  const http::Response response = send(requestTo(method, "/v2/rooms/r%22" + action, body));
  CHECK(response.status == 404);
  CHECK(codeOf(response) == "ROOM_NOT_FOUND");
  CHECK(messageOf(response) == R"(Room with id "r"" not found.)");
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a renamed room keeps everything except its id") {
  create("r", {{"metadata", {{"a", "1"}}}});
  create("taken");
  json expected = room("r");
  expected["id"] = "new name";
  clock->advance(1h);
  CHECK(post("/v2/rooms/r/update-room-id", {{"newRoomId", "taken"}}).status == 409);
  CHECK(post("/v2/rooms/r/update-room-id", {{"newRoomId", ""}}).status == 422);
  CHECK(post("/v2/rooms/r/update-room-id", json::object()).status == 422);
  CHECK(json::parse(post("/v2/rooms/r/update-room-id", {{"newRoomId", "new name"}}).body) == expected);
  CHECK(get("/v2/rooms/r").status == 404);
  CHECK(list("") == std::vector<std::string>{"taken", "new name"});
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "a room is prewarmed") {
  create("r");
  CHECK(get("/v2/rooms/r/prewarm").status == 204);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "the active users of a room are those that were set") {
  create("r");
  CHECK(json::parse(get("/v2/rooms/r/active-users").body) == json{{"data", json::array()}});
  clock->advance(1s);
  fake.setActiveUsers("r", {{"u", 3, liveblocks::Json::object({{"name", "Ada"}})}, {std::nullopt, 4, {}}});
  CHECK(json::parse(get("/v2/rooms/r/active-users").body) ==
        json{{"data",
              {{{"type", "user"}, {"id", "u"}, {"connectionId", 3}, {"info", {{"name", "Ada"}}}},
               {{"type", "user"}, {"id", nullptr}, {"connectionId", 4}}}}});
  CHECK(room("r").at("lastConnectionAt") == "2025-01-01T00:00:01.250Z");
  fake.setActiveUsers("r", {});
  CHECK(json::parse(get("/v2/rooms/r/active_users").body) == json{{"data", json::array()}});
  CHECK_THROWS_AS(fake.setActiveUsers("nowhere", {}), std::invalid_argument);
}

TEST_CASE_METHOD(FakeLiveblocksFixture, "broadcast events are recorded") {
  create("r");
  CHECK(post("/v2/rooms/r/broadcast-event", {{"type", "reload"}}).status == 204);
  CHECK(post("/v2/rooms/r/broadcast-event", nullptr).status == 204);
  CHECK(post("/v2/rooms/nowhere/broadcast-event", 1).status == 404);
  CHECK(send(requestTo("POST", "/v2/rooms/r/broadcast-event")).status == 400);
  REQUIRE(fake.broadcasts().size() == 2);
  CHECK(fake.broadcasts()[0].roomId == "r");
  CHECK(fake.broadcasts()[0].event.text() == R"({"type":"reload"})");
  CHECK(fake.broadcasts()[1].event.isNull());
}
