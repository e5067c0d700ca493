#include <liveblocks/feeds.hpp>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"
#include "typed_responses.hpp"

namespace lb = liveblocks;
namespace feeds = liveblocks::feeds;
using liveblocks_tests::checkOthers;
using liveblocks_tests::checkRefusals;
using liveblocks_tests::nothing;
using liveblocks_tests::TypedCallFixture;
using nlohmann::json;

namespace {

const std::chrono::system_clock::time_point moment{std::chrono::milliseconds(1735689600250)};
const json feed{{"feedId", "f"},
                {"metadata", {{"name", "chat"}}},
                {"createdAt", 1735689600250},
                {"updatedAt", 1735689600250.5},
                {"later", 1}};
const json message{{"id", "m"}, {"data", {{"role", "user"}}}, {"createdAt", 1735689600250}, {"updatedAt", 0}};
const std::string feedPath = "/v2/rooms/r/feeds/f";

}  // namespace

TEST_CASE_METHOD(TypedCallFixture, "feeds are listed by page and read") {
  CHECK(sent(feeds::list("r")) == "GET /v2/rooms/r/feeds");
  CHECK(sent(feeds::list("r", {3, "c", moment})) == "GET /v2/rooms/r/feeds?cursor=c&since=1735689600250&limit=3");
  const auto page = readFrom(feeds::list("r"), json{{"data", {feed}}, {"nextCursor", "c"}}.dump()).value();
  CHECK(page.nextCursor == "c");
  CHECK(page.data.at(0).feedId == "f");
  CHECK(page.data.at(0).createdAt == moment);
  CHECK(page.data.at(0).updatedAt == moment);
  CHECK(page.data.at(0).metadata.find("name")->asString() == "chat");
  CHECK(page.data.at(0).json.find("later")->asInteger() == 1);
  CHECK(sent(feeds::get("r", "f")) == "GET " + feedPath);
  checkRefusals(*this, feeds::get("r", "f"), feed,
                {{"/feedId", nothing()}, {"/createdAt", "2025-01-01T00:00:00.000Z"}, {"/updatedAt", 1e300}});
}

TEST_CASE_METHOD(TypedCallFixture, "feeds are created, changed and removed") {
  CHECK(sent(feeds::create("r", {"f"})) == R"(POST /v2/rooms/r/feeds {"feedId":"f"})");
  CHECK(sent(feeds::create("r", {"f", {{"a", "x"}, {"b", std::vector<std::string>{"y"}}}, moment})) ==
        R"(POST /v2/rooms/r/feeds {"feedId":"f","metadata":{"a":"x","b":["y"]},"timestamp":1735689600250})");
  CHECK(sent(feeds::update("r", "f", {{"a", std::nullopt}, {"b", "x"}})) ==
        "PATCH " + feedPath + R"( {"metadata":{"a":null,"b":"x"}})");
  CHECK(sent(feeds::deleteFeed("r", "f")) == "DELETE " + feedPath);
  CHECK(readFrom(feeds::update("r", "f", {}), feed.dump())->feedId == "f");
  CHECK(refusalOf(feeds::create("r", {""})) == "feedId is empty");
  CHECK(refusalOf(feeds::create("r", {"f", {{"", "x"}}})) == "a key of metadata is empty");
  CHECK(refusalOf(feeds::create("r", {"f", {{"\xff", "x"}}})) == "a key of metadata is not valid UTF-8");
  CHECK(refusalOf(feeds::create("r", {"f", {{"a", "\xff"}}})) == "a value of metadata is not valid UTF-8");
  CHECK(refusalOf(feeds::update("r", "f", {{"a", std::vector<std::string>{"\xff"}}})) ==
        "a value of metadata is not valid UTF-8");
}

TEST_CASE_METHOD(TypedCallFixture, "messages of a feed are listed, created, changed and removed") {
  CHECK(sent(feeds::listMessages("r", "f", {3, {}, {}})) == "GET " + feedPath + "/messages?limit=3");
  const json page{{"data", {message}}, {"nextCursor", nullptr}};
  const auto read = readFrom(feeds::listMessages("r", "f"), page.dump()).value();
  CHECK(read.data.at(0).data.text() == R"({"role":"user"})");
  CHECK(read.data.at(0).updatedAt == std::chrono::system_clock::time_point());
  checkRefusals(*this, feeds::listMessages("r", "f"), page, {{"/data/0/id", 7}, {"/data/0/createdAt", nothing()}});
  CHECK(sent(feeds::createMessage("r", "f", {lb::Json("hi")})) == "POST " + feedPath + R"(/messages {"data":"hi"})");
  CHECK(sent(feeds::createMessage("r", "f", {lb::Json(1), "m", moment})) ==
        "POST " + feedPath + R"(/messages {"data":1,"id":"m","timestamp":1735689600250})");
  CHECK(sent(feeds::updateMessage({"r", "f", "m"}, lb::Json(2), moment)) ==
        "PATCH " + feedPath + R"(/messages/m {"data":2,"timestamp":1735689600250})");
  CHECK(readFrom(feeds::updateMessage({"r", "f", "m"}, lb::Json(2)), message.dump())->id == "m");
  CHECK(sent(feeds::deleteMessage({"r", "f", "m"})) == "DELETE " + feedPath + "/messages/m");
}

TEST_CASE_METHOD(TypedCallFixture, "a message is as deep as its body may be, and not deeper") {
  const auto nested = [](std::size_t depth) {
    return lb::Json::parse(std::string(depth, '[') + std::string(depth, ']'));
  };
  const std::size_t most = lb::Json::maxDepth;
  CHECK_FALSE(feeds::createMessage("r", "f", {nested(most - 1)}).request.problem);
  CHECK(refusalOf(feeds::createMessage("r", "f", {nested(most)})) ==
        "the body must not be nested more than 64 levels deep");
}

TEST_CASE_METHOD(TypedCallFixture, "a response about another feed or message is refused") {
  checkOthers(*this, feeds::get("r", "f"), feed, {"/feedId"});
  checkOthers(*this, feeds::create("r", {"f"}), feed, {"/feedId"});
  checkOthers(*this, feeds::update("r", "f", {}), feed, {"/feedId"});
  checkOthers(*this, feeds::updateMessage({"r", "f", "m"}, lb::Json(2)), message, {"/id"});
  checkOthers(*this, feeds::createMessage("r", "f", {lb::Json(2), "m"}), message, {"/id"});
  CHECK(readFrom(feeds::createMessage("r", "f", {lb::Json(2)}), message.dump())->id == "m");
}
