#include <liveblocks/comments.hpp>

#include <algorithm>
#include <utility>

#include "comments_json.hpp"
#include "query_text.hpp"
#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace comments {
namespace {

/// `path` is below that of the thread.
http::ApiCall threadCall(std::string_view operation, const char* method, const ThreadAddress& thread,
                         const char* path = "") {
  http::ApiCall request = detail::apiCall(operation, method, "/v2/rooms/{roomId}/threads/{threadId}",
                                          {{"roomId", thread.roomId}, {"threadId", thread.threadId}});
  request.path += path;
  return request;
}

/// `path` is below that of the comment.
http::ApiCall commentCall(std::string_view operation, const char* method, const CommentAddress& comment,
                          const char* path = "") {
  http::ApiCall request = threadCall(operation, method, {comment.roomId, comment.threadId}, "/comments/{commentId}");
  request.pathParameters.push_back({"commentId", comment.commentId});
  request.path += path;
  return request;
}

/// One by `userId` on a thread, which may be repeated.
http::ApiCall userCall(std::string_view operation, const ThreadAddress& thread, const char* path,
                       std::string_view userId) {
  http::ApiCall request = detail::repeatable(threadCall(operation, "POST", thread, path));
  request.body = detail::RequestBody(request).text("userId", userId).finish();
  return request;
}

/// Whether a thread, and each of its comments, is in that room.
bool isIn(const std::string& roomId, const Thread& thread) {
  const auto belongs = [&](const Comment& comment) {
    return comment.roomId == roomId && comment.threadId == thread.id;
  };
  return thread.roomId == roomId && std::all_of(thread.comments.begin(), thread.comments.end(), belongs);
}

/// A call whose response must be about that thread. The id of a new one is empty.
http::TypedCall<Thread> threadReading(http::ApiCall request, const ThreadAddress& address) {
  return {std::move(request), detail::checkedReading("a thread", readThread, [address](const Thread& thread) {
            return isIn(address.roomId, thread) && (address.threadId.empty() || thread.id == address.threadId);
          })};
}

/// A call whose response must be about that comment. The id of a new one is empty.
http::TypedCall<Comment> commentReading(http::ApiCall request, const CommentAddress& address) {
  return {std::move(request), detail::checkedReading("a comment", readComment, [address](const Comment& comment) {
            return comment.roomId == address.roomId && comment.threadId == address.threadId &&
                   (address.commentId.empty() || comment.id == address.commentId);
          })};
}

/// Whether a subscription is one to that thread.
bool isTo(const std::string& threadId, const Subscription& subscription) {
  return subscription.kind == "thread" && subscription.subjectId == threadId;
}

void addClause(std::string& query, const std::string& clause) {
  if (!query.empty()) query += ' ';
  query += clause;
}

/// A string of the query language.
std::string quoted(http::ApiCall& request, std::string_view name, std::string_view text) {
  const char* const problem = detail::problemInQuery(text);
  return detail::require(request, problem == nullptr, name, problem == nullptr ? "" : problem)
             ? detail::quotedForQuery(text)
             : std::string();
}

std::string queryOf(http::ApiCall& request, const ThreadFilter& filter) {
  requireMetadata(request, filter.metadata, true);
  std::string query;
  if (filter.resolved) addClause(query, *filter.resolved ? "resolved:true" : "resolved:false");
  if (filter.visibility) addClause(query, "visibility:" + quoted(request, "visibility", *filter.visibility));
  for (const auto& [key, value] : filter.metadata) {
    const std::optional<std::string> text = value.asString();
    addClause(query, "metadata[" + quoted(request, "a key of metadata", key) +
                         "]:" + (text ? quoted(request, "a value of metadata", *text) : value.text()));
  }
  if (!filter.query.empty()) addClause(query, filter.query);
  return query;
}

}  // namespace

http::TypedCall<std::vector<Thread>> listThreads(std::string_view roomId, const ThreadFilter& filter) {
  http::ApiCall request =
      detail::apiCall("liveblocks.comments.list_threads", "GET", "/v2/rooms/{roomId}/threads", {{"roomId", roomId}});
  std::string query = queryOf(request, filter);
  if (!query.empty()) request.query.push_back({"query", std::move(query)});
  request.maxResponse = maxThreads;
  return {std::move(request), detail::checkedListReading(
                                  "a list of threads", readThread,
                                  [room = std::string(roomId)](const Thread& thread) { return isIn(room, thread); })};
}

http::TypedCall<Thread> getThread(const ThreadAddress& thread) {
  return threadReading(threadCall("liveblocks.comments.get_thread", "GET", thread), thread);
}

http::TypedCall<Thread> createThread(std::string_view roomId, const NewThread& thread) {
  http::ApiCall request =
      detail::apiCall("liveblocks.comments.create_thread", "POST", "/v2/rooms/{roomId}/threads", {{"roomId", roomId}});
  request.body = jsonOf(request, thread);
  return threadReading(std::move(request), {std::string(roomId), {}});
}

http::TypedCall<void> deleteThread(const ThreadAddress& thread) {
  return {threadCall("liveblocks.comments.delete_thread", "DELETE", thread)};
}

http::TypedCall<Thread> resolveThread(const ThreadAddress& thread, std::string_view userId) {
  return threadReading(userCall("liveblocks.comments.resolve_thread", thread, "/mark-as-resolved", userId), thread);
}

http::TypedCall<Thread> unresolveThread(const ThreadAddress& thread, std::string_view userId) {
  return threadReading(userCall("liveblocks.comments.unresolve_thread", thread, "/mark-as-unresolved", userId), thread);
}

http::TypedCall<Metadata> updateThreadMetadata(const ThreadAddress& thread, const MetadataChange& change) {
  http::ApiCall request = threadCall("liveblocks.comments.update_thread_metadata", "POST", thread, "/metadata");
  request.body = jsonOf(request, change);
  return {detail::repeatable(std::move(request)), detail::reading("metadata", readMetadata)};
}

http::TypedCall<Metadata> updateCommentMetadata(const CommentAddress& comment, const MetadataChange& change) {
  http::ApiCall request = commentCall("liveblocks.comments.update_comment_metadata", "POST", comment, "/metadata");
  request.body = jsonOf(request, change);
  return {detail::repeatable(std::move(request)), detail::reading("metadata", readMetadata)};
}

http::TypedCall<Subscription> subscribe(const ThreadAddress& thread, std::string_view userId) {
  return {userCall("liveblocks.comments.subscribe", thread, "/subscribe", userId),
          detail::checkedReading(
              "a subscription", readSubscription,
              [threadId = thread.threadId, user = std::string(userId)](const Subscription& subscription) {
                return isTo(threadId, subscription) && subscription.userId.value_or(user) == user;
              })};
}

http::TypedCall<void> unsubscribe(const ThreadAddress& thread, std::string_view userId) {
  return {userCall("liveblocks.comments.unsubscribe", thread, "/unsubscribe", userId)};
}

http::TypedCall<std::vector<Subscription>> listSubscriptions(const ThreadAddress& thread) {
  return {threadCall("liveblocks.comments.list_subscriptions", "GET", thread, "/subscriptions"),
          detail::checkedListReading(
              "a list of subscriptions", readSubscription,
              [threadId = thread.threadId](const Subscription& subscription) { return isTo(threadId, subscription); })};
}

http::TypedCall<Comment> getComment(const CommentAddress& comment) {
  return commentReading(commentCall("liveblocks.comments.get_comment", "GET", comment), comment);
}

http::TypedCall<Comment> createComment(const ThreadAddress& thread, const NewComment& comment) {
  http::ApiCall request = threadCall("liveblocks.comments.create_comment", "POST", thread, "/comments");
  request.body = jsonOf(request, comment);
  return commentReading(std::move(request), {thread.roomId, thread.threadId, {}});
}

http::TypedCall<Comment> editComment(const CommentAddress& comment, const CommentChange& change) {
  http::ApiCall request = commentCall("liveblocks.comments.edit_comment", "POST", comment);
  request.body = jsonOf(request, change);
  return commentReading(detail::repeatable(std::move(request)), comment);
}

http::TypedCall<void> deleteComment(const CommentAddress& comment) {
  return {commentCall("liveblocks.comments.delete_comment", "DELETE", comment)};
}

http::TypedCall<UserReaction> addReaction(const CommentAddress& comment, const UserReaction& reaction) {
  http::ApiCall request = commentCall("liveblocks.comments.add_reaction", "POST", comment, "/add-reaction");
  request.body = detail::RequestBody(request)
                     .text("emoji", reaction.emoji)
                     .text("userId", reaction.userId)
                     .time("createdAt", reaction.createdAt)
                     .finish();
  return {std::move(request),
          detail::checkedReading("a reaction", readUserReaction, [userId = reaction.userId](const UserReaction& added) {
            return added.userId == userId;
          })};
}

http::TypedCall<void> removeReaction(const CommentAddress& comment, std::string_view userId, std::string_view emoji,
                                     std::optional<std::chrono::system_clock::time_point> removedAt) {
  http::ApiCall request = commentCall("liveblocks.comments.remove_reaction", "POST", comment, "/remove-reaction");
  request.body =
      detail::RequestBody(request).text("emoji", emoji).text("userId", userId).time("removedAt", removedAt).finish();
  return {detail::repeatable(std::move(request))};
}

}  // namespace comments
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
