#include <string>
#include <vector>

#include "catch.hpp"
#include "room_outcome.hpp"
#include "rooms_api.hpp"

namespace lb = liveblocks;
using liveblocks_tests::outcome;

namespace {

std::string pathOf(std::string_view roomId) { return outcome(lb::detail::roomPath(roomId)); }

std::string listPath(const lb::RoomFilter& filter, const lb::RoomPageOptions& page = {}) {
  return outcome(lb::detail::roomListPath(filter, page));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("room ids are encoded in paths as encodeURIComponent() does") {
  const auto [id, part] = GENERATE(table<std::string, std::string>({
      {"a b/c?d#é%", "a%20b%2Fc%3Fd%23%C3%A9%25"},
      {"Az09-_.!~*'()", "Az09-_.!~*'()"},
      {"\"$&+,:;<=>@[\\]^`{|}", "%22%24%26%2B%2C%3A%3B%3C%3D%3E%40%5B%5C%5D%5E%60%7B%7C%7D"},
      {std::string("\0\n\x1F\x7F", 4), "%00%0A%1F%7F"},
      {"😀", "%F0%9F%98%80"},
      {"%2e%2e", "%252e%252e"},
      {"...", "..."},
      {".hidden", ".hidden"},
      {"a..b/.c", "a..b%2F.c"},
  }));
  CHECK(pathOf(id) == "/v2/rooms/" + part);
}

TEST_CASE("letters, digits and nine signs stay unchanged in paths") {
  const std::string_view kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
  for (int byte = 0; byte < 0x80; ++byte) {
    const char c = static_cast<char>(byte);
    const bool isKept = kept.find(c) != std::string_view::npos;
    INFO("byte " << byte);
    CHECK(pathOf(std::string("a") + c).size() == std::string("/v2/rooms/a").size() + (isKept ? 1 : 3));
  }
}

TEST_CASE("no room id leads to another resource") {
  const std::string id = GENERATE(".", "..", "a/..", "../a", "a/../b", "a\\..\\b", "./a", "a/.", "\\..", "/..", "../",
                                  "a/b/../../c", "..\\/");
  CHECK(pathOf(id) == "invalid: the room id is a path segment of dots, or holds one");
}

TEST_CASE("a room id in a path has 1 to 128 UTF-16 code units") {
  CHECK(pathOf("") == "invalid: the room id is empty");
  CHECK(pathOf("\xFF") == "invalid: the room id is not valid UTF-8");
  CHECK(pathOf(repeated("a", 127)) == "/v2/rooms/" + repeated("a", 127));
  CHECK(pathOf(repeated("a", 128)) == "/v2/rooms/" + repeated("a", 128));
  CHECK(pathOf(repeated("😀", 64)) == "/v2/rooms/" + repeated("%F0%9F%98%80", 64));
  const std::string tooLong = "invalid: the room id is longer than 128 UTF-16 code units";
  CHECK(pathOf(repeated("a", 129)) == tooLong);
  CHECK(pathOf(repeated("😀", 64) + "a") == tooLong);
}

TEST_CASE("a list of all rooms has no query") {
  CHECK(listPath({}) == "/v2/rooms");
  CHECK(listPath({}, {20}) == "/v2/rooms");
}

TEST_CASE("a filtered list has its parameters in the vendor's order") {
  lb::RoomFilter filter;
  filter.userId = "user 1";
  filter.groupIds = {{"g&1", "é"}};
  filter.query.roomIdStartsWith("liveblocks:").metadata("color", "blue");
  filter.organizationId = "org_1";
  CHECK(listPath(filter, {10, "2"}) ==
        "/v2/rooms?limit=10&startingAfter=2&userId=user+1&groupIds=g%261%2C%C3%A9"
        "&query=roomId%5E%27liveblocks%3A%27+metadata%5B%27color%27%5D%3A%27blue%27&organizationId=org_1");
}

TEST_CASE("a page has from 1 to 100 rooms") {
  CHECK(listPath({}, {1}) == "/v2/rooms?limit=1");
  CHECK(listPath({}, {100}) == "/v2/rooms?limit=100");
  const std::size_t limit = GENERATE(0U, 101U);
  CHECK(listPath({}, {limit}) == "invalid: limit is not between 1 and 100");
}

TEST_CASE("a filter that would restrict nothing is refused") {
  const std::vector<std::string> none;
  CHECK(listPath({{}, none}) == "invalid: groupIds is empty, and there is no userId");
  CHECK(listPath({"u", none}) == "/v2/rooms?userId=u");
  CHECK(listPath({""}) == "invalid: userId is empty");
  CHECK(listPath({{}, {{"g", ""}}}) == "invalid: an id in groupIds is empty");
  CHECK(listPath({{}, {}, {}, ""}) == "invalid: organizationId is empty");
  CHECK(listPath({}, {20, ""}) == "invalid: startingAfter is empty");
}

TEST_CASE("ids in a filter are within the limits of a room, without commas") {
  CHECK(listPath({{}, {{"a,b"}}}) == "invalid: an id in groupIds holds a comma");
  CHECK(listPath({"a,b"}) == "/v2/rooms?userId=a%2Cb");
  CHECK(listPath({repeated("u", 256)}) == "/v2/rooms?userId=" + repeated("u", 256));
  CHECK(listPath({repeated("u", 257)}) == "invalid: userId is longer than 256 UTF-16 code units");
  CHECK(listPath({"\xFF"}) == "invalid: userId is not valid UTF-8");
  CHECK(listPath({{}, {{"g", "\xFF"}}}) == "invalid: an id in groupIds is not valid UTF-8");
  CHECK(listPath({{}, {}, {}, "\xFF"}) == "invalid: organizationId is not valid UTF-8");
  CHECK(listPath({}, {20, "\xFF"}) == "invalid: startingAfter is not valid UTF-8");
}
