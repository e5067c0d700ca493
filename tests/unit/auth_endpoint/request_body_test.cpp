#include <liveblocks/auth_endpoint.hpp>

#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using lb::AuthRequestBody;
using liveblocks_tests::EndpointFixture;
using liveblocks_tests::errorOf;
using liveblocks_tests::reasonOf;

namespace {

/// A body with `depth` nested arrays and objects, itself included.
std::string nested(int depth) {
  const auto inner = static_cast<std::size_t>(depth - 1);
  return "{\"a\":" + std::string(inner, '[') + std::string(inner, ']') + "}";
}

std::string withMembers(std::size_t count) {
  std::string text = "{";
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
  return text + "}";
}

}  // namespace

TEST_CASE("members of a body are read by name and type") {
  const auto body = AuthRequestBody::parse(
      R"( {"name":"A\"da","\u00e9":"x","level":-3,"ratio":0.5e1,"pro":true,"tags":["a", {"b":1}],"none":null} )");
  CHECK(body.text("name") == "A\"da");
  CHECK(body.text("\xC3\xA9") == "x");
  CHECK(body.integer("level") == -3);
  CHECK(body.number("level") == -3.0);
  CHECK(body.number("ratio") == 5.0);
  CHECK(body.boolean("pro") == true);
  CHECK(body.json("tags") == R"(["a", {"b":1}])");
  CHECK(body.json("none") == "null");
  CHECK(body.json("level") == "-3");
  CHECK(body.json() ==
        R"( {"name":"A\"da","\u00e9":"x","level":-3,"ratio":0.5e1,"pro":true,"tags":["a", {"b":1}],"none":null} )");
}

TEST_CASE("a member of another type, or an absent one, is nullopt") {
  const auto body =
      AuthRequestBody::parse(R"({"text":"1","number":1.5,"big":1e30,"bool":true,"null":null,"list":["1"]})");
  for (const char* name : {"number", "bool", "null", "list", "absent", ""}) CHECK_FALSE(body.text(name));
  for (const char* name : {"text", "bool", "null", "list", "absent", ""}) CHECK_FALSE(body.number(name));
  for (const char* name : {"text", "number", "big", "bool", "null", "list", "absent"}) CHECK_FALSE(body.integer(name));
  for (const char* name : {"text", "number", "null", "list", "absent", ""}) CHECK_FALSE(body.boolean(name));
  CHECK(body.json("absent").empty());
  CHECK(AuthRequestBody().json() == "{}");
}

TEST_CASE("an invalid body is refused by parse") {
  const std::string text =
      GENERATE(as<std::string>(), "", "[]", "null", "{} x", R"({"a":1,"a":2})", "{\"a\":\"\xFF\"}");
  CHECK_THROWS_AS(AuthRequestBody::parse(text), std::invalid_argument);
}

TEST_CASE_METHOD(EndpointFixture, "a body may be as deep and have as many members as the limits") {
  const auto [body, problem] = GENERATE(table<std::string, std::string>({
      {nested(AuthRequestBody::maxDepth - 1), ""},
      {nested(AuthRequestBody::maxDepth), ""},
      {nested(AuthRequestBody::maxDepth + 1), "nested too deeply at byte 20"},
      {withMembers(AuthRequestBody::maxMembers - 1), ""},
      {withMembers(AuthRequestBody::maxMembers), ""},
      {withMembers(AuthRequestBody::maxMembers + 1), "more than 100 members"},
      {"{\"a\":" + withMembers(AuthRequestBody::maxMembers + 1) + "}", ""},
  }));
  CAPTURE(body);
  transport->pushJson(200, R"({"token":"t"})");
  const lb::http::Response answer = post(body);
  CHECK(answer.status == (problem.empty() ? 200 : 400));
  if (!problem.empty()) {
    CHECK(errorOf(answer) == "bad_request");
    CHECK(reasonOf(answer) == R"(The body must be a JSON object such as {"room": "<id>"}: )" + problem);
  }
  CHECK(AuthRequestBody::maxDepth == 16);
  CHECK(AuthRequestBody::maxMembers == 100);
}

TEST_CASE_METHOD(EndpointFixture, "a room of the wrong type is named in the reason") {
  CHECK(reasonOf(post(R"({"room":1,"x":2})")) ==
        R"(The body must be a JSON object such as {"room": "<id>"}: the room is neither a string nor null)");
}
