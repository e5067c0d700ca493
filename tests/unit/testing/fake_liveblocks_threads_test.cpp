#include <liveblocks/comments.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/notifications.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"

namespace lb = liveblocks;
namespace comments = liveblocks::comments;
namespace notifications = liveblocks::notifications;
using comments::CommentBody;
using lb::Errc;
using lb::Json;

namespace {

struct ThreadFixture {
  std::shared_ptr<lb::testing::FakeLiveblocks> fake = std::make_shared<lb::testing::FakeLiveblocks>();
  lb::Liveblocks client{{fake->secretKey()}, fake};

  ThreadFixture() { CHECK(client.createRoom("r").ok()); }

  comments::Thread create(const char* text) const {
    return client.call(comments::createThread("r", {{"ada", CommentBody::fromText(text)}, {{"n", 1}}})).value();
  }

  std::vector<std::string> list(const comments::ThreadFilter& filter = {}) const {
    std::vector<std::string> texts;
    for (const comments::Thread& thread : client.call(comments::listThreads("r", filter)).value()) {
      texts.push_back(thread.comments.at(0).body.text());
    }
    return texts;
  }

  lb::Page<notifications::InboxNotification> inbox(const notifications::InboxOptions& options = {}) const {
    return client.call(notifications::list("ada", options)).value();
  }

  void trigger(const char* subjectId, int n) const {
    CHECK(client.call(notifications::trigger({"ada", "$k", subjectId, Json::object({{"n", n}})})).ok());
  }
};

}  // namespace

TEST_CASE_METHOD(ThreadFixture, "threads are created, listed, resolved and removed") {
  const comments::Thread first = create("a");
  const comments::Thread second = create("b");
  CHECK(first.id != second.id);
  CHECK(first.roomId == "r");
  CHECK(first.metadata.at("n").asInteger() == 1);
  CHECK(first.visibility == "public");
  CHECK(first.comments.at(0).userId == "ada");
  CHECK(list() ==
        std::vector<std::string>{CommentBody::fromText("a").json().text(), CommentBody::fromText("b").json().text()});
  CHECK(client.call(comments::resolveThread({"r", first.id}, "bob")).value().resolved);
  CHECK(list({true}).size() == 1);
  CHECK(list({false}).size() == 1);
  CHECK_FALSE(client.call(comments::unresolveThread({"r", first.id}, "bob")).value().resolved);
  CHECK(list({true}).empty());
  CHECK(client.call(comments::deleteThread({"r", first.id})).ok());
  CHECK(client.call(comments::getThread({"r", first.id})).error().code == Errc::notFound);
  CHECK(client.call(comments::getThread({"r", second.id})).value().id == second.id);
}

TEST_CASE_METHOD(ThreadFixture, "comments are added to a thread") {
  const comments::Thread thread = create("a");
  comments::NewComment reply{"bob", CommentBody().mention("ada"), {{"x", true}}};
  reply.createdAt = thread.createdAt + std::chrono::hours(1);
  const comments::Comment added = client.call(comments::createComment({"r", thread.id}, reply)).value();
  CHECK(added.threadId == thread.id);
  CHECK(added.createdAt == reply.createdAt);
  CHECK(added.metadata.at("x").asBoolean() == true);
  const comments::CommentAddress address{"r", thread.id, added.id};
  CHECK(client.call(comments::getComment(address)).value().body.text() == reply.body.json().text());
  CHECK(client.call(comments::getThread({"r", thread.id})).value().comments.size() == 2);
}

TEST_CASE_METHOD(ThreadFixture, "threads go with a room that gets another id") {
  const comments::Thread thread = create("a");
  CHECK(client.updateRoomId({"r", "s"}).ok());
  const comments::Thread read = client.call(comments::getThread({"s", thread.id})).value();
  CHECK(read.roomId == "s");
  CHECK(read.comments.at(0).roomId == "s");
}

TEST_CASE_METHOD(ThreadFixture, "what is not there is not found") {
  const comments::Thread thread = create("a");
  const comments::NewComment hi{"ada", {}};
  CHECK(client.call(comments::getThread({"r", "x"})).error().info->code == "THREAD_NOT_FOUND");
  CHECK(client.call(comments::deleteThread({"r", "x"})).error().info->code == "THREAD_NOT_FOUND");
  CHECK(client.call(comments::resolveThread({"r", "x"}, "ada")).error().info->code == "THREAD_NOT_FOUND");
  CHECK(client.call(comments::createComment({"r", "x"}, hi)).error().info->code == "THREAD_NOT_FOUND");
  CHECK(client.call(comments::getComment({"r", "x", "y"})).error().info->code == "THREAD_NOT_FOUND");
  CHECK(client.call(comments::getComment({"r", thread.id, "y"})).error().info->code == "COMMENT_NOT_FOUND");
  CHECK(client.call(comments::createThread("s", {hi})).error().info->code == "ROOM_NOT_FOUND");
  CHECK(client.call(comments::listThreads("s")).error().info->code == "ROOM_NOT_FOUND");
}

TEST_CASE_METHOD(ThreadFixture, "a query for threads that the fake does not know is refused") {
  const auto outcome = client.call(comments::listThreads("r", {{}, {}, {{"n", 1}}}));
  CHECK(outcome.error().info->code == "INVALID_QUERY");
}

TEST_CASE_METHOD(ThreadFixture, "bodies of threads are checked") {
  const auto refusal = [&](const char* body) {
    return client.call({"POST", "/v2/rooms/r/threads", {}, {}, Json::parse(body)}).error().info->message;
  };
  CHECK(refusal("{}") == "Missing key: 'comment'.");
  CHECK(refusal(R"({"comment":{"userId":"","body":{"version":1,"content":[]}}})") ==
        "Value at keypath 'comment.userId': Must not be empty.");
  CHECK(refusal(R"({"comment":{"userId":"u","body":{"version":1}}})") ==
        "Value at keypath 'comment.body': Missing key: 'content'.");
  CHECK(refusal(R"({"comment":{"userId":"u","body":{"version":1,"content":[]}},"metadata":{"a":null}})") ==
        "Value at keypath 'metadata.a': Must be a string, a number or a boolean.");
  CHECK(client.call({"POST", "/v2/inbox-notifications/trigger", {}, {}, Json::object({{"userId", "u"}, {"kind", "k"}})})
            .error()
            .info->message == "Value at key 'kind': Must begin with '$'.");
}

TEST_CASE_METHOD(ThreadFixture, "triggered notifications are in the inbox of their user, the newest first") {
  trigger("a", 1);
  trigger("b", 2);
  CHECK(client.call(notifications::trigger({"bob", "$k", "a"})).ok());
  trigger("a", 3);
  const auto page = inbox();
  REQUIRE(page.data.size() == 2);
  CHECK(page.data[0].subjectId == "a");
  REQUIRE(page.data[0].activities.size() == 2);
  CHECK(page.data[0].activities[1].data.find("n")->asInteger() == 3);
  CHECK(page.data[1].subjectId == "b");
  CHECK(!page.data[0].readAt);
  CHECK(!page.nextCursor);
}

TEST_CASE_METHOD(ThreadFixture, "an inbox has pages") {
  for (const char* subjectId : {"a", "b", "c"}) trigger(subjectId, 1);
  notifications::InboxOptions options;
  options.limit = 2;
  const auto first = inbox(options);
  CHECK(first.data.size() == 2);
  REQUIRE(first.nextCursor);
  options.startingAfter = first.nextCursor;
  const auto second = inbox(options);
  REQUIRE(second.data.size() == 1);
  CHECK(second.data[0].subjectId == "a");
  CHECK(!second.nextCursor);
  options = {};
  options.unread = false;
  CHECK(inbox(options).data.empty());
  options.unread = true;
  CHECK(inbox(options).data.size() == 3);
  for (const std::size_t limit : {std::size_t{0}, std::size_t{51}}) {
    options.limit = limit;
    CHECK(client.call(notifications::list("ada", options)).error().code == Errc::invalidRequest);
  }
  options.limit = 50;
  CHECK(inbox(options).data.size() == 3);
}
