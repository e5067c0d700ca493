#include <liveblocks/core/json.hpp>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "catch.hpp"

using liveblocks::Json;

TEST_CASE("values become JSON text") {
  CHECK(Json().text() == "null");
  CHECK(Json("a\"b").text() == R"("a\"b")");
  CHECK(Json(std::string("{}")).text() == R"("{}")");
  CHECK(Json(true).text() == "true");
  CHECK(Json(-3).text() == "-3");
  CHECK(Json(std::numeric_limits<std::uint64_t>::max()).text() == "18446744073709551615");
  CHECK(Json(0.5).text() == "0.5");
  CHECK(Json(std::nan("")).text() == "null");
  CHECK(Json(nlohmann::json{{"a", 1}}).text() == R"({"a":1})");
}

TEST_CASE("objects and arrays keep their order") {
  CHECK(Json::object({{"z", "Ada"}, {"a", 3}, {"pro", true}}).text() == R"({"z":"Ada","a":3,"pro":true})");
  CHECK(Json::array({1, "two", nullptr}).text() == R"([1,"two",null])");
  CHECK(Json::object({}).isObject());
  CHECK_FALSE(Json::array({}).isObject());
}

TEST_CASE("parsed text is compacted but otherwise kept") {
  CHECK(Json::parse(" { \"a b\" : [ 1.50 , 1e3 ] ,\n\"c\\\" \": \"\xC3\xA9\" } ").text() ==
        "{\"a b\":[1.50,1e3],\"c\\\" \":\"\xC3\xA9\"}");
}

TEST_CASE("bad JSON text is refused with the place") {
  const std::string text = GENERATE(as<std::string>(), "", "{", "{} x", "\xEF\xBB\xBF{}", "{'a':1}", "[1,]", "// c\n1",
                                    "{\"a\":1,\"a\":2}", "1e400", "\"\xFF\"", "\"\\ud800\"", "nul");
  CAPTURE(text);
  CHECK_THROWS_AS(Json::parse(text), std::invalid_argument);
}

TEST_CASE("NUL bytes are refused") { CHECK_THROWS_AS(Json::parse(std::string_view("{}\0", 3)), std::invalid_argument); }

TEST_CASE("nesting is limited") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  CHECK_NOTHROW(Json::parse(nested(Json::maxDepth - 1)));
  CHECK_NOTHROW(Json::parse(nested(Json::maxDepth)));
  CHECK_THROWS_AS(Json::parse(nested(Json::maxDepth + 1)), std::invalid_argument);
}

TEST_CASE("strings that are no text are refused") {
  CHECK_THROWS_AS(Json("\xFF"), std::invalid_argument);
  CHECK_THROWS_AS(Json(static_cast<const char*>(nullptr)), std::invalid_argument);
  CHECK_THROWS_AS(Json::object({{"a", 1}, {"a", 2}}), std::invalid_argument);
}

TEST_CASE("a value tells its type") {
  const auto [text, type] = GENERATE(table<std::string, Json::Type>({
      {"null", Json::Type::null},
      {"true", Json::Type::boolean},
      {"false", Json::Type::boolean},
      {"0", Json::Type::number},
      {"-1.5e3", Json::Type::number},
      {R"("null")", Json::Type::string},
      {" [1] ", Json::Type::array},
      {"{}", Json::Type::object},
  }));
  CAPTURE(text);
  const Json value = Json::parse(text);
  CHECK(value.type() == type);
  CHECK(value.isNull() == (type == Json::Type::null));
  CHECK(value.isBoolean() == (type == Json::Type::boolean));
  CHECK(value.isNumber() == (type == Json::Type::number));
  CHECK(value.isString() == (type == Json::Type::string));
  CHECK(value.isArray() == (type == Json::Type::array));
  CHECK(value.isObject() == (type == Json::Type::object));
}

TEST_CASE("a value is read as its own type only") {
  CHECK(Json("a\"\n\xC3\xA9").asString() == "a\"\n\xC3\xA9");
  CHECK(Json::parse(R"("\u00e9")").asString() == "\xC3\xA9");
  CHECK(Json("").asString() == "");
  CHECK(Json(true).asBoolean() == true);
  CHECK(Json(false).asBoolean() == false);
  CHECK(Json(-3).asInteger() == -3);
  CHECK(Json(-3).asNumber() == -3.0);
  CHECK(Json(0.5).asNumber() == 0.5);
  const Json value = Json::parse(GENERATE(as<std::string>(), "null", "[1]", R"({"a":1})"));
  CHECK_FALSE(value.asString());
  CHECK_FALSE(value.asBoolean());
  CHECK_FALSE(value.asInteger());
  CHECK_FALSE(value.asNumber());
  CHECK_FALSE(Json("1").asNumber());
  CHECK_FALSE(Json(1).asBoolean());
  CHECK_FALSE(Json(1).asString());
  CHECK_FALSE(Json("true").asBoolean());
}

TEST_CASE("an integer has no fraction and no exponent, and fits") {
  const std::string text = GENERATE(as<std::string>(), "0.5", "1.0", "1e3", "9223372036854775808", "true");
  CAPTURE(text);
  CHECK_FALSE(Json::parse(text).asInteger());
  CHECK(Json(std::numeric_limits<std::int64_t>::max()).asInteger() == std::numeric_limits<std::int64_t>::max());
  CHECK(Json(std::numeric_limits<std::int64_t>::min()).asInteger() == std::numeric_limits<std::int64_t>::min());
  CHECK(Json::parse("9223372036854775808").asNumber() == 9223372036854775808.0);
}

TEST_CASE("the members of an object are read in their order") {
  const Json value = Json::parse(R"({"z" : [1, {"a": null}], "a\"b": "x", "": {} })");
  std::string seen;
  for (const auto& [name, member] : value.members()) seen += name + '=' + member.text() + ';';
  CHECK(seen == R"(z=[1,{"a":null}];a"b="x";={};)");
  CHECK(value.find("a\"b").value().asString() == "x");
  CHECK(value.find("").value().isObject());
  CHECK(value.find("z").value().items().at(1).find("a").value().isNull());
  CHECK_FALSE(value.find("a"));
}

TEST_CASE("the items of an array are read in their order") {
  std::string seen;
  for (const Json& item : Json::parse(R"([1, "two", [3, 4], {"five": 5}, null])").items()) seen += item.text() + ';';
  CHECK(seen == R"(1;"two";[3,4];{"five":5};null;)");
  CHECK(Json::array({}).items().empty());
}

TEST_CASE("what is no container has no members and no items") {
  const Json value = Json::parse(GENERATE(as<std::string>(), "null", "true", "1", R"("{}")"));
  CHECK(value.members().empty());
  CHECK(value.items().empty());
  CHECK_FALSE(value.find("a"));
  CHECK(Json::array({1}).members().empty());
  CHECK(Json::object({{"a", 1}}).items().empty());
}

TEST_CASE("a value that was moved from reads as null") {
  Json value = Json::object({{"a", "a string that is too long for the buffer of a short one"}});
  const Json taken = std::move(value);
  CHECK(taken.isObject());
  CHECK(value.isNull());  // NOLINT(bugprone-use-after-move)
  CHECK(value.members().empty());
}
