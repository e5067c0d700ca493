#include <liveblocks/comments.hpp>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"
#include "typed_responses.hpp"

namespace lb = liveblocks;
namespace comments = liveblocks::comments;
using comments::CommentBody;
using liveblocks_tests::checkOthers;
using liveblocks_tests::checkRefusals;
using liveblocks_tests::nothing;
using liveblocks_tests::TypedCallFixture;
using nlohmann::json;

namespace {

const std::chrono::system_clock::time_point jan1{std::chrono::milliseconds(1735689600250)};
constexpr const char* jan1Text = "2025-01-01T00:00:00.250Z";
const comments::ThreadAddress threadAddress{"r", "th_1"};
const comments::CommentAddress commentAddress{"r", "th_1", "cm_1"};
const std::string threadPath = "/v2/rooms/r/threads/th_1";
const std::string commentPath = threadPath + "/comments/cm_1";
const std::string bodyText = R"({"version":1,"content":[{"type":"paragraph","children":[{"text":"hi"}]}]})";

const json& comment() {
  static const json value{
      {"type", "comment"},
      {"id", "cm_1"},
      {"threadId", "th_1"},
      {"roomId", "r"},
      {"userId", "ada"},
      {"createdAt", jan1Text},
      {"editedAt", jan1Text},
      {"body", json::parse(bodyText)},
      {"metadata", {{"tag", "x"}, {"n", 2}, {"b", true}}},
      {"reactions", {{{"emoji", "+1"}, {"createdAt", jan1Text}, {"users", {{{"id", "ada"}}, {{"id", "bob"}}}}}}},
      {"attachments",
       {{{"type", "attachment"}, {"id", "at_1"}, {"name", "a.png"}, {"size", 3}, {"mimeType", "image/png"}}}}};
  return value;
}

const json& thread() {
  static const json value{{"type", "thread"},
                          {"id", "th_1"},
                          {"roomId", "r"},
                          {"createdAt", jan1Text},
                          {"updatedAt", jan1Text},
                          {"comments", {comment()}},
                          {"metadata", {{"color", "blue"}}},
                          {"resolved", true},
                          {"visibility", "private"},
                          {"later", 1}};
  return value;
}

comments::NewComment hi() { return {"ada", CommentBody().text("hi")}; }

std::string queryOf(const comments::ThreadFilter& filter) {
  const auto request = comments::listThreads("r", filter).request;
  return request.query.empty() ? "" : request.query.at(0).value;
}

}  // namespace

TEST_CASE_METHOD(TypedCallFixture, "a thread is read with its comments") {
  const auto read = readFrom(comments::getThread(threadAddress), thread().dump()).value();
  CHECK(read.id == "th_1");
  CHECK(read.createdAt == jan1);
  CHECK(read.updatedAt == jan1);
  CHECK(read.resolved);
  CHECK(read.visibility == "private");
  CHECK(read.metadata.at("color").asString() == "blue");
  CHECK(read.json.find("later")->asInteger() == 1);
  const comments::Comment& first = read.comments.at(0);
  CHECK(first.userId == "ada");
  CHECK(first.editedAt == jan1);
  CHECK(!first.deletedAt);
  CHECK(json::parse(first.body.text()) == json::parse(bodyText));
  CHECK(first.metadata.at("n").asInteger() == 2);
  CHECK(first.reactions.at(0).userIds == std::vector<std::string>{"ada", "bob"});
  CHECK(first.attachments.at(0).size == 3);
  checkRefusals(*this, comments::getThread(threadAddress), thread(),
                {{"/id", nothing()},
                 {"/roomId", 7},
                 {"/createdAt", "x"},
                 {"/updatedAt", 7},
                 {"/resolved", "yes"},
                 {"/visibility", 7},
                 {"/metadata", 7},
                 {"/comments", nothing()},
                 {"/comments/0/id", 7}});
}

TEST_CASE_METHOD(TypedCallFixture, "a comment is read, also one that was deleted") {
  checkRefusals(*this, comments::getComment(commentAddress), comment(),
                {{"/id", 7},
                 {"/threadId", nothing()},
                 {"/roomId", 7},
                 {"/userId", nullptr},
                 {"/createdAt", nullptr},
                 {"/editedAt", 7},
                 {"/deletedAt", "x"},
                 {"/body", "x"},
                 {"/metadata", "x"},
                 {"/reactions", "x"},
                 {"/reactions/0/emoji", 7},
                 {"/reactions/0/users", nothing()},
                 {"/reactions/0/users/0/id", 7},
                 {"/attachments", 7},
                 {"/attachments/0/size", "3"},
                 {"/attachments/0/mimeType", nothing()}});
  json deleted = comment();
  deleted.erase("body");
  deleted.erase("metadata");
  deleted["deletedAt"] = jan1Text;
  deleted["reactions"] = json::array();
  const auto read = readFrom(comments::getComment(commentAddress), deleted.dump()).value();
  CHECK(read.body.isNull());
  CHECK(read.deletedAt == jan1);
  CHECK(read.metadata.empty());
}

TEST_CASE_METHOD(TypedCallFixture, "threads are listed by a filter") {
  CHECK(sent(comments::listThreads("r")) == "GET /v2/rooms/r/threads");
  const auto read = readFrom(comments::listThreads("r"), json{{"data", {thread()}}}.dump()).value();
  CHECK(read.at(0).id == "th_1");
  comments::ThreadFilter filter;
  filter.resolved = false;
  filter.visibility = "public";
  filter.metadata = {{"a", "it's"}, {"b", 3}, {"c", true}, {"d", nullptr}};
  filter.query = "metadata['e']^'x'";
  CHECK(queryOf(filter) ==
        "resolved:false visibility:'public' metadata['a']:\"it's\" metadata['b']:3 "
        "metadata['c']:true metadata['d']:null metadata['e']^'x'");
  CHECK(queryOf({}).empty());
}

TEST_CASE_METHOD(TypedCallFixture, "a value in a filter of threads stays a value") {
  CHECK(queryOf({{}, {}, {{"a", "x' resolved:true"}}}) == "metadata['a']:\"x' resolved:true\"");
  CHECK(refusalOf(comments::listThreads("r", {{}, {}, {{"a", "\\n"}}})) ==
        "a value of metadata has a control character, or a backslash before n, r or t, which the query language cannot "
        "express");
  CHECK(refusalOf(comments::listThreads("r", {{}, "\xff"})) == "visibility is not valid UTF-8");
  CHECK(refusalOf(comments::listThreads("r", {{}, {}, {{"", "x"}}})) == "a key of metadata is empty");
  CHECK(refusalOf(comments::listThreads("r", {{}, {}, {{"a", lb::Json::array({})}}})) ==
        "a value of metadata is neither a string, a number nor a boolean");
}

TEST_CASE_METHOD(TypedCallFixture, "threads and comments are created") {
  const std::string least = R"({"userId":"ada","body":)" + bodyText + "}";
  CHECK(sent(comments::createThread("r", {hi()})) == "POST /v2/rooms/r/threads {\"comment\":" + least + "}");
  CHECK(sent(comments::createComment(threadAddress, hi())) == "POST " + threadPath + "/comments " + least);
  comments::NewComment full = hi();
  full.metadata = {{"a", 1}};
  full.attachmentIds = {"at_1"};
  full.createdAt = jan1;
  CHECK(sent(comments::createThread("r", {full, {{"color", "blue"}}, "private"})) ==
        R"(POST /v2/rooms/r/threads {"comment":{"userId":"ada","createdAt":"2025-01-01T00:00:00.250Z","body":)" +
            bodyText + R"(,"metadata":{"a":1},"attachmentIds":["at_1"]},"metadata":{"color":"blue"},)" +
            R"("visibility":"private"})");
  CHECK(readFrom(comments::createThread("r", {hi()}), thread().dump())->id == "th_1");
  CHECK(readFrom(comments::createComment(threadAddress, hi()), comment().dump())->id == "cm_1");
  full.metadata = {{"a", nullptr}};
  CHECK(refusalOf(comments::createComment(threadAddress, full)) ==
        "a value of metadata is neither a string, a number nor a boolean");
  CHECK(refusalOf(comments::createThread("r", {{"", {}}})) == "userId is empty");
}

TEST_CASE_METHOD(TypedCallFixture,
                 "an argument that cannot be right is an error of the call, wherever it would be sent") {
  CHECK(refusalOf(comments::getThread({"r", ""})) == "the path parameter 'threadId' is empty");
  CHECK(refusalOf(comments::resolveThread(threadAddress, "")) == "userId is empty");
  CHECK(refusalOf(comments::resolveThread(threadAddress, "\xff")) == "userId is not valid UTF-8");
  CHECK(refusalOf(comments::updateThreadMetadata(threadAddress, {"ada", {{"\xff", 1}}})) ==
        "a key of metadata is not valid UTF-8");
  CHECK(refusalOf(comments::editComment(commentAddress, {{}, {}, std::vector<std::string>{"at_1", ""}})) ==
        "an item of attachmentIds is empty");
  CHECK(refusalOf(comments::addReaction(commentAddress, {"ada", ""})) == "emoji is empty");
}

TEST_CASE_METHOD(TypedCallFixture, "threads and comments are changed and removed") {
  const std::string byAda = R"( {"userId":"ada"})";
  CHECK(sent(comments::getThread(threadAddress)) == "GET " + threadPath);
  CHECK(sent(comments::deleteThread(threadAddress)) == "DELETE " + threadPath);
  CHECK(sent(comments::resolveThread(threadAddress, "ada")) == "POST " + threadPath + "/mark-as-resolved" + byAda);
  CHECK(sent(comments::unresolveThread(threadAddress, "ada")) == "POST " + threadPath + "/mark-as-unresolved" + byAda);
  CHECK(sent(comments::subscribe(threadAddress, "ada")) == "POST " + threadPath + "/subscribe" + byAda);
  CHECK(sent(comments::unsubscribe(threadAddress, "ada")) == "POST " + threadPath + "/unsubscribe" + byAda);
  CHECK(sent(comments::getComment(commentAddress)) == "GET " + commentPath);
  CHECK(sent(comments::deleteComment(commentAddress)) == "DELETE " + commentPath);
  const comments::CommentChange change{CommentBody().text("hi"), {{"a", nullptr}}, std::vector<std::string>{}, jan1};
  CHECK(sent(comments::editComment(commentAddress, change)) ==
        "POST " + commentPath + R"( {"body":)" + bodyText +
            R"(,"editedAt":"2025-01-01T00:00:00.250Z","attachmentIds":[],"metadata":{"a":null}})");
}

TEST_CASE_METHOD(TypedCallFixture, "metadata is changed and returned") {
  const comments::MetadataChange change{"ada", {{"a", nullptr}, {"b", false}}, jan1};
  const std::string body =
      R"( {"metadata":{"a":null,"b":false},"userId":"ada","updatedAt":"2025-01-01T00:00:00.250Z"})";
  CHECK(sent(comments::updateThreadMetadata(threadAddress, change)) == "POST " + threadPath + "/metadata" + body);
  CHECK(sent(comments::updateCommentMetadata(commentAddress, change)) == "POST " + commentPath + "/metadata" + body);
  const auto read = readFrom(comments::updateThreadMetadata(threadAddress, change), R"({"b":false,"c":null})").value();
  CHECK(read.size() == 2);
  CHECK(read.at("b").asBoolean() == false);
  checkRefusals(*this, comments::updateCommentMetadata(commentAddress, change), json::object(), {});
}

TEST_CASE_METHOD(TypedCallFixture, "subscriptions are read") {
  const json subscription{{"kind", "thread"}, {"subjectId", "th_1"}, {"createdAt", jan1Text}, {"userId", "ada"}};
  CHECK(sent(comments::listSubscriptions(threadAddress)) == "GET " + threadPath + "/subscriptions");
  const auto list = readFrom(comments::listSubscriptions(threadAddress), json{{"data", {subscription}}}.dump()).value();
  CHECK(list.at(0).userId == "ada");
  checkRefusals(*this, comments::subscribe(threadAddress, "ada"), subscription,
                {{"/kind", 7}, {"/subjectId", nothing()}, {"/createdAt", 7}, {"/userId", 7}});
}

TEST_CASE_METHOD(TypedCallFixture, "reactions are added and removed") {
  CHECK(sent(comments::addReaction(commentAddress, {"ada", "+1", jan1})) ==
        "POST " + commentPath +
            R"(/add-reaction {"emoji":"+1","userId":"ada","createdAt":"2025-01-01T00:00:00.250Z"})");
  CHECK(sent(comments::removeReaction(commentAddress, "ada", "+1", jan1)) ==
        "POST " + commentPath +
            R"(/remove-reaction {"emoji":"+1","userId":"ada","removedAt":"2025-01-01T00:00:00.250Z"})");
  checkRefusals(*this, comments::addReaction(commentAddress, {"ada", "+1"}),
                {{"emoji", "+1"}, {"userId", "ada"}, {"createdAt", jan1Text}},
                {{"/emoji", 7}, {"/userId", nothing()}, {"/createdAt", nullptr}});
}

TEST_CASE_METHOD(TypedCallFixture, "a response about another thread or comment is refused") {
  const std::vector<std::string> ofThread{"/id", "/roomId", "/comments/0/roomId", "/comments/0/threadId"};
  checkOthers(*this, comments::getThread(threadAddress), thread(), ofThread);
  checkOthers(*this, comments::resolveThread(threadAddress, "ada"), thread(), ofThread);
  checkOthers(*this, comments::unresolveThread(threadAddress, "ada"), thread(), ofThread);
  checkOthers(*this, comments::createThread("r", {hi()}), thread(), {"/roomId"});
  checkOthers(*this, comments::listThreads("r"), json{{"data", {thread()}}}, {"/data/0/roomId"});
  const std::vector<std::string> ofComment{"/id", "/roomId", "/threadId"};
  checkOthers(*this, comments::getComment(commentAddress), comment(), ofComment);
  checkOthers(*this, comments::editComment(commentAddress, {CommentBody()}), comment(), ofComment);
  checkOthers(*this, comments::createComment(threadAddress, hi()), comment(), {"/roomId", "/threadId"});
}

TEST_CASE_METHOD(TypedCallFixture, "a response about another subscription or reaction is refused") {
  json subscription{{"kind", "thread"}, {"subjectId", "th_1"}, {"createdAt", jan1Text}, {"userId", "ada"}};
  checkOthers(*this, comments::subscribe(threadAddress, "ada"), subscription, {"/kind", "/subjectId", "/userId"});
  checkOthers(*this, comments::listSubscriptions(threadAddress), json{{"data", {subscription}}},
              {"/data/0/kind", "/data/0/subjectId"});
  subscription.erase("userId");
  CHECK(readFrom(comments::subscribe(threadAddress, "ada"), subscription.dump()).ok());
  checkOthers(*this, comments::addReaction(commentAddress, {"ada", "+1"}),
              {{"userId", "ada"}, {"emoji", "+1"}, {"createdAt", jan1Text}}, {"/userId"});
}
