#include <liveblocks/notifications.hpp>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"
#include "typed_responses.hpp"

namespace lb = liveblocks;
namespace notifications = liveblocks::notifications;
using liveblocks_tests::checkOthers;
using liveblocks_tests::checkRefusals;
using liveblocks_tests::codeOf;
using liveblocks_tests::nothing;
using liveblocks_tests::TypedCallFixture;
using nlohmann::json;
using notifications::TextMentionSubscription;
using notifications::ThreadSubscription;

namespace {

const json custom = json::parse(R"({
  "kind": "$fileUploaded", "id": "in_1", "roomId": "r", "subjectId": "file", "notifiedAt": "2025-01-02T00:00:00.000Z",
  "readAt": null, "later": 1,
  "activities": [{"id": "ac_1", "createdAt": "2025-01-01T00:00:00.250Z", "data": {"size": 7}}]})");
const json thread = json::parse(R"({"kind": "thread", "id": "in_2", "roomId": "r", "threadId": "th_1",
  "notifiedAt": "2025-01-02T00:00:00.000Z", "readAt": "2025-01-03T00:00:00.000Z"})");
constexpr std::chrono::milliseconds jan1{1735689600250};

notifications::Trigger triggerWith(lb::Json data) { return {"u", "$k", "s", std::move(data)}; }

}  // namespace

TEST_CASE_METHOD(TypedCallFixture, "a custom notification is triggered") {
  CHECK(sent(notifications::trigger({"u", "$k", "s"})) ==
        R"(POST /v2/inbox-notifications/trigger {"userId":"u","kind":"$k","subjectId":"s","activityData":{}})");
  notifications::Trigger full = triggerWith(lb::Json::object({{"a", "x"}, {"b", 1}, {"c", true}}));
  full.roomId = "r";
  full.organizationId = "o";
  CHECK(sent(notifications::trigger(full)) ==
        R"(POST /v2/inbox-notifications/trigger {"userId":"u","kind":"$k","roomId":"r","subjectId":"s",)"
        R"("activityData":{"a":"x","b":1,"c":true},"organizationId":"o"})");
  CHECK(readFrom(notifications::trigger(full), "{}").ok());
}

TEST_CASE_METHOD(TypedCallFixture, "a custom notification that cannot be is refused") {
  for (const char* kind : {"", "$", "thread"}) {
    CAPTURE(kind);
    CHECK(refusalOf(notifications::trigger({"u", kind, "s"})) ==
          "kind is not that of a custom notification, which begins with '$'");
  }
  for (const char* data : {"[]", "null"}) {
    CAPTURE(data);
    CHECK(refusalOf(notifications::trigger(triggerWith(lb::Json::parse(data)))) ==
          "activityData is not an object. Did you pass serialized JSON? Use Json::parse");
  }
  for (const char* data : {R"({"a":null})", R"({"a":{}})"}) {
    CAPTURE(data);
    CHECK(refusalOf(notifications::trigger(triggerWith(lb::Json::parse(data)))) ==
          "a member of activityData is neither a string, a number nor a boolean");
  }
  CHECK(refusalOf(notifications::trigger({"", "$k", "s"})) == "userId is empty");
  CHECK(refusalOf(notifications::trigger({"\xff", "$k", "s"})) == "userId is not valid UTF-8");
}

TEST_CASE_METHOD(TypedCallFixture, "an inbox is listed by page") {
  CHECK(sent(notifications::list("a b")) == "GET /v2/users/a%20b/inbox-notifications");
  notifications::InboxOptions options;
  options.unread = true;
  options.organizationId = "o";
  options.limit = 5;
  options.startingAfter = "c";
  CHECK(sent(notifications::list("u", options)) ==
        "GET /v2/users/u/inbox-notifications?query=unread%3Atrue&startingAfter=c&limit=5&organizationId=o");
  const json page{{"data", {custom, thread}}, {"nextCursor", "c1"}};
  const auto read = readFrom(notifications::list("u"), page.dump()).value();
  CHECK(read.nextCursor == "c1");
  REQUIRE(read.data.size() == 2);
  CHECK(read.data[0].kind == "$fileUploaded");
  CHECK(read.data[0].subjectId == "file");
  CHECK(!read.data[0].readAt);
  CHECK(read.data[0].activities.at(0).createdAt.time_since_epoch() == jan1);
  CHECK(read.data[0].activities.at(0).data.text() == R"({"size":7})");
  CHECK(read.data[0].json.find("later")->asInteger() == 1);
  CHECK(read.data[1].threadId == "th_1");
  CHECK(read.data[1].readAt.has_value());
  CHECK(!readFrom(notifications::list("u"), R"({"data":[],"nextCursor":null})")->nextCursor);
  checkRefusals(*this, notifications::list("u"), page,
                {{"/data/0/id", nothing()}, {"/data/0/activities/0/createdAt", "now"}, {"/nextCursor", 7}});
}

TEST_CASE_METHOD(TypedCallFixture, "a page after nothing would be the first one again") {
  notifications::InboxOptions options;
  options.startingAfter = "";
  CHECK(refusalOf(notifications::list("u", options)) == "startingAfter is empty");
  CHECK(refusalOf(notifications::deleteAll("u", "")) == "organizationId is empty");
}

TEST_CASE_METHOD(TypedCallFixture, "a notification is got, marked as read and removed") {
  CHECK(sent(notifications::get("u", "in/1")) == "GET /v2/users/u/inbox-notifications/in%2F1");
  checkRefusals(*this, notifications::get("u", "in_1"), custom,
                {{"/id", 7},
                 {"/kind", nothing()},
                 {"/notifiedAt", nullptr},
                 {"/readAt", 7},
                 {"/roomId", 7},
                 {"/activities", "x"},
                 {"/activities/0/id", 7}});
  CHECK(sent(notifications::markAsRead("in_1")) == "POST /v2/inbox-notifications/in_1/read");
  CHECK(sent(notifications::deleteNotification("u", "in_1")) == "DELETE /v2/users/u/inbox-notifications/in_1");
  CHECK(sent(notifications::deleteAll("u")) == "DELETE /v2/users/u/inbox-notifications");
  CHECK(sent(notifications::deleteAll("u", "o")) == "DELETE /v2/users/u/inbox-notifications?organizationId=o");
}

TEST_CASE_METHOD(TypedCallFixture, "the settings of a user are read by channel") {
  const json settings{{"email", {{"thread", true}, {"$k", false}}}, {"webPush", nullptr}, {"pigeon", json::object()}};
  const auto read = readFrom(notifications::getSettings("u"), settings.dump()).value();
  CHECK(read == notifications::Settings{{"email", {{"thread", true}, {"$k", false}}}, {"pigeon", {}}});
  checkRefusals(*this, notifications::getSettings("u"), settings, {});
  for (const char* refused : {R"({"email":7})", R"({"pigeon":{"thread":"yes"}})"}) {
    const auto outcome = readFrom(notifications::getSettings("u"), refused);
    CHECK(codeOf(outcome) == lb::Errc::upstream);
    CHECK(outcome.error().message.find("pigeon") == std::string::npos);
  }
  CHECK(sent(notifications::getSettings("u")) == "GET /v2/users/u/notification-settings");
  CHECK(sent(notifications::updateSettings("u", {{"email", {{"thread", false}}}})) ==
        R"(POST /v2/users/u/notification-settings {"email":{"thread":false}})");
  CHECK(refusalOf(notifications::updateSettings("u", {{"\xff", {}}})) == "a channel is not valid UTF-8");
  CHECK(refusalOf(notifications::updateSettings("u", {{"email", {{"\xff", true}}}})) == "a kind is not valid UTF-8");
  CHECK(sent(notifications::deleteSettings("u")) == "DELETE /v2/users/u/notification-settings");
}

TEST_CASE_METHOD(TypedCallFixture, "the subscriptions of a user in a room are read and changed") {
  const std::string path = "/v2/rooms/r/users/u/subscription-settings";
  CHECK(sent(notifications::getRoomSubscriptions("r", "u")) == "GET " + path);
  CHECK(sent(notifications::deleteRoomSubscriptions("r", "u")) == "DELETE " + path);
  const notifications::RoomSubscriptions change{ThreadSubscription::repliesAndMentions, TextMentionSubscription::mine};
  CHECK(sent(notifications::updateRoomSubscriptions("r", "u", change)) ==
        "POST " + path + R"( {"threads":"replies_and_mentions","textMentions":"mine"})");
  CHECK(sent(notifications::updateRoomSubscriptions("r", "u", {{}, TextMentionSubscription::none})) ==
        "POST " + path + R"( {"textMentions":"none"})");
  const json settings{{"threads", "all"}, {"textMentions", "some new word"}};
  const auto read = readFrom(notifications::getRoomSubscriptions("r", "u"), settings.dump()).value();
  CHECK(read.threads == ThreadSubscription::all);
  CHECK(read.textMentions == std::nullopt);
  checkRefusals(*this, notifications::getRoomSubscriptions("r", "u"), settings,
                {{"/threads", 7}, {"/textMentions", nothing()}});
}

TEST_CASE_METHOD(TypedCallFixture, "the rooms in which a user has settings are listed by page") {
  notifications::RoomSubscriptionsOptions options;
  options.limit = 2;
  options.organizationId = "o";
  CHECK(sent(notifications::listRoomSubscriptions("u", options)) ==
        "GET /v2/users/u/room-subscription-settings?limit=2&organizationId=o");
  const json page{{"nextCursor", nullptr},
                  {"data", {{{"roomId", "r"}, {"threads", "none"}, {"textMentions", "none"}}}}};
  const auto read = readFrom(notifications::listRoomSubscriptions("u"), page.dump()).value();
  CHECK(read.data.at(0).roomId == "r");
  CHECK(read.data.at(0).subscriptions.threads == ThreadSubscription::none);
  checkRefusals(*this, notifications::listRoomSubscriptions("u"), page,
                {{"/data/0/roomId", 7}, {"/data/0/threads", 7}, {"/data", nullptr}});
}

TEST_CASE_METHOD(TypedCallFixture, "a response about another notification is refused") {
  checkOthers(*this, notifications::get("u", "in_1"), custom, {"/id"});
}
