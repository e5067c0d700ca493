/// @file
/// What Liveblocks's webhooks tell. https://liveblocks.io/docs/platform/webhooks
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include <liveblocks/export.hpp>
#include <liveblocks/json.hpp>
#include <liveblocks/result.hpp>
#include <liveblocks/webhooks/verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// The members of the events, as texts where Liveblocks has texts. Times (`...At`) are ISO 8601, ids are those of the
/// other calls.
namespace events {

/// What all events have.
struct InProject {
  std::string projectId;
};

/// What all events but notifications have.
struct InRoom : InProject {
  std::string roomId;
};

/// `storageUpdated`: the storage of a room changed. Sent once a minute at most.
struct StorageUpdated : InRoom {
  std::string updatedAt;
};

/// `ydocUpdated`: the Yjs document of a room changed. Sent once a minute at most.
struct YDocUpdated : InRoom {
  std::string updatedAt;
};

/// Who is behind a connection.
struct Visitor : InRoom {
  std::int64_t connectionId = 0;
  /// nullopt for an anonymous user.
  std::optional<std::string> userId;
  /// As the token had it; null when it had none.
  Json userInfo;
  /// In the room, afterwards.
  std::int64_t numActiveUsers = 0;
};

/// `userEntered`
struct UserEntered : Visitor {
  std::string enteredAt;
};

/// `userLeft`
struct UserLeft : Visitor {
  std::string leftAt;
};

/// `roomCreated`
struct RoomCreated : InRoom {
  std::string createdAt;
};

/// `roomDeleted`
struct RoomDeleted : InRoom {
  std::string deletedAt;
};

/// An event of a thread.
struct InThread : InRoom {
  std::string threadId;
};

/// An event of a comment.
struct InComment : InThread {
  std::string commentId;
};

/// `commentCreated`
struct CommentCreated : InComment {
  std::string createdAt;
  std::string createdBy;
};

/// `commentEdited`
struct CommentEdited : InComment {
  std::string editedAt;
};

/// `commentDeleted`
struct CommentDeleted : InComment {
  std::string deletedAt;
};

/// `commentReactionAdded`
struct CommentReactionAdded : InComment {
  std::string emoji;
  std::string addedAt;
  std::string addedBy;
};

/// `commentReactionRemoved`
struct CommentReactionRemoved : InComment {
  std::string emoji;
  std::string removedAt;
  std::string removedBy;
};

/// `commentMetadataUpdated`
struct CommentMetadataUpdated : InComment {
  std::string updatedAt;
  std::string updatedBy;
};

/// `threadCreated`
struct ThreadCreated : InThread {
  std::string createdAt;
  std::string createdBy;
};

/// `threadDeleted`
struct ThreadDeleted : InThread {
  std::string deletedAt;
};

/// `threadMetadataUpdated`
struct ThreadMetadataUpdated : InThread {
  std::string updatedAt;
  std::string updatedBy;
};

/// `threadMarkedAsResolved`
struct ThreadMarkedAsResolved : InThread {
  std::string updatedAt;
  std::string updatedBy;
};

/// `threadMarkedAsUnresolved`
struct ThreadMarkedAsUnresolved : InThread {
  std::string updatedAt;
  std::string updatedBy;
};

/// `notification`, of any kind.
struct Notification : InProject {
  /// `email`, `slack`, `teams` or `webPush`; others may come.
  std::string channel;
  std::string userId;
  std::string inboxNotificationId;
  std::string createdAt;
  std::string triggeredAt;
};

/// `notification` of the kind `thread`.
struct ThreadNotification : Notification {
  std::string roomId;
  std::string threadId;
};

/// `notification` of the kind `textMention`.
struct TextMentionNotification : Notification {
  std::string roomId;
  std::string mentionId;
};

/// `notification` of a kind of the application's own.
struct CustomNotification : Notification {
  /// Begins with `$`.
  std::string kind;
  /// nullopt when it was triggered outside a room.
  std::optional<std::string> roomId;
  std::string subjectId;
};

}  // namespace events

/// An event of Liveblocks.
struct LiveblocksEvent {
  /// One of the kinds above; `std::monostate` for a type, or a kind of notification, that this version does not know.
  /// New kinds are appended.
  using Content =
      std::variant<std::monostate, events::StorageUpdated, events::YDocUpdated, events::UserEntered, events::UserLeft,
                   events::RoomCreated, events::RoomDeleted, events::CommentCreated, events::CommentEdited,
                   events::CommentDeleted, events::CommentReactionAdded, events::CommentReactionRemoved,
                   events::CommentMetadataUpdated, events::ThreadCreated, events::ThreadDeleted,
                   events::ThreadMetadataUpdated, events::ThreadMarkedAsResolved, events::ThreadMarkedAsUnresolved,
                   events::ThreadNotification, events::TextMentionNotification, events::CustomNotification>;

  /// As Liveblocks calls it, such as `userEntered`.
  std::string type;
  /// All of `data`, members that this version does not know included; null when there is none.
  Json data;
  Content content;
};

/// Reads the body of a verified message.
///
/// Every member of a known event must be there and have its type; `userId`, `userInfo` and a custom notification's
/// `roomId` may be null or absent. Other members are let through. `Errc::badJson` when the body is not a strict JSON
/// object (RFC 8259, no member twice, nesting up to `Json::maxDepth`), `Errc::malformed`, with the name of the member,
/// when it is not an event.
LIVEBLOCKS_EXPORT Result<LiveblocksEvent> readLiveblocksEvent(const Message& message);

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
