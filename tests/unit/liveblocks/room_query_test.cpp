#include <liveblocks/room_query.hpp>

#include <stdexcept>
#include <string>

#include "catch.hpp"

using liveblocks::RoomQuery;

TEST_CASE("a query is empty, or consists of clauses with a space between them") {
  CHECK(RoomQuery().text().empty());
  RoomQuery query;
  query.roomIdStartsWith("acme:").metadata("color", "blue");
  query.metadata("size", "");
  CHECK(query.text() == "roomId^'acme:' metadata['color']:'blue' metadata['size']:''");
  CHECK(RoomQuery().metadata("color", "blue").roomIdStartsWith("a").text() == "metadata['color']:'blue' roomId^'a'");
}

TEST_CASE("a query may begin with a text in the query language") {
  CHECK(RoomQuery::fromText("roomId^\"a\" AND metadata['n']:'1'").metadata("k", "v").text() ==
        "roomId^\"a\" AND metadata['n']:'1' metadata['k']:'v'");
  CHECK(RoomQuery::fromText("").metadata("k", "v").text() == "metadata['k']:'v'");
  CHECK_THROWS_AS(RoomQuery::fromText("\xFF"), std::invalid_argument);
}

TEST_CASE("values are quoted") {
  const auto [value, quoted] = GENERATE(table<std::string, std::string>({
      {"blue", "'blue'"},
      {"say \"hi\"", "'say \"hi\"'"},
      {"it's", "\"it's\""},
      {"'\"", R"("'\"")"},
      {R"(a\b)", R"('a\\b')"},
      {R"(\)", R"('\\')"},
      {R"(\")", R"('\\"')"},
      {R"(\')", R"("\\'")"},
      {R"("\)", R"('"\\')"},
      {"a\nb\tc\rd", R"('a\nb\tc\rd')"},
      {"\\\n", R"('\\\n')"},
      {"é😀\x7F\xE2\x80\xA8", "'é😀\x7F\xE2\x80\xA8'"},
      {"' OR roomId^'", R"("' OR roomId^'")"},
      {"'] metadata['x']:'y", R"("'] metadata['x']:'y")"},
  }));
  CHECK(RoomQuery().metadata("k", value).text() == "metadata['k']:" + quoted);
  CHECK(RoomQuery().metadata(value, "v").text() == "metadata[" + quoted + "]:'v'");
  CHECK(RoomQuery().roomIdStartsWith(value).text() == "roomId^" + quoted);
}

TEST_CASE("a string that the query language cannot express is refused") {
  const std::string text = GENERATE(as<std::string>(), std::string("a\0b", 3), "\x01", "\b", "\f", "\x1F", "C:\\new",
                                    "\\t", "\\\\r", "\xFF", "\xED\xA0\x80");
  CHECK_THROWS_AS(RoomQuery().metadata("k", text), std::invalid_argument);
  CHECK_THROWS_AS(RoomQuery().metadata(text, "v"), std::invalid_argument);
  CHECK_THROWS_AS(RoomQuery().roomIdStartsWith(text), std::invalid_argument);
}

TEST_CASE("a refused clause leaves the query as it was") {
  RoomQuery query = RoomQuery().metadata("k", "v");
  CHECK_THROWS_WITH(
      query.metadata("k", "\\n"),
      "Invalid value for field 'metadata value'. The query language cannot express control characters, nor "
      "a backslash before n, r or t.");
  CHECK_THROWS_AS(query.metadata(" ", "v"), std::invalid_argument);
  CHECK(query.text() == "metadata['k']:'v'");
}

TEST_CASE("the beginning of a room id is not empty") {
  CHECK_THROWS_AS(RoomQuery().roomIdStartsWith(""), std::invalid_argument);
  CHECK(RoomQuery().roomIdStartsWith(" ").text() == "roomId^' '");
}

TEST_CASE("a key of metadata is not only white space") {
  const std::string key = GENERATE("", " ", "\t\n", "\xC2\xA0");
  CHECK_THROWS_AS(RoomQuery().metadata(key, "v"), std::invalid_argument);
}
