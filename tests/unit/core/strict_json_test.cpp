#include "core/strict_json.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

namespace json = liveblocks::json;

namespace {

bool isStrict(std::string_view text) { return json::isStrict(text, 16); }

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("one JSON value is strict") {
  const std::string text = GENERATE(
      as<std::string>(), "{}", "[]", "null", "true", "false", "0", "-0", "12", "-1.5", "1.50e+3", "1E-3", "0e0", "\"\"",
      " \t\r\n{ \"a\" : [ 1 , { } ] , \"b\" : \"c\" } \n", R"("\"\\\/\b\f\n\r\t\u0000\u00E9\ud83d\ude00")",
      "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x7F\"", "1e308", "1e-400", "123456789012345678901234567890");
  CAPTURE(text);
  CHECK(isStrict(text));
}

TEST_CASE("what is not one JSON value is not strict") {
  const std::string text =
      GENERATE(as<std::string>(), "", " ", "{", "}", "[", "]", "{]", "[}", "[1,]", "[,1]", "[1 2]", "{\"a\"}",
               "{\"a\":}", "{\"a\" 1}", "{\"a\":1,}", "{,}", "{1:1}", "{a:1}", "{'a':1}", "{}{}", "{}x", "1 1", "nul",
               "nulll", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1.e1", "0x1",
               "1_0", "1e309", "-1e400", "\"", "\"a", "'a'", "\"\\\"", R"("\x")", R"("\u12")", R"("\u12g4")",
               R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", R"("\ud800x")", R"("\ud800\ud800")", "\"\n\"",
               "\"\t\"", "\"\x1F\"", "\"\x80\"", "\"\xC3\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"",
               "\"\xFF\"", "\xEF\xBB\xBF{}", "{}//", "/**/{}", "\x0B{}", "\xC2\xA0{}");
  CAPTURE(text);
  CHECK_FALSE(isStrict(text));
}

TEST_CASE("NUL bytes are strict nowhere") {
  const std::string text = GENERATE(std::string("\0", 1), std::string("{}\0", 3), std::string("\0{}", 3),
                                    std::string("\"\0\"", 3), std::string("1\0", 2), std::string("{\0}", 3));
  CHECK_FALSE(isStrict(text));
}

TEST_CASE("numbers as long as one likes are strict while a double can hold them") {
  CHECK(isStrict(repeated("9", 299)));
  CHECK(isStrict(repeated("9", 300)));
  CHECK(isStrict(repeated("9", 308)));
  CHECK_FALSE(isStrict(repeated("9", 400)));
  CHECK(isStrict("0." + repeated("0", 400) + "1"));
}

TEST_CASE("containers may be nested as deep as is said") {
  const auto nested = [](int depth) {
    return repeated("[{\"a\":", depth / 2) + (depth % 2 == 1 ? "[]" : "1") + repeated("}]", depth / 2);
  };
  CHECK(json::isStrict(nested(15), 16));
  CHECK(json::isStrict(nested(16), 16));
  CHECK_FALSE(json::isStrict(nested(17), 16));
  CHECK(json::isStrict("1", 0));
  CHECK_FALSE(json::isStrict("{}", 0));
  CHECK_FALSE(json::isStrict(repeated("[", 1000000), 64));
  CHECK(json::isStrict("[" + repeated("[{}],", 100) + "1]", 3));
}

TEST_CASE("duplicates are found among few and many members") {
  const int count = GENERATE(2, 31, 32, 33, 34, 500);
  std::string members;
  for (int i = 0; i < count; ++i) members += "\"name" + std::to_string(i) + "\":{},";
  CHECK(isStrict("{" + members + "\"name\":1}"));
  CHECK_FALSE(isStrict("{" + members + "\"name0\":1}"));
  CHECK_FALSE(isStrict("{" + members + "\"name" + std::to_string(count - 1) + "\":1}"));
}

TEST_CASE("duplicate members are refused at any depth, however they are spelled") {
  const auto [text, accepted] = GENERATE(table<std::string, bool>({
      {R"({"a":1,"b":2})", true},
      {R"({"a":1,"a":2})", false},
      {R"({"a":1,"\u0061":2})", false},
      {R"({"x":{"a":1,"b":2,"a":3}})", false},
      {R"([{"a":1},{"a":2}])", true},
      {R"({"a":{"a":{"a":1}}})", true},
      {R"({"a":{"b":1},"b":{"a":1}})", true},
      {R"({"b":1,"a":{"c":1},"b":2})", false},
      {R"({"":1,"":2})", false},
      {R"({"ab":1,"a":2,"b":3})", true},
  }));
  CAPTURE(text);
  CHECK(isStrict(text) == accepted);
}

TEST_CASE("the place of a flaw is told") {
  const auto [text, problem, position] = GENERATE(table<std::string, std::string, std::size_t>({
      {"[1,x]", "not valid JSON", 3},
      {"{\"a\":\"\xFF\"}", "malformed UTF-8", 6},
      {"[[[1]]]", "nested too deeply", 2},
      {"{} {}", "not valid JSON", 3},
  }));
  const auto flaw = json::findFlaw(text, 2);
  REQUIRE(flaw);
  CHECK(flaw->problem == problem);
  CHECK(flaw->position == position);
}
