/// @file
/// The events of Liveblocks webhooks. https://liveblocks.io/docs/platform/webhooks
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

/// The events, with strings where Liveblocks has strings. Times (`...At`) are in ISO 8601; ids are the same as in other
/// calls.
namespace events {

/// The members of all events.
struct InProject {
  /// The id of the project at Liveblocks; older events call it `appId`.
  std::string projectId;
};

/// The members of all events except notifications.
struct InRoom : InProject {
  /// The id of the room.
  std::string roomId;
};

/// `storageUpdated`: the storage of a room changed. Sent once a minute at most.
struct StorageUpdated : InRoom {
  /// When the change was made.
  std::string updatedAt;
};

/// `ydocUpdated`: the Yjs document of a room changed. Sent once a minute at most.
struct YDocUpdated : InRoom {
  /// When the change was made.
  std::string updatedAt;
};

/// The members of events about a connection.
struct Visitor : InRoom {
  /// The id of the connection, as others in the room see it.
  std::int64_t connectionId = 0;
  /// The id of the user; nullopt for an anonymous user.
  std::optional<std::string> userId;
  /// The `userInfo` of the user's token; null when it had none.
  Json userInfo;
  /// The number of users in the room after the event.
  std::int64_t numActiveUsers = 0;
};

/// `userEntered`: a user entered a room.
struct UserEntered : Visitor {
  /// When the user entered.
  std::string enteredAt;
};

/// `userLeft`: a user left a room.
struct UserLeft : Visitor {
  /// When the user left.
  std::string leftAt;
};

/// `roomCreated`: a room was created.
struct RoomCreated : InRoom {
  /// When it was created.
  std::string createdAt;
};

/// `roomDeleted`: a room was deleted.
struct RoomDeleted : InRoom {
  /// When it was deleted.
  std::string deletedAt;
};

/// The members of events about a thread.
struct InThread : InRoom {
  /// The id of the thread.
  std::string threadId;
};

/// The members of events about a comment.
struct InComment : InThread {
  /// The id of the comment.
  std::string commentId;
};

/// `commentCreated`: a comment was created.
struct CommentCreated : InComment {
  /// When it was created.
  std::string createdAt;
  /// The id of the user who created it.
  std::string createdBy;
};

/// `commentEdited`: a comment was edited.
struct CommentEdited : InComment {
  /// When it was edited.
  std::string editedAt;
};

/// `commentDeleted`: a comment was deleted.
struct CommentDeleted : InComment {
  /// When it was deleted.
  std::string deletedAt;
};

/// `commentReactionAdded`: a reaction was added to a comment.
struct CommentReactionAdded : InComment {
  /// The emoji of the reaction.
  std::string emoji;
  /// When it was added.
  std::string addedAt;
  /// The id of the user who added it.
  std::string addedBy;
};

/// `commentReactionRemoved`: a reaction was removed from a comment.
struct CommentReactionRemoved : InComment {
  /// The emoji of the reaction.
  std::string emoji;
  /// When it was removed.
  std::string removedAt;
  /// The id of the user who removed it.
  std::string removedBy;
};

/// `commentMetadataUpdated`: the metadata of a comment changed.
struct CommentMetadataUpdated : InComment {
  /// When the change was made.
  std::string updatedAt;
  /// The id of the user who made the change.
  std::string updatedBy;
};

/// `threadCreated`: a thread was created.
struct ThreadCreated : InThread {
  /// When it was created.
  std::string createdAt;
  /// The id of the user who created it.
  std::string createdBy;
};

/// `threadDeleted`: a thread was deleted.
struct ThreadDeleted : InThread {
  /// When it was deleted.
  std::string deletedAt;
};

/// `threadMetadataUpdated`: the metadata of a thread changed.
struct ThreadMetadataUpdated : InThread {
  /// When the change was made.
  std::string updatedAt;
  /// The id of the user who made the change.
  std::string updatedBy;
};

/// `threadMarkedAsResolved`: a thread was marked as resolved.
struct ThreadMarkedAsResolved : InThread {
  /// When the change was made.
  std::string updatedAt;
  /// The id of the user who made the change.
  std::string updatedBy;
};

/// `threadMarkedAsUnresolved`: a thread was marked as unresolved.
struct ThreadMarkedAsUnresolved : InThread {
  /// When the change was made.
  std::string updatedAt;
  /// The id of the user who made the change.
  std::string updatedBy;
};

/// The members of notifications of any kind.
struct Notification : InProject {
  /// The channel: `email`, `slack`, `teams` or `webPush`; Liveblocks may add others.
  std::string channel;
  /// The id of the user who is notified.
  std::string userId;
  /// The id of the notification in the inbox.
  std::string inboxNotificationId;
  /// When it was created.
  std::string createdAt;
  /// When the channel was notified.
  std::string triggeredAt;
};

/// `notification` of the kind `thread`.
struct ThreadNotification : Notification {
  /// The id of the room.
  std::string roomId;
  /// The id of the thread.
  std::string threadId;
};

/// `notification` of the kind `textMention`.
struct TextMentionNotification : Notification {
  /// The id of the room.
  std::string roomId;
  /// The id of the mention.
  std::string mentionId;
};

/// `notification` of a custom kind, defined by the application.
struct CustomNotification : Notification {
  /// The kind, which begins with `$`.
  std::string kind;
  /// The id of the room; nullopt when the notification was triggered outside a room.
  std::optional<std::string> roomId;
  /// The subject, chosen by the application.
  std::string subjectId;
};

}  // namespace events

/// An event of a Liveblocks webhook.
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

  /// The type, such as `userEntered`.
  std::string type;
  /// All of `data`, including members that this version does not know; null when there is none.
  Json data;
  /// The content of `data`.
  Content content;
};

/// Parses the body of a verified message.
///
/// Every member of a known event must be present and have its type; `userId`, `userInfo` and the `roomId` of a custom
/// notification may be null or absent. Other members are ignored. `Errc::badWebhookJson` when the body is not a strict
/// JSON object (RFC 8259, no member twice, nesting up to `Json::maxDepth`), `Errc::badWebhookEvent`, with the name of
/// the member, when it is not an event.
LIVEBLOCKS_EXPORT Result<WebhookEvent> readWebhookEvent(const webhooks::Message& message);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
