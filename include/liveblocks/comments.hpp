/// @file
/// Threads and comments, as calls for `Liveblocks::call()` and `callAsync()`.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#Comments
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/comment_body.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/http/api_call.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Threads and comments. All functions are thread-safe, and none sends anything. Arguments that cannot be right, such
/// as an empty id or metadata that is not as described, are `Errc::invalidRequest` of the call, without a request. Only
/// `CommentBody` throws, where it is built.
///
/// Calls that create something or add a reaction are repeated only if they cannot have taken effect.
namespace comments {

/// The metadata of a thread or a comment, by key: strings, numbers and booleans. In a change, null removes an entry.
using Metadata = std::map<std::string, Json, std::less<>>;

/// Where a thread is.
struct ThreadAddress {
  /// The room.
  std::string roomId;
  /// The thread, `th_...`.
  std::string threadId;
};

/// Where a comment is.
struct CommentAddress {
  /// The room.
  std::string roomId;
  /// The thread, `th_...`.
  std::string threadId;
  /// The comment, `cm_...`.
  std::string commentId;
};

/// An emoji under a comment, and who put it there.
struct Reaction {
  /// The emoji.
  std::string emoji;
  /// When it was there for the first time.
  std::chrono::system_clock::time_point createdAt;
  /// The users.
  std::vector<std::string> userIds;
};

/// A file that belongs to a comment. For its content see `attachments::get()`.
struct Attachment {
  /// The id, `at_...`.
  std::string id;
  /// The name of the file.
  std::string name;
  /// Its size in bytes.
  std::int64_t size = 0;
  /// Its media type.
  std::string mimeType;
};

/// A comment.
struct Comment {
  /// The id, `cm_...`.
  std::string id;
  /// The thread.
  std::string threadId;
  /// The room.
  std::string roomId;
  /// The author.
  std::string userId;
  /// When it was written.
  std::chrono::system_clock::time_point createdAt;
  /// When it was changed; nullopt if it never was.
  std::optional<std::chrono::system_clock::time_point> editedAt;
  /// When it was deleted. Such a comment has no body.
  std::optional<std::chrono::system_clock::time_point> deletedAt;
  /// The body, as `CommentBody::json()` writes it; null for a deleted comment.
  Json body;
  /// What the application keeps with it.
  Metadata metadata;
  /// The reactions.
  std::vector<Reaction> reactions;
  /// The files.
  std::vector<Attachment> attachments;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// A thread of comments.
struct Thread {
  /// The id, `th_...`.
  std::string id;
  /// The room.
  std::string roomId;
  /// When it was created.
  std::chrono::system_clock::time_point createdAt;
  /// When it was changed for the last time.
  std::optional<std::chrono::system_clock::time_point> updatedAt;
  /// The comments, the oldest first.
  std::vector<Comment> comments;
  /// What the application keeps with it.
  Metadata metadata;
  /// Whether it is resolved.
  bool resolved = false;
  /// Who sees it: `public` or `private`; nullopt if Liveblocks does not say.
  std::optional<std::string> visibility;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// The largest list of threads that is accepted, in bytes. Liveblocks returns all threads of a room at once.
inline constexpr std::size_t maxThreads = std::size_t{32} << 20;

/// Selects threads. Members that are not set do not restrict the selection.
struct ThreadFilter {
  /// Only those that are resolved, or only those that are not.
  std::optional<bool> resolved = {};
  /// Only those with this visibility.
  std::optional<std::string> visibility = {};
  /// Only those whose metadata has all these values; null for entries that they must not have. The limits of
  /// `RoomQuery` apply to strings.
  Metadata metadata = {};
  /// A further condition in the query language of Liveblocks, which is used unchanged: never build one from user input.
  std::string query = {};
};

/// `GET /v2/rooms/{roomId}/threads`: the threads of a room that match the filter.
LIVEBLOCKS_EXPORT http::TypedCall<std::vector<Thread>> listThreads(std::string_view roomId,
                                                                   const ThreadFilter& filter = {});

/// `GET /v2/rooms/{roomId}/threads/{threadId}`: a thread.
LIVEBLOCKS_EXPORT http::TypedCall<Thread> getThread(const ThreadAddress& thread);

/// A comment to write.
struct NewComment {
  /// The author.
  std::string userId;
  /// The body.
  CommentBody body;
  /// What the application keeps with it.
  Metadata metadata = {};
  /// Files that were uploaded, see `attachments::upload()`.
  std::vector<std::string> attachmentIds = {};
  /// When it was written, if not now.
  std::optional<std::chrono::system_clock::time_point> createdAt = {};
};

/// A thread to create.
struct NewThread {
  /// The first comment.
  NewComment comment;
  /// What the application keeps with the thread.
  Metadata metadata = {};
  /// Who sees it: `public`, the default, or `private`.
  std::optional<std::string> visibility = {};
};

/// `POST /v2/rooms/{roomId}/threads`: creates a thread with its first comment.
LIVEBLOCKS_EXPORT http::TypedCall<Thread> createThread(std::string_view roomId, const NewThread& thread);

/// `DELETE /v2/rooms/{roomId}/threads/{threadId}`: deletes a thread.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteThread(const ThreadAddress& thread);

/// @{
/// `POST /v2/rooms/{roomId}/threads/{threadId}/mark-as-resolved`, `.../mark-as-unresolved`: `userId` marks a thread.
LIVEBLOCKS_EXPORT http::TypedCall<Thread> resolveThread(const ThreadAddress& thread, std::string_view userId);
LIVEBLOCKS_EXPORT http::TypedCall<Thread> unresolveThread(const ThreadAddress& thread, std::string_view userId);
/// @}

/// Changes of metadata.
struct MetadataChange {
  /// Who makes them.
  std::string userId;
  /// The entries that change; null removes one.
  Metadata metadata;
  /// When they are made, if not now.
  std::optional<std::chrono::system_clock::time_point> updatedAt = {};
};

/// @{
/// `POST .../metadata`: changes the metadata of a thread or a comment, and returns it.
LIVEBLOCKS_EXPORT http::TypedCall<Metadata> updateThreadMetadata(const ThreadAddress& thread,
                                                                 const MetadataChange& change);
LIVEBLOCKS_EXPORT http::TypedCall<Metadata> updateCommentMetadata(const CommentAddress& comment,
                                                                  const MetadataChange& change);
/// @}

/// That a user is notified of what happens in a thread.
struct Subscription {
  /// `thread`.
  std::string kind;
  /// The thread.
  std::string subjectId;
  /// Since when.
  std::chrono::system_clock::time_point createdAt;
  /// The user; nullopt if Liveblocks does not say.
  std::optional<std::string> userId;
};

/// @{
/// `POST /v2/rooms/{roomId}/threads/{threadId}/subscribe`, `.../unsubscribe`: begins or ends the notifications of
/// `userId`.
LIVEBLOCKS_EXPORT http::TypedCall<Subscription> subscribe(const ThreadAddress& thread, std::string_view userId);
LIVEBLOCKS_EXPORT http::TypedCall<void> unsubscribe(const ThreadAddress& thread, std::string_view userId);
/// @}

/// `GET /v2/rooms/{roomId}/threads/{threadId}/subscriptions`: who is notified.
LIVEBLOCKS_EXPORT http::TypedCall<std::vector<Subscription>> listSubscriptions(const ThreadAddress& thread);

/// `GET /v2/rooms/{roomId}/threads/{threadId}/comments/{commentId}`: a comment.
LIVEBLOCKS_EXPORT http::TypedCall<Comment> getComment(const CommentAddress& comment);

/// `POST /v2/rooms/{roomId}/threads/{threadId}/comments`: adds a comment to a thread.
LIVEBLOCKS_EXPORT http::TypedCall<Comment> createComment(const ThreadAddress& thread, const NewComment& comment);

/// A change of a comment.
struct CommentChange {
  /// The new body.
  CommentBody body;
  /// The entries of metadata that change; null removes one.
  Metadata metadata = {};
  /// All files of the comment from now on; unset keeps them.
  std::optional<std::vector<std::string>> attachmentIds = {};
  /// When it is made, if not now.
  std::optional<std::chrono::system_clock::time_point> editedAt = {};
};

/// `POST /v2/rooms/{roomId}/threads/{threadId}/comments/{commentId}`: changes a comment, and returns it.
LIVEBLOCKS_EXPORT http::TypedCall<Comment> editComment(const CommentAddress& comment, const CommentChange& change);

/// `DELETE /v2/rooms/{roomId}/threads/{threadId}/comments/{commentId}`: deletes a comment. With its last comment a
/// thread is deleted as well.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteComment(const CommentAddress& comment);

/// A reaction of one user.
struct UserReaction {
  /// The user.
  std::string userId;
  /// The emoji.
  std::string emoji;
  /// When it was added; nullopt for now, in a call.
  std::optional<std::chrono::system_clock::time_point> createdAt = {};
};

/// `POST .../add-reaction`: adds a reaction to a comment, and returns it.
LIVEBLOCKS_EXPORT http::TypedCall<UserReaction> addReaction(const CommentAddress& comment,
                                                            const UserReaction& reaction);

/// `POST .../remove-reaction`: removes a reaction of `userId` from a comment, at that time if not now.
LIVEBLOCKS_EXPORT http::TypedCall<void> removeReaction(
    const CommentAddress& comment, std::string_view userId, std::string_view emoji,
    std::optional<std::chrono::system_clock::time_point> removedAt = {});

}  // namespace comments
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
