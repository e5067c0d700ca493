#include <liveblocks/attachments.hpp>
#include <liveblocks/presence.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "catch.hpp"
#include "typed_responses.hpp"

namespace lb = liveblocks;
namespace attachments = liveblocks::attachments;
namespace presence = liveblocks::presence;
using lb::Errc;
using lb::Json;
using liveblocks_tests::checkOthers;
using liveblocks_tests::checkRefusals;
using liveblocks_tests::codeOf;
using liveblocks_tests::nothing;
using liveblocks_tests::TypedCallFixture;
using nlohmann::json;
using std::chrono::seconds;

namespace {

const json attachment{
    {"type", "attachment"}, {"id", "at_1"}, {"name", "a.png"}, {"size", 3}, {"mimeType", "image/png"}};
const attachments::Multipart multipart{"r", "at_1", "up/1"};

attachments::Upload uploadOf(const char* name) { return {"ada", name, "abc", "at_1"}; }

}  // namespace

TEST_CASE_METHOD(TypedCallFixture, "a file is uploaded in one request") {
  CHECK(sent(attachments::upload("r", uploadOf("a/b c.png"))) ==
        "PUT /v2/rooms/r/attachments/at_1/upload/a%2Fb%20c.png?fileSize=3&userId=ada abc");
  CHECK(transport->requests().back().headers.back().value == "application/octet-stream");
  CHECK(readFrom(attachments::upload("r", uploadOf("a.png")), attachment.dump())->name == "a.png");
  CHECK(codeOf(call(attachments::upload("r", uploadOf("..")))) == Errc::invalidRequest);
  CHECK(refusalOf(attachments::upload("r", {"", "a", "abc"})) == "userId is empty");
}

TEST_CASE("files get ids that differ") {
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) {
    const std::string id = attachments::upload("r", {"ada", "a", ""}).request.pathParameters.at(1).value;
    CHECK(id.size() == 24);
    CHECK(id.substr(0, 3) == "at_");
    CHECK(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    ids.insert(id);
  }
  CHECK(ids.size() == 100);
}

TEST_CASE_METHOD(TypedCallFixture, "a file is got with its address") {
  json download = attachment;
  download["url"] = "https://files.example/a?key=1";
  download["expiresAt"] = "2025-01-01T00:00:00.000Z";
  CHECK(sent(attachments::get("r", "at_1")) == "GET /v2/rooms/r/attachments/at_1");
  const auto read = readFrom(attachments::get("r", "at_1"), download.dump()).value();
  CHECK(read.url == "https://files.example/a?key=1");
  CHECK(read.expiresAt.time_since_epoch() == std::chrono::milliseconds(1735689600000));
  CHECK(read.attachment.mimeType == "image/png");
  checkRefusals(*this, attachments::get("r", "at_1"), download,
                {{"/id", 7}, {"/size", nothing()}, {"/url", nothing()}, {"/expiresAt", 7}, {"/expiresAt", "soon"}});
}

TEST_CASE_METHOD(TypedCallFixture, "a file is uploaded in parts") {
  CHECK(sent(attachments::beginMultipart("r", "at_1", "a.png", 7)) ==
        "POST /v2/rooms/r/attachments/at_1/multipart/a.png?fileSize=7");
  const auto begun = readFrom(attachments::beginMultipart("r", "at_1", "a.png", 7), R"({"uploadId":"up/1"})").value();
  CHECK(begun.roomId == "r");
  CHECK(begun.attachmentId == "at_1");
  CHECK(begun.uploadId == "up/1");
  checkRefusals(*this, attachments::beginMultipart("r", "at_1", "a.png", 7), {{"uploadId", "u"}}, {{"/uploadId", 7}});
  const std::string path = "/v2/rooms/r/attachments/at_1/multipart/up%2F1";
  CHECK(sent(attachments::uploadPart(begun, 1, "abc")) == "PUT " + path + "/1 abc");
  checkRefusals(*this, attachments::uploadPart(begun, 1, "abc"), {{"partNumber", 1}, {"etag", "e"}},
                {{"/partNumber", "1"}, {"/etag", nothing()}});
  CHECK(refusalOf(attachments::uploadPart(begun, 0, "abc")) == "partNumber is less than 1");
  CHECK(refusalOf(attachments::completeMultipart(begun, "ada", {{1, ""}})) == "etag is empty");
  CHECK(refusalOf(attachments::completeMultipart(begun, "", {})) == "userId is empty");
  CHECK(sent(attachments::completeMultipart(begun, "ada", {{1, "e"}, {2, "f"}})) ==
        "POST " + path + R"(/complete?userId=ada {"parts":[{"partNumber":1,"etag":"e"},{"partNumber":2,"etag":"f"}]})");
  CHECK(readFrom(attachments::completeMultipart(begun, "ada", {}), attachment.dump())->id == "at_1");
  CHECK(sent(attachments::abortMultipart(multipart)) == "DELETE " + path);
}

TEST_CASE_METHOD(TypedCallFixture, "presence is set for a time") {
  CHECK(sent(presence::set("r", {"ada", Json::object({{"x", 1}})})) ==
        R"(POST /v2/rooms/r/presence {"userId":"ada","data":{"x":1}})");
  CHECK(sent(presence::set("r", {"ada", Json::object({}), Json::object({{"name", "Ada"}}), seconds(2)})) ==
        R"(POST /v2/rooms/r/presence {"userId":"ada","data":{},"userInfo":{"name":"Ada"},"ttl":2})");
  CHECK(readFrom(presence::set("r", {"ada", Json::object({})}), "", 204).ok());
  CHECK(readFrom(presence::set("r", {"ada", Json::object({}), {}, seconds(3599)}), "", 204).ok());
  for (const int ttl : {-1, 0, 1, 3600}) {
    CAPTURE(ttl);
    CHECK(refusalOf(presence::set("r", {"ada", Json::object({}), {}, seconds(ttl)})) ==
          "ttl is not between 2 and 3599 s");
  }
  CHECK(refusalOf(presence::set("r", {"", Json::object({})})) == "userId is empty");
  const std::string noObject = " is not an object. Did you pass serialized JSON? Use Json::parse";
  CHECK(refusalOf(presence::set("r", {"ada", nullptr})) == "data" + noObject);
  CHECK(refusalOf(presence::set("r", {"ada", Json::object({}), Json("{}")})) == "userInfo" + noObject);
}

TEST_CASE_METHOD(TypedCallFixture, "a response about another file is refused") {
  json download = attachment;
  download["url"] = "https://files.example/a";
  download["expiresAt"] = "2025-01-01T00:00:00.000Z";
  checkOthers(*this, attachments::get("r", "at_1"), download, {"/id"});
  checkOthers(*this, attachments::upload("r", uploadOf("a.png")), attachment, {"/id"});
  checkOthers(*this, attachments::completeMultipart(multipart, "ada", {}), attachment, {"/id"});
  checkOthers(*this, attachments::uploadPart(multipart, 1, "x"), {{"partNumber", 1}, {"etag", "e"}}, {"/partNumber"});
}
