// The code in docs/api-calls.md.
#include <liveblocks/comments.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/notifications.hpp>
#include <liveblocks/storage.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace http = liveblocks::http;
using liveblocks::Json;
using liveblocks::Result;

namespace {

struct Fixture {
  std::shared_ptr<liveblocks::testing::FakeLiveblocks> fake = std::make_shared<liveblocks::testing::FakeLiveblocks>();
  liveblocks::Liveblocks client{{fake->secretKey()}, fake};

  Fixture() { CHECK(client.createRoom("design").ok()); }
};

// api-calls.md pages: begin
Result<std::vector<std::string>> roomIds(const liveblocks::Liveblocks& client) {
  std::vector<std::string> ids;
  std::optional<http::ApiCall> call = http::ApiCall{"GET", "/v2/rooms", {}, {{"limit", "100"}}};
  while (call) {
    const Result<http::ApiResponse> response = client.call(*call);
    if (!response) return response.error();
    const Result<std::optional<http::ApiCall>> next = http::nextPage(*call, *response);
    if (!next) return next.error();
    for (const Json& room : response->json()->find("data").value_or(nullptr).items()) {
      ids.push_back(room.find("id").value_or(nullptr).asString().value_or(""));
    }
    call = *next;
  }
  return ids;
}
// api-calls.md pages: end

// api-calls.md own: begin
http::TypedCall<std::size_t> countThreads(const std::string& roomId) {
  http::TypedCall<std::size_t> call{{"GET", "/v2/rooms/{roomId}/threads", {{"roomId", roomId}}}};
  call.request.maxResponse = std::size_t{32} << 20;
  call.request.operation = "app.threads.count";
  call.read = [](const http::ApiResponse& response) -> Result<std::size_t> {
    const Result<Json> json = response.json();
    if (!json) return json.error();
    return json->find("data").value_or(nullptr).items().size();
  };
  return call;
}
// api-calls.md own: end

// api-calls.md inbox: begin
Result<std::size_t> countUnread(const liveblocks::Liveblocks& client, const std::string& userId) {
  std::size_t count = 0;
  liveblocks::notifications::InboxOptions options;
  options.unread = true;
  do {
    const auto page = client.call(liveblocks::notifications::list(userId, options));
    if (!page) return page.error();
    count += page->data.size();
    options.startingAfter = page->nextCursor;
  } while (options.startingAfter);
  return count;
}
// api-calls.md inbox: end

}  // namespace

TEST_CASE_METHOD(Fixture, "docs: any endpoint") {
  const std::string roomId = "design";
  std::optional<Json> document;
  // api-calls.md call: begin
  http::ApiCall call{"GET", "/v2/rooms/{roomId}/storage"};
  call.pathParameters = {{"roomId", roomId}};
  call.query = {{"format", "json"}};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  const Result<http::ApiResponse> response = client.call(call, deadline);
  if (response && response->json()) document = *response->json();
  // api-calls.md call: end
  CHECK(document.value().text() == "{}");
}

TEST_CASE_METHOD(Fixture, "docs: pages") { CHECK(roomIds(client).value() == std::vector<std::string>{"design"}); }

TEST_CASE_METHOD(Fixture, "docs: a typed call of your own") { CHECK(client.call(countThreads("design")).value() == 0); }

TEST_CASE_METHOD(Fixture, "docs: storage") {
  const std::string userId = "a/b";
  // api-calls.md storage: begin
  namespace storage = liveblocks::storage;

  const Json empty = Json::object({{"liveblocksType", "LiveObject"}, {"data", Json::object({})}});
  const Result<Json> created = client.call(storage::initialize("design", empty));
  if (!created && created.error().code != liveblocks::Errc::conflict) std::cerr << created.error().message << '\n';

  // A key from outside stays one key, whatever characters it has.
  const Json add = Json::object({{"op", "add"}, {"path", storage::pointer({userId})}, {"value", "editor"}});
  const Result<void> patched = client.call(storage::patch("design", Json::array({add})));
  // api-calls.md storage: end
  CHECK(patched.ok());
  // api-calls.md difference: begin
  const Result<Json> before = client.call(storage::get("design", storage::Format::json));
  if (!before) return;
  nlohmann::json wanted = nlohmann::json::parse(before->text());
  wanted["title"] = "Plan";
  const nlohmann::json difference = nlohmann::json::diff(nlohmann::json::parse(before->text()), wanted);
  const Result<void> changed = client.call(storage::patch("design", difference));
  // api-calls.md difference: end
  CHECK(changed.ok());
  CHECK(client.call(storage::get("design", storage::Format::json)).value().text() ==
        R"({"a/b":"editor","title":"Plan"})");
}

TEST_CASE_METHOD(Fixture, "docs: notifications") {
  // api-calls.md notifications: begin
  namespace notifications = liveblocks::notifications;

  notifications::Trigger trigger{"ada", "$fileUploaded", "plan.pdf"};
  trigger.activityData = Json::object({{"size", 1234}});
  trigger.roomId = "design";
  const Result<void> sent = client.call(notifications::trigger(trigger));
  // api-calls.md notifications: end
  CHECK(sent.ok());
  CHECK(countUnread(client, "ada").value() == 1);
}

TEST_CASE_METHOD(Fixture, "docs: comments") {
  // api-calls.md comments: begin
  namespace comments = liveblocks::comments;

  const comments::CommentBody body =
      comments::CommentBody().mention("ada").text(" please ").text("review", {true}).link("https://example.com/plan");
  const Result<comments::Thread> thread = client.call(comments::createThread("design", {{"bob", body}}));
  if (!thread) return;
  const Result<comments::Comment> comment =
      client.call(comments::createComment({"design", thread->id}, {"ada", comments::CommentBody::fromText("Done.")}));
  // api-calls.md comments: end
  CHECK(comment.ok());
  CHECK(client.call(countThreads("design")).value() == 1);
}

TEST_CASE_METHOD(Fixture, "docs: a typed call that does not block") {
  const auto scheduler = std::make_shared<liveblocks::testing::ManualScheduler>();
  fake->setScheduler(scheduler);
  bool done = false;
  // api-calls.md callback: begin
  client.callAsync(liveblocks::storage::deleteDocument("design"),
                   [&done](const Result<void>& outcome) { done = outcome.ok(); });
  // api-calls.md callback: end
  scheduler->run();
  CHECK(done);
}
