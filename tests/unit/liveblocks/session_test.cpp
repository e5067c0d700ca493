#include <liveblocks/session.hpp>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using Catch::Matchers::StartsWith;
using liveblocks_tests::ClientFixture;
using liveblocks_tests::times;

namespace {

constexpr lb::Permissions p1{"room:read"};
constexpr lb::Permissions p2{"room:write"};
constexpr lb::Permissions p3{"comments:read"};

std::string granted(lb::Session& session) {
  return nlohmann::ordered_json::parse(session.request().body).at("permissions").dump();
}

struct SessionFixture : ClientFixture {
  lb::Session session = ClientFixture::session();

  void fill() {
    for (int i = 0; i < 10; ++i) session.allow("room" + std::to_string(i), p1);
  }
};

}  // namespace

TEST_CASE("a session needs a user") {
  ClientFixture fixture;
  CHECK_THROWS_AS(fixture.client().prepareSession(""), std::invalid_argument);
  CHECK_THROWS_WITH(fixture.client().prepareSession(""),
                    "Invalid value for field 'userId'. Please provide a non-empty string. For more information: "
                    "https://liveblocks.io/docs/api-reference/liveblocks-node#authorize");
  CHECK_THROWS_WITH(fixture.client().prepareSession("\xFF"), StartsWith("Invalid value for field 'userId'."));
  CHECK_NOTHROW(fixture.client().prepareSession(" "));
}

TEST_CASE("user information is an object or null") {
  ClientFixture fixture;
  const lb::Json bad = GENERATE(lb::Json("{\"name\":\"Ada\"}"), lb::Json(1), lb::Json(true), lb::Json::array({}));
  CHECK_THROWS_AS(fixture.client().prepareSession("u", {bad}), std::invalid_argument);
  CHECK_THROWS_WITH(fixture.client().prepareSession("u", {bad}), ContainsSubstring("Use Json::parse."));
  CHECK_NOTHROW(fixture.client().prepareSession("u", {lb::Json(nullptr)}));
  CHECK_NOTHROW(fixture.client().prepareSession("u", {lb::Json::object({})}));
}

TEST_CASE("an organization is valid UTF-8") {
  ClientFixture fixture;
  CHECK_THROWS_WITH(fixture.client().prepareSession("u", {{}, "\xFF"}),
                    "Invalid value for field 'organizationId'. Please provide valid UTF-8.");
}

TEST_CASE_METHOD(SessionFixture, "a session has permissions once something is allowed") {
  CHECK_FALSE(session.hasPermissions());
  session.allow("xyz", session.FULL_ACCESS);
  CHECK(session.hasPermissions());
  CHECK(granted(session) == R"({"xyz":["*:write"]})");
}

TEST_CASE_METHOD(SessionFixture, "the read preset allows reading everything") {
  session.allow("xyz", session.READ_ACCESS);
  CHECK(granted(session) == R"({"xyz":["*:read"]})");
}

TEST_CASE_METHOD(SessionFixture, "rooms and patterns are accepted") {
  const std::string room = GENERATE(as<std::string>(), "*", "foobar*", times(128, "a"), times(128, "a") + "*",
                                    times(64, "😀"), times(64, "😀") + "*", times(128, "日"), times(128, "é"), " ", "a/b",
                                    "a\nb", "\n", std::string(1, '\0'), "__proto__");
  CAPTURE(room);
  session.allow(room, p1);
  const auto permissions = nlohmann::json::parse(session.request().body).at("permissions");
  CHECK(permissions == nlohmann::json{{room, {"room:read"}}});
}

TEST_CASE_METHOD(SessionFixture, "bad rooms and patterns are refused with the reason") {
  const auto [room, reason] = GENERATE(table<std::string, std::string>({
      {"", "it is empty"},
      {times(129, "a"), "it is longer than 128 UTF-16 code units"},
      {times(129, "a") + "*", "it is longer than 128 UTF-16 code units"},
      {times(65, "😀"), "it is longer than 128 UTF-16 code units"},
      {times(129, "é"), "it is longer than 128 UTF-16 code units"},
      {"foo*bar", "a '*' may stand only at the end of a pattern"},
      {"**", "a '*' may stand only at the end of a pattern"},
      {"a**", "a '*' may stand only at the end of a pattern"},
      {"*a", "a '*' may stand only at the end of a pattern"},
      {"a\xFF", "it is not valid UTF-8"},
      {"\xED\xA0\x80", "it is not valid UTF-8"},
  }));
  CAPTURE(room);
  CHECK_THROWS_AS(session.allow(room, p1), std::invalid_argument);
  CHECK_THROWS_WITH(session.allow(room, p1), "Invalid room name or pattern: " + reason);
  CHECK_FALSE(session.hasPermissions());
}

TEST_CASE_METHOD(SessionFixture, "the room is checked before the permissions") {
  CHECK_THROWS_WITH(session.allow(times(129, "a"), {}), StartsWith("Invalid room name or pattern"));
  CHECK_THROWS_WITH(session.allow("foo*bar", {}), StartsWith("Invalid room name or pattern"));
  CHECK_THROWS_AS(session.allow("foobar", {}), std::invalid_argument);
  CHECK_THROWS_WITH(session.allow("foobar", {}), "Permission list cannot be empty");
}

TEST_CASE_METHOD(SessionFixture, "an unknown permission leaves the session as it was") {
  const std::vector<std::string> names{"*:read", "x"};
  CHECK_THROWS_WITH(session.allow("r", names), "Not a valid permission: x");
  CHECK_FALSE(session.hasPermissions());
}

TEST_CASE_METHOD(SessionFixture, "each base permission can stand alone") {
  const std::string name = GENERATE("*:read", "*:write", "room:read", "room:write");
  CHECK_NOTHROW(session.allow("r", std::vector<std::string>{name}));
}

TEST_CASE_METHOD(SessionFixture, "permissions that would grant nothing are refused") {
  const std::string name =
      GENERATE("storage:read", "storage:write", "storage:none", "comments:read", "comments:write", "comments:none",
               "comments:public:read", "comments:public:write", "comments:public:none", "comments:private:read",
               "comments:private:write", "comments:private:none", "feeds:read", "feeds:write", "feeds:none",
               "room:presence:write");
  const std::vector<std::string> names{name};
  CHECK_THROWS_AS(session.allow("r", names), std::invalid_argument);
  CHECK_THROWS_WITH(session.allow("r", names), StartsWith("Permissions must include one of *:read, *:write"));
  CHECK_FALSE(session.hasPermissions());
  CHECK_NOTHROW(session.allow("r", p1).allow("r", names));
}

TEST_CASE_METHOD(SessionFixture, "an entry may narrow a wider one without a base permission") {
  constexpr lb::Permissions noStorage{"storage:none"};
  session.allow("acme:*", p2).allow("acme:1", noStorage).allow("acme:product:*", noStorage);
  CHECK(granted(session) == R"({"acme:*":["room:write"],"acme:1":["storage:none"],"acme:product:*":["storage:none"]})");
}

TEST_CASE_METHOD(SessionFixture, "an entry that is not inside a wider one needs a base permission") {
  const std::string room = GENERATE("acm", "acme", "*", "a*", "Acme:1");
  session.allow("acme:*", p2).allow("acme:product", p2);
  CHECK_THROWS_AS(session.allow(room, {"storage:none"}), std::invalid_argument);
  CHECK_THROWS_AS(session.allow("acme", {"storage:none"}), std::invalid_argument);
}

TEST_CASE_METHOD(SessionFixture, "an exact room does not lend its base permission to a pattern") {
  session.allow("acme", p2);
  CHECK_THROWS_AS(session.allow("acme*", {"storage:none"}), std::invalid_argument);
}

TEST_CASE_METHOD(SessionFixture, "permissions of one room are merged in first-seen order") {
  SECTION("across rooms") {
    session.allow("foo", p1).allow("bar", p2).allow("foo", p3);
    CHECK(granted(session) == R"({"foo":["room:read","comments:read"],"bar":["room:write"]})");
  }
  SECTION("without duplicates") {
    session.allow("r", p1).allow("r", {"room:write", "comments:read"}).allow("r", {"room:read", "comments:read"});
    for (int i = 0; i < 4; ++i) session.allow("r", p3);
    CHECK(granted(session) == R"({"r":["room:read","room:write","comments:read"]})");
  }
  SECTION("within one list") {
    session.allow("r", {"*:read", "*:read", "*:write"});
    CHECK(granted(session) == R"({"r":["*:read","*:write"]})");
  }
}

TEST_CASE_METHOD(SessionFixture, "a token holds at most ten rooms") {
  fill();
  CHECK_THROWS_AS(session.allow("one-more-room", p1), std::length_error);
  CHECK_THROWS_WITH(session.allow("*", p1), "You cannot add permissions for more than 10 rooms in a single token");
  CHECK_NOTHROW(session.allow("room7", p2));
  CHECK(nlohmann::json::parse(session.request().body).at("permissions").size() == 10);
}

TEST_CASE_METHOD(SessionFixture, "bad permissions are reported before the limit") {
  fill();
  CHECK_THROWS_WITH(session.allow("new", std::vector<std::string>{"x"}), "Not a valid permission: x");
  CHECK_THROWS_WITH(session.allow("new", p3), StartsWith("Permissions must include one of"));
}

TEST_CASE_METHOD(SessionFixture, "a session is used once") {
  session.allow("r", p1);
  static_cast<void>(session.request());
  CHECK_THROWS_AS(session.request(), std::logic_error);
  CHECK_THROWS_WITH(session.authorize(), "You cannot reuse Session instances. Please create a new session every time.");
  CHECK_THROWS_WITH(session.allow("r", p1), "You can no longer change these permissions.");
}

TEST_CASE_METHOD(SessionFixture, "a sealed session still reports what is wrong with the arguments") {
  static_cast<void>(session.request());
  CHECK_THROWS_WITH(session.allow("r", {}), "Permission list cannot be empty");
  CHECK_THROWS_WITH(session.allow("", p1), StartsWith("Invalid room name or pattern"));
  CHECK_THROWS_WITH(session.allow("r", std::vector<std::string>{"x"}), "Not a valid permission: x");
}

TEST_CASE_METHOD(SessionFixture, "calls can be chained") {
  CHECK(&session.allow("r", p1) == &session);
  lb::Session made = client().prepareSession("u").allow("a", p1).allow("b", p2);
  CHECK(granted(made) == R"({"a":["room:read"],"b":["room:write"]})");
}

TEST_CASE_METHOD(SessionFixture, "entries are sent in the order they were allowed") {
  for (const char* room : {"b", "10", "2", "a", "01", "-1"}) session.allow(room, p1);
  CHECK_THAT(session.request().body, ContainsSubstring(R"({"b":["room:read"],"10":["room:read"],"2":["room:read"],)"
                                                       R"("a":["room:read"],"01":["room:read"],"-1":["room:read"]})"));
}

TEST_CASE_METHOD(SessionFixture, "a session knows the rooms it covers") {
  session.allow("acme:*", p1).allow("design", p1);
  const auto [room, covered] = GENERATE(table<std::string, bool>({
      {"acme:", true},
      {"acme:product:1", true},
      {"design", true},
      {"acme", false},
      {"Acme:1", false},
      {"design2", false},
      {"desig", false},
      {"", false},
  }));
  CAPTURE(room);
  CHECK(session.covers(room) == covered);
}

TEST_CASE_METHOD(SessionFixture, "a star covers every room") {
  CHECK_FALSE(session.covers("r"));
  session.allow("*", p1);
  CHECK(session.covers("r"));
}

TEST_CASE_METHOD(SessionFixture, "a moved-from session throws and does not crash") {
  lb::Session other = std::move(session);
  CHECK_FALSE(session.hasPermissions());
  CHECK_FALSE(session.covers("r"));
  CHECK_THROWS_AS(session.permissionsFor("r"), std::logic_error);
  CHECK_THROWS_WITH(session.allow("r", p1), "this session has been moved from");
  CHECK_THROWS_AS(session.authorize(), std::logic_error);
  CHECK_NOTHROW(other.allow("r", p1));
}

TEST_CASE_METHOD(SessionFixture, "a session that is assigned grants what the other one granted") {
  session.allow("mine", p1);
  lb::Session other = client().prepareSession("user_2");
  other.allow("theirs", p1);
  session = std::move(other);
  CHECK(session.covers("theirs"));
  CHECK_FALSE(session.covers("mine"));
}
