/// @file
/// What Liveblocks's webhooks tell. https://liveblocks.io/docs/platform/webhooks
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/webhooks/verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The members of the events, as texts where Liveblocks has texts. Times (`...At`) are ISO 8601, ids are those of the
/// other calls.
namespace events {

/// What all events have.
struct InProject {
  /// The project at Liveblocks; older events call it `appId`.
  std::string projectId;
};

/// What all events but notifications have.
struct InRoom : InProject {
  /// The room.
  std::string roomId;
};

/// `storageUpdated`: the storage of a room changed. Sent once a minute at most.
struct StorageUpdated : InRoom {
  /// When.
  std::string updatedAt;
};

/// `ydocUpdated`: the Yjs document of a room changed. Sent once a minute at most.
struct YDocUpdated : InRoom {
  /// When.
  std::string updatedAt;
};

/// Who is behind a connection.
struct Visitor : InRoom {
  /// Of the connection, as other people in the room see it.
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
  /// When.
  std::string enteredAt;
};

/// `userLeft`
struct UserLeft : Visitor {
  /// When.
  std::string leftAt;
};

/// `roomCreated`
struct RoomCreated : InRoom {
  /// When.
  std::string createdAt;
};

/// `roomDeleted`
struct RoomDeleted : InRoom {
  /// When.
  std::string deletedAt;
};

/// An event of a thread.
struct InThread : InRoom {
  /// The thread.
  std::string threadId;
};

/// An event of a comment.
struct InComment : InThread {
  /// The comment.
  std::string commentId;
};

/// `commentCreated`
struct CommentCreated : InComment {
  /// When.
  std::string createdAt;
  /// The user.
  std::string createdBy;
};

/// `commentEdited`
struct CommentEdited : InComment {
  /// When.
  std::string editedAt;
};

/// `commentDeleted`
struct CommentDeleted : InComment {
  /// When.
  std::string deletedAt;
};

/// `commentReactionAdded`
struct CommentReactionAdded : InComment {
  /// The reaction itself.
  std::string emoji;
  /// When.
  std::string addedAt;
  /// The user.
  std::string addedBy;
};

/// `commentReactionRemoved`
struct CommentReactionRemoved : InComment {
  /// The reaction itself.
  std::string emoji;
  /// When.
  std::string removedAt;
  /// The user.
  std::string removedBy;
};

/// `commentMetadataUpdated`
struct CommentMetadataUpdated : InComment {
  /// When.
  std::string updatedAt;
  /// The user.
  std::string updatedBy;
};

/// `threadCreated`
struct ThreadCreated : InThread {
  /// When.
  std::string createdAt;
  /// The user.
  std::string createdBy;
};

/// `threadDeleted`
struct ThreadDeleted : InThread {
  /// When.
  std::string deletedAt;
};

/// `threadMetadataUpdated`
struct ThreadMetadataUpdated : InThread {
  /// When.
  std::string updatedAt;
  /// The user.
  std::string updatedBy;
};

/// `threadMarkedAsResolved`
struct ThreadMarkedAsResolved : InThread {
  /// When.
  std::string updatedAt;
  /// The user.
  std::string updatedBy;
};

/// `threadMarkedAsUnresolved`
struct ThreadMarkedAsUnresolved : InThread {
  /// When.
  std::string updatedAt;
  /// The user.
  std::string updatedBy;
};

/// `notification`, of any kind.
struct Notification : InProject {
  /// `email`, `slack`, `teams` or `webPush`; others may come.
  std::string channel;
  /// Who is notified.
  std::string userId;
  /// The notification in the inbox.
  std::string inboxNotificationId;
  /// When.
  std::string createdAt;
  /// When the channel was told.
  std::string triggeredAt;
};

/// `notification` of the kind `thread`.
struct ThreadNotification : Notification {
  /// The room.
  std::string roomId;
  /// The thread.
  std::string threadId;
};

/// `notification` of the kind `textMention`.
struct TextMentionNotification : Notification {
  /// The room.
  std::string roomId;
  /// The mention.
  std::string mentionId;
};

/// `notification` of a kind of the application's own.
struct CustomNotification : Notification {
  /// Begins with `$`.
  std::string kind;
  /// nullopt when it was triggered outside a room.
  std::optional<std::string> roomId;
  /// What it is about, in the application's words.
  std::string subjectId;
};

}  // namespace events

/// An event of Liveblocks.
struct WebhookEvent {
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
  /// The same, read.
  Content content;
};

/// Reads the body of a verified message.
///
/// Every member of a known event must be there and have its type; `userId`, `userInfo` and a custom notification's
/// `roomId` may be null or absent. Other members are let through. `Errc::badJson` when the body is not a strict JSON
/// object (RFC 8259, no member twice, nesting up to `Json::maxDepth`), `Errc::malformed`, with the name of the member,
/// when it is not an event.
LIVEBLOCKS_EXPORT Result<WebhookEvent> readWebhookEvent(const webhooks::Message& message);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
