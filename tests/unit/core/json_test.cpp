#include <liveblocks/core/json.hpp>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

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
