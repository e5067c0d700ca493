/// @file
/// Inbox notifications and their settings, as calls for `Liveblocks::call()` and `callAsync()`.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#Notifications
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/page.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Inbox notifications and their settings. All functions are thread-safe, and none sends anything. Arguments that
/// cannot be right, such as an empty id, are `Errc::invalidRequest` of the call, without a request.
namespace notifications {

/// A custom notification to send. Notifications of one kind about one subject are shown as one, with several
/// activities.
struct Trigger {
  /// Who gets it.
  std::string userId;
  /// The kind, which begins with `$`, such as `$fileUploaded`.
  std::string kind;
  /// What it is about, chosen by the application.
  std::string subjectId;
  /// What has happened: an object of strings, numbers and booleans.
  Json activityData = Json::object({});
  /// The room that it belongs to.
  std::optional<std::string> roomId = {};
  /// As `SessionOptions::organizationId`.
  std::optional<std::string> organizationId = {};
};

/// `POST /v2/inbox-notifications/trigger`: sends a custom notification. Repeated only if it cannot have taken effect.
/// `Errc::invalidRequest` also for a `kind` without `$` and for `activityData` that is not as described.
LIVEBLOCKS_EXPORT http::TypedCall<void> trigger(const Trigger& trigger);

/// One of the events of a custom notification.
struct Activity {
  /// The id of the activity.
  std::string id;
  /// When it happened.
  std::chrono::system_clock::time_point createdAt;
  /// As `Trigger::activityData`.
  Json data;
};

/// An entry of a user's inbox.
struct InboxNotification {
  /// The id.
  std::string id;
  /// `thread`, `textMention`, or the kind of a custom notification, which begins with `$`.
  std::string kind;
  /// The room; nullopt for a custom notification without one.
  std::optional<std::string> roomId;
  /// The thread of the kind `thread`.
  std::optional<std::string> threadId;
  /// The subject of a custom notification.
  std::optional<std::string> subjectId;
  /// When the user was notified for the last time.
  std::chrono::system_clock::time_point notifiedAt;
  /// When the user read it; nullopt if it is unread.
  std::optional<std::chrono::system_clock::time_point> readAt;
  /// The activities of a custom notification.
  std::vector<Activity> activities;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// `GET /v2/users/{userId}/inbox-notifications/{id}`: a notification of a user's inbox.
LIVEBLOCKS_EXPORT http::TypedCall<InboxNotification> get(std::string_view userId, std::string_view id);

/// Selects a page of an inbox.
struct InboxOptions {
  /// Only those that are unread, or only those that are read.
  std::optional<bool> unread = {};
  /// Only those of this organization.
  std::optional<std::string> organizationId = {};
  /// As in `PageOptions`.
  std::optional<std::size_t> limit = {};
  /// As in `PageOptions`.
  std::optional<std::string> startingAfter = {};
};

/// `GET /v2/users/{userId}/inbox-notifications`: a page of a user's inbox.
LIVEBLOCKS_EXPORT http::TypedCall<Page<InboxNotification>> list(std::string_view userId,
                                                                const InboxOptions& options = {});

/// `POST /v2/inbox-notifications/{id}/read`: marks a notification as read.
LIVEBLOCKS_EXPORT http::TypedCall<void> markAsRead(std::string_view id);

/// `DELETE /v2/users/{userId}/inbox-notifications/{id}`: deletes a notification.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteNotification(std::string_view userId, std::string_view id);

/// `DELETE /v2/users/{userId}/inbox-notifications`: deletes all notifications of a user, or all of one organization.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteAll(std::string_view userId,
                                                  const std::optional<std::string>& organizationId = {});

/// Whether a user gets notifications of a kind, by kind.
using ChannelSettings = std::map<std::string, bool, std::less<>>;

/// The settings of a user, by channel: `email`, `slack`, `teams`, `webPush`.
using Settings = std::map<std::string, ChannelSettings, std::less<>>;

/// `GET /v2/users/{userId}/notification-settings`: the settings of a user for the channels that the project uses.
LIVEBLOCKS_EXPORT http::TypedCall<Settings> getSettings(std::string_view userId);

/// `POST /v2/users/{userId}/notification-settings`: changes the settings that `changes` names, and returns all.
///
///     client.call(notifications::updateSettings("ada", {{"email", {{"thread", false}}}}));
LIVEBLOCKS_EXPORT http::TypedCall<Settings> updateSettings(std::string_view userId, const Settings& changes);

/// `DELETE /v2/users/{userId}/notification-settings`: gives a user the settings of the project again.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteSettings(std::string_view userId);

/// Which threads of a room a user is notified of.
enum class ThreadSubscription {
  all,                 ///< All.
  repliesAndMentions,  ///< Those in which the user takes part, or is mentioned.
  none,                ///< None.
};

/// Which mentions in the texts of a room a user is notified of.
enum class TextMentionSubscription {
  mine,  ///< Those of the user.
  none,  ///< None.
};

/// What a user is notified of in a room.
struct RoomSubscriptions {
  /// In a change: nullopt keeps the setting. In a response: nullopt for a value that this version does not know.
  std::optional<ThreadSubscription> threads = {};
  /// The same.
  std::optional<TextMentionSubscription> textMentions = {};
};

/// `GET /v2/rooms/{roomId}/users/{userId}/subscription-settings`: what a user is notified of in a room.
LIVEBLOCKS_EXPORT http::TypedCall<RoomSubscriptions> getRoomSubscriptions(std::string_view roomId,
                                                                          std::string_view userId);

/// `POST /v2/rooms/{roomId}/users/{userId}/subscription-settings`: changes it, and returns it.
LIVEBLOCKS_EXPORT http::TypedCall<RoomSubscriptions> updateRoomSubscriptions(std::string_view roomId,
                                                                             std::string_view userId,
                                                                             const RoomSubscriptions& changes);

/// `DELETE /v2/rooms/{roomId}/users/{userId}/subscription-settings`: gives a user the settings of the project again.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteRoomSubscriptions(std::string_view roomId, std::string_view userId);

/// What a user is notified of in one of the rooms.
struct UserRoomSubscriptions {
  /// The room.
  std::string roomId;
  /// What the user is notified of there.
  RoomSubscriptions subscriptions;
};

/// Selects a page of the rooms in which a user has settings.
struct RoomSubscriptionsOptions {
  /// Only those of this organization.
  std::optional<std::string> organizationId = {};
  /// As in `PageOptions`.
  std::optional<std::size_t> limit = {};
  /// As in `PageOptions`.
  std::optional<std::string> startingAfter = {};
};

/// `GET /v2/users/{userId}/room-subscription-settings`: a page of the rooms in which a user has settings.
LIVEBLOCKS_EXPORT http::TypedCall<Page<UserRoomSubscriptions>> listRoomSubscriptions(
    std::string_view userId, const RoomSubscriptionsOptions& options = {});

}  // namespace notifications
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
