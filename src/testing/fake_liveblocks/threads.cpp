#include "testing/fake_liveblocks/threads.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/time.hpp"
#include "testing/fake_liveblocks/bodies.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;
using std::chrono::system_clock;

namespace {

http::Response noSuchThread() { return refused(404, "THREAD_NOT_FOUND", "Thread not found."); }

}  // namespace

http::Response Threads::list(std::string_view query) const {
  const auto parameters = readQuery(query);
  if (!parameters) return badRequest();
  std::optional<bool> resolved;
  for (const auto& [name, value] : *parameters) {
    if (name != "query") continue;
    if (value != "resolved:true" && value != "resolved:false") {
      return refused(422, "INVALID_QUERY", "The fake knows only queries for resolved threads.");
    }
    resolved = value == "resolved:true";
  }
  ordered_json data = ordered_json::array();
  for (const ordered_json& thread : threads_) {
    if (!resolved || thread["resolved"] == *resolved) data.push_back(thread);
  }
  return found({{"data", data}});
}

http::Response Threads::get(const std::string& threadId) {
  const ordered_json* thread = find(threadId);
  return thread == nullptr ? noSuchThread() : found(*thread);
}

http::Response Threads::create(const std::string& roomId, const ordered_json& body, system_clock::time_point at) {
  const std::string now = timing::toRfc3339(at);
  ordered_json thread{{"type", "thread"},
                      {"id", "th_" + std::to_string(++lastNumber_)},
                      {"roomId", roomId},
                      {"createdAt", now},
                      {"updatedAt", now},
                      {"comments", ordered_json::array()},
                      {"metadata", body.value("metadata", ordered_json::object())},
                      {"resolved", false},
                      {"visibility", body.value("visibility", "public")}};
  ordered_json comment = newComment(body["comment"], at);
  comment["threadId"] = thread["id"];
  comment["roomId"] = roomId;
  thread["comments"].push_back(std::move(comment));
  return found(threads_.emplace_back(std::move(thread)));
}

http::Response Threads::remove(const std::string& threadId) {
  const ordered_json* thread = find(threadId);
  if (thread == nullptr) return noSuchThread();
  threads_.erase(threads_.begin() + (thread - threads_.data()));
  return done();
}

http::Response Threads::resolve(const std::string& threadId, bool resolved, system_clock::time_point at) {
  ordered_json* thread = find(threadId);
  if (thread == nullptr) return noSuchThread();
  (*thread)["resolved"] = resolved;
  (*thread)["updatedAt"] = timing::toRfc3339(at);
  return found(*thread);
}

http::Response Threads::addComment(const std::string& threadId, const ordered_json& body, system_clock::time_point at) {
  ordered_json* thread = find(threadId);
  if (thread == nullptr) return noSuchThread();
  ordered_json comment = newComment(body, at);
  comment["threadId"] = threadId;
  comment["roomId"] = (*thread)["roomId"];
  (*thread)["updatedAt"] = timing::toRfc3339(at);
  ordered_json& comments = (*thread)["comments"];
  comments.push_back(std::move(comment));
  return found(comments.back());
}

http::Response Threads::getComment(const std::string& threadId, const std::string& commentId) {
  const ordered_json* thread = find(threadId);
  if (thread == nullptr) return noSuchThread();
  for (const ordered_json& comment : (*thread)["comments"]) {
    if (comment["id"] == commentId) return found(comment);
  }
  return refused(404, "COMMENT_NOT_FOUND", "Comment not found.");
}

void Threads::rename(const std::string& roomId) {
  for (ordered_json& thread : threads_) {
    thread["roomId"] = roomId;
    for (ordered_json& comment : thread["comments"]) comment["roomId"] = roomId;
  }
}

ordered_json* Threads::find(const std::string& threadId) {
  const auto thread =
      std::find_if(threads_.begin(), threads_.end(), [&](const auto& each) { return each["id"] == threadId; });
  return thread == threads_.end() ? nullptr : &*thread;
}

ordered_json Threads::newComment(const ordered_json& body, system_clock::time_point at) {
  return {{"type", "comment"},
          {"id", "cm_" + std::to_string(++lastNumber_)},
          {"threadId", nullptr},
          {"roomId", nullptr},
          {"userId", body["userId"]},
          {"createdAt", body.value("createdAt", timing::toRfc3339(at))},
          {"metadata", body.value("metadata", ordered_json::object())},
          {"reactions", ordered_json::array()},
          {"attachments", ordered_json::array()},
          {"body", body["body"]}};
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
