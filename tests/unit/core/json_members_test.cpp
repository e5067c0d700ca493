#include "core/json_members.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace json = liveblocks::json;

TEST_CASE("the members of an object keep their exact text") {
  const std::string text = R"( { "a" : 1.50 , "b":"x\"},{\\" ,"c":[1,{"d":"]"}],"\u0065":null , "":{ } } )";
  const auto members = json::members(text);
  REQUIRE(members.size() == 5);
  CHECK(json::findMember(members, "a") == "1.50");
  CHECK(json::findMember(members, "b") == R"("x\"},{\\")");
  CHECK(json::findMember(members, "c") == R"([1,{"d":"]"}])");
  CHECK(json::findMember(members, "e") == "null");
  CHECK(json::findMember(members, "") == "{ }");
  CHECK(json::findMember(members, "d").empty());
  CHECK(json::findMember(members, "\\u0065").empty());
}

TEST_CASE("the items of an array keep their exact text") {
  CHECK(json::items(" [ 1 , \"a,]\" ,[ ],{\"x\":[2]} ] ") ==
        std::vector<std::string_view>{"1", "\"a,]\"", "[ ]", "{\"x\":[2]}"});
  CHECK(json::items("[]").empty());
}

TEST_CASE("other values have neither members nor items") {
  const std::string text = GENERATE(as<std::string>(), "", "null", "1", "\"{}\"", "true");
  CHECK(json::members(text).empty());
  CHECK(json::items(text).empty());
  CHECK(json::members("[1]").empty());
  CHECK(json::items("{\"a\":1}").empty());
}

TEST_CASE("scalars are read by their type alone") {
  CHECK(json::toString("\"a\\n\\u00e9\\ud83d\\ude00\"") == "a\n\xC3\xA9\xF0\x9F\x98\x80");
  CHECK(json::toString("\"\"") == "");
  CHECK_FALSE(json::toString("1"));
  CHECK_FALSE(json::toString(""));
  CHECK(json::toInteger("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(json::toInteger("-0") == 0);
  CHECK(json::toBool("true") == true);
  CHECK(json::toBool("false") == false);
  CHECK_FALSE(json::toBool("\"true\""));
}

TEST_CASE("what is no 64-bit integer is not read as one") {
  const std::string text = GENERATE(as<std::string>(), "", "9223372036854775808", "18446744073709551615", "1.0", "1e3",
                                    "\"1\"", "null", "true", "[1]", "{}");
  CHECK_FALSE(json::toInteger(text));
}
