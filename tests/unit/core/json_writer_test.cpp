#include "core/json_writer.hpp"

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "catch.hpp"

using liveblocks::json::ArrayWriter;
using liveblocks::json::ObjectWriter;

TEST_CASE("an object is written compactly, with its members in the order of the calls") {
  ObjectWriter object(3);
  CHECK(object.empty());
  object.addString("name", "Ada");
  object.addInteger("level", std::numeric_limits<std::int64_t>::min());
  object.addJson("list", "[1,2]");
  object.addRaw("\\u0061", "null");
  object.addString("", "");
  CHECK_FALSE(object.empty());
  CHECK(object.finish() == R"({"name":"Ada","level":-9223372036854775808,"list":[1,2],"\u0061":null,"":""})");
}

TEST_CASE("an array is written compactly, with its items in the order of the calls") {
  ArrayWriter array;
  array.addString("a");
  array.addJson("{}");
  array.addString("");
  CHECK(array.finish() == R"(["a",{},""])");
}

TEST_CASE("what has no members or items is written as well") {
  CHECK(ObjectWriter().finish() == "{}");
  CHECK(ArrayWriter().finish() == "[]");
}

TEST_CASE("names and strings are escaped where JSON requires it") {
  const auto [text, quoted] = GENERATE(table<std::string, std::string>({
      {" ~", R"(" ~")"},
      {"\"", R"("\"")"},
      {"\\", R"("\\")"},
      {"/", R"("/")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {std::string("\0\x1F", 2), R"("\u0000\u001f")"},
      {"\x7F", "\"\x7F\""},
      {"\xC3\xA9\xF0\x9F\x98\x80", "\"\xC3\xA9\xF0\x9F\x98\x80\""},
  }));
  ObjectWriter object;
  object.addString(text, text);
  CHECK(object.finish() == "{" + quoted + ":" + quoted + "}");
  ArrayWriter array;
  array.addString(text);
  CHECK(array.finish() == "[" + quoted + "]");
}

TEST_CASE("strings that are not UTF-8 are refused") {
  ObjectWriter object;
  CHECK_THROWS_AS(object.addString("name", "\xFF"), std::invalid_argument);
  CHECK_THROWS_AS(object.addString("\xFF", "value"), std::invalid_argument);
  CHECK_THROWS_AS(ArrayWriter().addString("\xC3"), std::invalid_argument);
}
