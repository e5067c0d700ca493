#include "rooms_json.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"

namespace lb = liveblocks;
using Catch::Matchers::StartsWith;
using nlohmann::json;

namespace {

constexpr std::chrono::milliseconds created{1735689600073};

const json& room() {
  static const json value = json::parse(R"({
    "type": "room", "id": "a b/c?d#é%", "organizationId": "org_1", "createdAt": "2025-01-01T00:00:00.073Z",
    "lastConnectionAt": "2025-01-02T00:00:00.000Z", "metadata": {"color": "blue", "tags": ["a", "b"], "none": []},
    "defaultAccesses": ["*:read"], "groupsAccesses": {"staff": ["*:write"]},
    "usersAccesses": {"ada": ["*:read", "comments:write"], "bob": []}, "engine": 2})");
  return value;
}

json roomWith(const json& changes) {
  json changed = room();
  changed.update(changes);
  return changed;
}

json roomWithout(const std::string& member) {
  json changed = room();
  changed.erase(member);
  return changed;
}

/// The message, or nothing for a value.
template <class Value>
std::string refusal(const lb::Result<Value>& result) {
  if (result) return "";
  CHECK(result.error().code == lb::Errc::upstream);
  return result.error().message;
}

std::string nested(int depth) {
  const auto size = static_cast<std::size_t>(depth);
  return std::string(size, '[') + std::string(size, ']');
}

}  // namespace

TEST_CASE("a room is parsed") {
  const lb::Room read = lb::detail::readRoom(room().dump()).value();
  CHECK(read.id == "a b/c?d#é%");
  CHECK(read.createdAt.time_since_epoch() == created);
  CHECK(read.lastConnectionAt.value().time_since_epoch() == std::chrono::seconds(1735776000));
  CHECK(read.organizationId == "org_1");
  CHECK(read.defaultAccesses.size() == 1);
  CHECK(read.defaultAccesses.contains("*:read"));
  CHECK(read.groupsAccesses.at("staff").contains("*:write"));
  CHECK(read.usersAccesses.at("ada").contains("comments:write"));
  CHECK(read.usersAccesses.at("bob").empty());
  CHECK(read.metadata == lb::RoomMetadata{{"color", "blue"},
                                          {"tags", std::vector<std::string>{"a", "b"}},
                                          {"none", std::vector<std::string>{}}});
  CHECK(json::parse(read.json.text()) == room());
}

TEST_CASE("a room has at least an id, a date and default accesses") {
  const lb::Room read =
      lb::detail::readRoom(R"({"id":"r","createdAt":"2025-01-01T00:00:00Z","defaultAccesses":[]})").value();
  CHECK(read.organizationId == "default");
  CHECK_FALSE(read.lastConnectionAt);
  CHECK(read.defaultAccesses.empty());
  CHECK(read.groupsAccesses.empty());
  CHECK(read.usersAccesses.empty());
  CHECK(read.metadata.empty());
}

TEST_CASE("null means the same as an absent member of a room") {
  const std::string member =
      GENERATE("lastConnectionAt", "organizationId", "groupsAccesses", "usersAccesses", "metadata");
  CHECK(refusal(lb::detail::readRoom(roomWith({{member, nullptr}}).dump())).empty());
}

TEST_CASE("unknown scopes are left out, and stay in the JSON") {
  const json unknown = {"future:write", "*:read", "*:delete"};
  const lb::Room read =
      lb::detail::readRoom(roomWith({{"defaultAccesses", unknown}, {"usersAccesses", {{"eve", unknown}}}}).dump())
          .value();
  CHECK(read.defaultAccesses.size() == 1);
  CHECK(read.usersAccesses.at("eve").size() == 1);
  CHECK(json::parse(read.json.text()).at("defaultAccesses") == unknown);
}

TEST_CASE("metadata of other types is left out, and stays in the JSON") {
  const json metadata = {{"color", "blue"}, {"level", 3}, {"none", nullptr}, {"mixed", {"a", 1}}};
  const lb::Room read = lb::detail::readRoom(roomWith({{"metadata", metadata}}).dump()).value();
  CHECK(read.metadata == lb::RoomMetadata{{"color", "blue"}});
  CHECK(json::parse(read.json.text()).at("metadata") == metadata);
}

TEST_CASE("keys that are written with escapes are the same keys") {
  const lb::Room read =
      lb::detail::readRoom(R"({"\u0069d":"r","createdAt":"2025-01-01T00:00:00Z","defaultAccesses":[],)"
                           R"("metadata":{"\u0061\"":"\ud83d\ude00"}})")
          .value();
  CHECK(read.id == "r");
  CHECK(read.metadata == lb::RoomMetadata{{"a\"", "😀"}});
}

TEST_CASE("a room with a wrong member is refused by the member's name") {
  const auto [member, value, expected] = GENERATE(table<std::string, json, std::string>({
      {"id", 1, "a text"},
      {"id", nullptr, "a text"},
      {"id", "", "a room's id"},
      {"createdAt", nullptr, "a date with a time"},
      {"createdAt", 1735689600, "a date with a time"},
      {"createdAt", "yesterday", "a date with a time"},
      {"createdAt", "2025-02-30T00:00:00Z", "a date with a time"},
      {"lastConnectionAt", "", "a date with a time"},
      {"lastConnectionAt", false, "a date with a time"},
      {"organizationId", 7, "a text or null"},
      {"defaultAccesses", nullptr, "a list of strings"},
      {"defaultAccesses", "*:read", "a list of strings"},
      {"defaultAccesses", {"*:read", 1}, "a list of strings"},
      {"groupsAccesses", json::array(), "an object of lists of strings"},
      {"groupsAccesses", {{"g", "*:read"}}, "an object of lists of strings"},
      {"usersAccesses", "u", "an object of lists of strings"},
      {"usersAccesses", {{"u", {nullptr}}}, "an object of lists of strings"},
      {"usersAccesses", {{"u", nullptr}}, "an object of lists of strings"},
      {"metadata", 1, "an object"},
  }));
  const std::string problem = ": \"" + member + "\" is not " + expected;
  CHECK(refusal(lb::detail::readRoom(roomWith({{member, value}}).dump())) ==
        "the response of Liveblocks is not a room" + problem);
}

TEST_CASE("a room without a member that it must have is refused") {
  const std::string member = GENERATE("id", "createdAt", "defaultAccesses");
  CHECK_THAT(refusal(lb::detail::readRoom(roomWithout(member).dump())),
             StartsWith("the response of Liveblocks is not a room: \"" + member + "\" is not "));
}

TEST_CASE("a text that is not a strict object is refused as a response about rooms") {
  const auto [text, problem] = GENERATE(table<std::string, std::string>({
      {"", "at byte 0"},
      {"null", "it is not a JSON object"},
      {"[]", "it is not a JSON object"},
      {" \"id\"", "it is not a JSON object"},
      {"<html>", "at byte 0"},
      {"{\"id\":\"a\",\"id\":\"b\"}", "duplicate member name"},
      {"{\"id\":\"\xFF\"}", "at byte "},
      {"{\"id\":\"a\"} x", "at byte "},
      {"{\"data\":" + nested(64) + "}", "at byte "},
      {"{\"data\":" + std::string(1000000, '['), "at byte "},
  }));
  CHECK_THAT(refusal(lb::detail::readRoom(text)), ContainsSubstring(problem));
  CHECK_THAT(refusal(lb::detail::readRoomPage(text)), ContainsSubstring(problem));
  CHECK_THAT(refusal(lb::detail::readActiveUsers(text)), ContainsSubstring(problem));
}

TEST_CASE("unknown members may be nested as deeply as JSON may be") {
  const std::string deepest = nested(lb::Json::maxDepth - 1);
  const json changed = roomWith({{"future", json::parse(deepest)}});
  CHECK(refusal(lb::detail::readRoom(changed.dump())).empty());
}

TEST_CASE("a page of rooms is parsed") {
  const json other = roomWith({{"id", "other"}});
  const lb::RoomPage page =
      lb::detail::readRoomPage(json{{"nextCursor", "abc"}, {"nextPage", "/v2/x"}, {"data", {room(), other}}}.dump())
          .value();
  REQUIRE(page.data.size() == 2);
  CHECK(page.data[0].id == "a b/c?d#é%");
  CHECK(page.data[1].id == "other");
  CHECK(json::parse(page.data[1].json.text()) == other);
  CHECK(page.nextCursor == "abc");
}

TEST_CASE("the last page has no cursor") {
  const std::string text =
      GENERATE(R"({"data":[]})", R"({"data":[],"nextCursor":null})", R"({"nextCursor":"","data":[]})");
  const lb::RoomPage page = lb::detail::readRoomPage(text).value();
  CHECK(page.data.empty());
  CHECK_FALSE(page.nextCursor);
}

TEST_CASE("a wrong page is refused with the position") {
  const auto [page, problem] = GENERATE(table<json, std::string>({
      {{{"data", nullptr}}, "\"data\" is not a list"},
      {{{"data", json::object()}}, "\"data\" is not a list"},
      {{{"nextCursor", "a"}}, "\"data\" is not a list"},
      {{{"data", json::array()}, {"nextCursor", 3}}, "\"nextCursor\" is not a text or null"},
      {{{"data", {room(), roomWith({{"createdAt", 1}})}}}, "\"data[1].createdAt\" is not a date with a time"},
      {{{"data", json::array({"room"})}}, "\"data[0].id\" is not a text"},
  }));
  CHECK(refusal(lb::detail::readRoomPage(page.dump())) ==
        "the response of Liveblocks is not a page of rooms: " + problem);
}

TEST_CASE("active users are parsed, also anonymous ones") {
  const std::vector<lb::ActiveUser> users =
      lb::detail::readActiveUsers(R"({"data":[{"type":"user","id":"ada","connectionId":3,"info":{"name":"Ada"}},)"
                                  R"({"type":"user","id":null,"connectionId":4,"info":null},{"connectionId":0}]})")
          .value();
  REQUIRE(users.size() == 3);
  CHECK(users[0].id == "ada");
  CHECK(users[0].connectionId == 3);
  CHECK(users[0].info.text() == R"({"name":"Ada"})");
  CHECK_FALSE(users[1].id);
  CHECK(users[1].connectionId == 4);
  CHECK(users[1].info.isNull());
  CHECK_FALSE(users[2].id);
  CHECK(users[2].info.isNull());
  CHECK(lb::detail::readActiveUsers(R"({"data":[]})").value().empty());
}

TEST_CASE("a wrong list of active users is refused with the position") {
  const auto [text, problem] = GENERATE(table<std::string, std::string>({
      {R"({})", "\"data\" is not a list"},
      {R"({"data":[{"connectionId":1},{"id":"u"}]})", "\"data[1].connectionId\" is not an integer"},
      {R"({"data":[{"connectionId":"1"}]})", "\"data[0].connectionId\" is not an integer"},
      {R"({"data":[{"connectionId":1.5}]})", "\"data[0].connectionId\" is not an integer"},
      {R"({"data":[{"connectionId":1,"id":7}]})", "\"data[0].id\" is not a text or null"},
      {R"({"data":[null]})", "\"data[0].connectionId\" is not an integer"},
  }));
  CHECK(refusal(lb::detail::readActiveUsers(text)) ==
        "the response of Liveblocks is not a list of active users: " + problem);
}
