#include <liveblocks/webhook_event.hpp>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "event_members_json.hpp"

using liveblocks::Errc;
using nlohmann::json;

namespace {

liveblocks::Result<liveblocks::WebhookEvent> read(const std::string& body) {
  return liveblocks::readWebhookEvent({"msg_1", {}, body});
}

/// Members whose values are their names.
json named(std::initializer_list<const char*> names) {
  json object = json::object();
  for (const char* name : names) object[name] = name;
  return object;
}

json visit(const char* time) {
  json data = named({"projectId", "roomId", "userId", time});
  data["connectionId"] = 2196;
  data["numActiveUsers"] = 2;
  data["userInfo"] = {{"name", "Ada"}};
  return data;
}

json notification(const char* kind, std::initializer_list<const char*> more) {
  json data = named({"channel", "projectId", "userId", "inboxNotificationId", "createdAt", "triggeredAt"});
  data["kind"] = kind;
  data.update(named(more));
  return data;
}

struct Sample {
  std::string type;
  /// The index of the alternative in `WebhookEvent::Content`.
  std::size_t kind;
  json data;

  std::string body() const { return json{{"type", type}, {"data", data}}.dump(); }
};

Sample anySample() {
  const auto [type, kind, data] = GENERATE(table<std::string, std::size_t, json>({
      {"storageUpdated", 1, named({"projectId", "roomId", "updatedAt"})},
      {"ydocUpdated", 2, named({"projectId", "roomId", "updatedAt"})},
      {"userEntered", 3, visit("enteredAt")},
      {"userLeft", 4, visit("leftAt")},
      {"roomCreated", 5, named({"projectId", "roomId", "createdAt"})},
      {"roomDeleted", 6, named({"projectId", "roomId", "deletedAt"})},
      {"commentCreated", 7, named({"projectId", "roomId", "threadId", "commentId", "createdAt", "createdBy"})},
      {"commentEdited", 8, named({"projectId", "roomId", "threadId", "commentId", "editedAt"})},
      {"commentDeleted", 9, named({"projectId", "roomId", "threadId", "commentId", "deletedAt"})},
      {"commentReactionAdded", 10,
       named({"projectId", "roomId", "threadId", "commentId", "emoji", "addedAt", "addedBy"})},
      {"commentReactionRemoved", 11,
       named({"projectId", "roomId", "threadId", "commentId", "emoji", "removedAt", "removedBy"})},
      {"commentMetadataUpdated", 12, named({"projectId", "roomId", "threadId", "commentId", "updatedAt", "updatedBy"})},
      {"threadCreated", 13, named({"projectId", "roomId", "threadId", "createdAt", "createdBy"})},
      {"threadDeleted", 14, named({"projectId", "roomId", "threadId", "deletedAt"})},
      {"threadMetadataUpdated", 15, named({"projectId", "roomId", "threadId", "updatedAt", "updatedBy"})},
      {"threadMarkedAsResolved", 16, named({"projectId", "roomId", "threadId", "updatedAt", "updatedBy"})},
      {"threadMarkedAsUnresolved", 17, named({"projectId", "roomId", "threadId", "updatedAt", "updatedBy"})},
      {"notification", 18, notification("thread", {"roomId", "threadId"})},
      {"notification", 19, notification("textMention", {"roomId", "mentionId"})},
      {"notification", 20, notification("$alert", {"roomId", "subjectId"})},
  }));
  return {type, kind, data};
}

}  // namespace

TEST_CASE("every type of Liveblocks event is parsed, member by member") {
  const Sample sample = anySample();
  CAPTURE(sample.type, sample.kind);
  const auto event = read(sample.body()).value();
  CHECK(event.type == sample.type);
  CHECK(event.content.index() == sample.kind);
  CHECK(json::parse(event.data.text()) == sample.data);
  CHECK(liveblocks_tests::membersOf(event.content) == sample.data);
}

TEST_CASE("unknown members are ignored and stay in the data") {
  Sample sample = anySample();
  sample.data["new"] = json::array({1, nullptr});
  const auto event = read(sample.body()).value();
  CHECK(event.content.index() == sample.kind);
  CHECK(json::parse(event.data.text()) == sample.data);
}

TEST_CASE("a missing member or one of another type is named") {
  const Sample sample = anySample();
  const json wrong = GENERATE(json(), json(json::value_t::discarded), json(true), json(json::array()));
  for (const auto& [name, value] : sample.data.items()) {
    if (name == "userInfo") continue;
    const bool absent = wrong.is_null() || wrong.is_discarded();
    const bool nullable = name == "userId" ? value == "userId" && (sample.kind == 3 || sample.kind == 4)
                                           : name == "roomId" && sample.kind == 20;
    Sample spoilt = sample;
    spoilt.data[name] = wrong;
    if (wrong.is_discarded()) spoilt.data.erase(name);
    CAPTURE(sample.type, name);
    const auto event = read(spoilt.body());
    REQUIRE(static_cast<bool>(event) == (absent && nullable));
    if (event) continue;
    CHECK(event.error().code == Errc::badWebhookEvent);
    CHECK_THAT(event.error().message, ContainsSubstring("\"data." + name + "\""));
  }
}

TEST_CASE("older events have the project in appId") {
  const json data = {{"appId", "p"}, {"roomId", "r"}, {"updatedAt", "t"}};
  const auto event = read(Sample{"ydocUpdated", 2, data}.body()).value();
  CHECK(std::get<liveblocks::events::YDocUpdated>(event.content).projectId == "p");
  CHECK(json::parse(event.data.text()) == data);
}

TEST_CASE("anonymous visitors have no id and no info") {
  json data = visit("enteredAt");
  data["userId"] = nullptr;
  data["userInfo"] = nullptr;
  const auto event = read(Sample{"userEntered", 3, data}.body()).value();
  const auto& entered = std::get<liveblocks::events::UserEntered>(event.content);
  CHECK_FALSE(entered.userId);
  CHECK(entered.userInfo.isNull());
}

TEST_CASE("unknown types stay raw") {
  const auto [type, data] = GENERATE(table<std::string, json>({
      {"unsupportedEventType", {{"a", 1}}},
      {"unsupportedEventType", nullptr},
      {"", "text"},
      {"StorageUpdated", json::object()},
      {"notification", notification("other", {})},
  }));
  const auto event = read(Sample{type, 0, data}.body()).value();
  CHECK(event.type == type);
  CHECK(event.content.index() == 0);
  CHECK(json::parse(event.data.text()) == data);
}

TEST_CASE("the kind of a custom notification begins with a dollar sign") {
  const Sample sample{"notification", 20, notification("$", {"subjectId"})};
  const auto event = read(sample.body()).value();
  const auto& custom = std::get<liveblocks::events::CustomNotification>(event.content);
  CHECK(custom.kind == "$");
  CHECK_FALSE(custom.roomId);
}

TEST_CASE("a body that is not a Liveblocks event is refused") {
  const auto [body, code] = GENERATE(table<std::string, Errc>({
      {"", Errc::badWebhookJson},
      {"not json", Errc::badWebhookJson},
      {"null", Errc::badWebhookJson},
      {"5", Errc::badWebhookJson},
      {"[]", Errc::badWebhookJson},
      {R"({"type":"roomCreated","type":"roomDeleted"})", Errc::badWebhookJson},
      {"{}", Errc::badWebhookEvent},
      {R"({"type":null,"data":{}})", Errc::badWebhookEvent},
      {R"({"type":["roomCreated"],"data":{}})", Errc::badWebhookEvent},
      {R"({"type":"roomCreated"})", Errc::badWebhookEvent},
      {R"({"type":"roomCreated","data":"{}"})", Errc::badWebhookEvent},
      {R"({"type":"notification","data":{}})", Errc::badWebhookEvent},
  }));
  CAPTURE(body);
  CHECK(read(body).error().code == code);
}
