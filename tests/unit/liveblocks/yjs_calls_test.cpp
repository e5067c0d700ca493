#include <liveblocks/yjs.hpp>

#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"
#include "typed_responses.hpp"

namespace lb = liveblocks;
namespace yjs = liveblocks::yjs;
using lb::Errc;
using liveblocks_tests::checkRefusals;
using liveblocks_tests::codeOf;
using liveblocks_tests::nothing;
using liveblocks_tests::TypedCallFixture;
using nlohmann::json;

namespace {

const std::string bytes("\0\xff{", 3);

}  // namespace

TEST_CASE_METHOD(TypedCallFixture, "a Yjs document is read as JSON") {
  CHECK(sent(yjs::getDocument("r")) == "GET /v2/rooms/r/ydoc");
  CHECK(sent(yjs::getDocument("r", {true, "k", "ymap"})) == "GET /v2/rooms/r/ydoc?formatting=true&key=k&type=ymap");
  CHECK(readFrom(yjs::getDocument("r"), R"({"k":"v"})")->text() == R"({"k":"v"})");
  CHECK(codeOf(readFrom(yjs::getDocument("r"), bytes)) == Errc::upstream);
  CHECK(refusalOf(yjs::getDocument("r", {true, ""})) == "key is empty");
}

TEST_CASE_METHOD(TypedCallFixture, "updates are bytes") {
  CHECK(sent(yjs::sendUpdate("r", bytes)) == "PUT /v2/rooms/r/ydoc " + bytes);
  CHECK(transport->requests().back().headers.back().value == "application/octet-stream");
  CHECK(sent(yjs::sendUpdate("r", "x", "g")) == "PUT /v2/rooms/r/ydoc?guid=g x");
  CHECK(sent(yjs::getUpdate("r")) == "GET /v2/rooms/r/ydoc-binary");
  CHECK(sent(yjs::getUpdate("r", "g")) == "GET /v2/rooms/r/ydoc-binary?guid=g");
  CHECK(readFrom(yjs::getUpdate("r"), bytes) == lb::Result<std::string>(bytes));
  CHECK(readFrom(yjs::sendUpdate("r", bytes), R"({"success":true})").ok());
  CHECK(codeOf(readFrom(yjs::sendUpdate("r", bytes), "{}", 422)) == Errc::invalidRequest);
}

TEST_CASE_METHOD(TypedCallFixture, "versions of a room are listed, made, read and removed") {
  const json version =
      json::parse(R"({"id": "vh_1", "createdAt": "2025-01-01T00:00:00.000Z", "authors": [{"id": "ada"}], "later": 1})");
  CHECK(sent(yjs::listVersions("r", {3, "c"})) == "GET /v2/rooms/r/versions?limit=3&cursor=c");
  const json page{{"data", {version}}, {"nextCursor", nullptr}};
  const auto read = readFrom(yjs::listVersions("r"), page.dump()).value();
  CHECK(read.data.at(0).id == "vh_1");
  CHECK(read.data.at(0).authorIds == std::vector<std::string>{"ada"});
  CHECK(read.data.at(0).json.find("later")->asInteger() == 1);
  checkRefusals(
      *this, yjs::listVersions("r"), page,
      {{"/data/0/id", 7}, {"/data/0/createdAt", nothing()}, {"/data/0/authors", 7}, {"/data/0/authors/0/id", 7}});
  CHECK(sent(yjs::createVersion("r")) == "POST /v2/rooms/r/versions {}");
  checkRefusals(*this, yjs::createVersion("r"), {{"data", {{"id", "vh_1"}}}}, {{"/data/id", 7}});
  CHECK(sent(yjs::getVersion("r", "v/1")) == "GET /v2/rooms/r/versions/v%2F1/yjs");
  CHECK(readFrom(yjs::getVersion("r", "vh_1"), bytes) == lb::Result<std::string>(bytes));
  CHECK(sent(yjs::deleteVersion("r", "vh_1")) == "DELETE /v2/rooms/r/versions/vh_1");
}
