#include <liveblocks/notifications.hpp>

#include <array>
#include <utility>

#include "api_json.hpp"
#include "core/json_members.hpp"
#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace notifications {
namespace {

using detail::ReadProblem;
using json::MemberReader;

constexpr const char* inboxPath = "/v2/users/{userId}/inbox-notifications";
constexpr const char* notificationPath = "/v2/users/{userId}/inbox-notifications/{id}";
constexpr const char* settingsPath = "/v2/users/{userId}/notification-settings";
constexpr const char* roomSubscriptionsPath = "/v2/rooms/{roomId}/users/{userId}/subscription-settings";

constexpr std::array<std::pair<std::string_view, ThreadSubscription>, 3> threadSubscriptions{
    {{"all", ThreadSubscription::all},
     {"replies_and_mentions", ThreadSubscription::repliesAndMentions},
     {"none", ThreadSubscription::none}}};
constexpr std::array<std::pair<std::string_view, TextMentionSubscription>, 2> textMentionSubscriptions{
    {{"mine", TextMentionSubscription::mine}, {"none", TextMentionSubscription::none}}};

void requireKind(http::ApiCall& request, std::string_view kind) {
  detail::require(request, kind.size() > 1 && kind.front() == '$', "kind",
                  "is not that of a custom notification, which begins with '$'");
}

void requireActivityData(http::ApiCall& request, const Json& data) {
  detail::requireObject(request, "activityData", data);
  for (const auto& [name, value] : data.members()) {
    detail::require(request, value.isString() || value.isNumber() || value.isBoolean(), "a member of activityData",
                    "is neither a string, a number nor a boolean");
  }
}

ReadProblem readActivity(std::string_view text, std::string path, Activity& activity) {
  MemberReader reader(text, std::move(path));
  reader.read("id", activity.id);
  detail::take(reader, "createdAt", detail::toTime, activity.createdAt, detail::dateWithTime);
  reader.read("data", activity.data);
  return reader.problem();
}

ReadProblem readNotification(std::string_view text, std::string path, InboxNotification& notification) {
  std::string listPath = path + "activities";
  MemberReader reader(text, std::move(path));
  reader.read("id", notification.id);
  reader.read("kind", notification.kind);
  reader.read("roomId", notification.roomId);
  reader.read("threadId", notification.threadId);
  reader.read("subjectId", notification.subjectId);
  detail::take(reader, "notifiedAt", detail::toTime, notification.notifiedAt, detail::dateWithTime);
  detail::takeIfThere(reader, "readAt", detail::toTime, notification.readAt, detail::dateWithTime);
  const std::string_view activities = reader.find("activities");
  reader.require(activities.empty() || detail::isJsonArray(activities), "activities", "a list");
  if (reader.problem()) return reader.problem();
  notification.json = Json::parse(text);
  return detail::readItems(activities, listPath, readActivity, notification.activities);
}

/// nullopt unless it is an object of booleans.
std::optional<ChannelSettings> toChannelSettings(std::string_view text) {
  if (!detail::isJsonObject(text)) return std::nullopt;
  ChannelSettings settings;
  for (const json::Member& member : json::members(text)) {
    const std::optional<bool> value = json::toBool(member.value);
    if (!value) return std::nullopt;
    settings.emplace(member.name(), *value);
  }
  return settings;
}

ReadProblem readSettings(std::string_view text, std::string path, Settings& settings) {
  for (const json::Member& member : json::members(text)) {
    if (json::hasNoValue(member.value)) continue;
    std::optional<ChannelSettings> channel = toChannelSettings(member.value);
    // Its name is text of the response, which does not belong in messages.
    if (!channel) return std::move(path) + "the settings of a channel are not an object of booleans";
    settings.emplace(member.name(), *std::move(channel));
  }
  return std::nullopt;
}

template <class Table, class Value>
void takeNamed(MemberReader& reader, std::string_view name, const Table& table, std::optional<Value>& target) {
  std::string text;
  reader.read(name, text);
  for (const auto& [word, value] : table) {
    if (text == word) target = value;
  }
}

template <class Table, class Value>
std::optional<std::string> nameIn(const Table& table, const std::optional<Value>& wanted) {
  for (const auto& [word, value] : table) {
    if (wanted == value) return std::string(word);
  }
  return std::nullopt;
}

ReadProblem readSubscriptions(std::string_view text, std::string path, RoomSubscriptions& subscriptions) {
  MemberReader reader(text, std::move(path));
  takeNamed(reader, "threads", threadSubscriptions, subscriptions.threads);
  takeNamed(reader, "textMentions", textMentionSubscriptions, subscriptions.textMentions);
  return reader.problem();
}

ReadProblem readUserSubscriptions(std::string_view text, std::string path, UserRoomSubscriptions& entry) {
  MemberReader reader(text, path);
  reader.read("roomId", entry.roomId);
  if (reader.problem()) return reader.problem();
  return readSubscriptions(text, std::move(path), entry.subscriptions);
}

Json bodyOf(http::ApiCall& request, const Settings& changes) {
  std::map<std::string, Json> channels;
  for (const auto& [channel, kinds] : changes) {
    channels.emplace(channel,
                     detail::objectOf(request, "a kind", std::map<std::string, Json>(kinds.begin(), kinds.end())));
  }
  return detail::objectOf(request, "a channel", channels);
}

constexpr std::string_view settingsWanted = "the settings of a user";
constexpr std::string_view subscriptionsWanted = "the subscriptions of a user in a room";

}  // namespace

http::TypedCall<void> trigger(const Trigger& trigger) {
  http::ApiCall request =
      detail::apiCall("liveblocks.notifications.trigger", "POST", "/v2/inbox-notifications/trigger", {});
  requireKind(request, trigger.kind);
  requireActivityData(request, trigger.activityData);
  request.body = detail::RequestBody(request)
                     .text("userId", trigger.userId)
                     .text("kind", trigger.kind)
                     .optionalText("roomId", trigger.roomId)
                     .text("subjectId", trigger.subjectId)
                     .json("activityData", trigger.activityData)
                     .optionalText("organizationId", trigger.organizationId)
                     .finish();
  return {std::move(request)};
}

http::TypedCall<InboxNotification> get(std::string_view userId, std::string_view id) {
  return {detail::apiCall("liveblocks.notifications.get", "GET", notificationPath, {{"userId", userId}, {"id", id}}),
          detail::checkedReading(
              "an inbox notification", readNotification,
              [id = std::string(id)](const InboxNotification& notification) { return notification.id == id; })};
}

http::TypedCall<Page<InboxNotification>> list(std::string_view userId, const InboxOptions& options) {
  http::ApiCall request = detail::apiCall("liveblocks.notifications.list", "GET", inboxPath, {{"userId", userId}});
  if (options.unread) request.query.push_back({"query", *options.unread ? "unread:true" : "unread:false"});
  detail::addPage(request, options.startingAfter, options.limit);
  detail::addQuery(request, "organizationId", options.organizationId);
  return {std::move(request), detail::pageReading("a page of inbox notifications", readNotification)};
}

http::TypedCall<void> markAsRead(std::string_view id) {
  return {detail::repeatable(detail::apiCall("liveblocks.notifications.mark_as_read", "POST",
                                             "/v2/inbox-notifications/{id}/read", {{"id", id}}))};
}

http::TypedCall<void> deleteNotification(std::string_view userId, std::string_view id) {
  return {detail::apiCall("liveblocks.notifications.delete_notification", "DELETE", notificationPath,
                          {{"userId", userId}, {"id", id}})};
}

http::TypedCall<void> deleteAll(std::string_view userId, const std::optional<std::string>& organizationId) {
  http::ApiCall request =
      detail::apiCall("liveblocks.notifications.delete_all", "DELETE", inboxPath, {{"userId", userId}});
  detail::addQuery(request, "organizationId", organizationId);
  return {std::move(request)};
}

http::TypedCall<Settings> getSettings(std::string_view userId) {
  return {detail::apiCall("liveblocks.notifications.get_settings", "GET", settingsPath, {{"userId", userId}}),
          detail::reading(settingsWanted, readSettings)};
}

http::TypedCall<Settings> updateSettings(std::string_view userId, const Settings& changes) {
  http::ApiCall request = detail::repeatable(
      detail::apiCall("liveblocks.notifications.update_settings", "POST", settingsPath, {{"userId", userId}}));
  request.body = bodyOf(request, changes);
  return {std::move(request), detail::reading(settingsWanted, readSettings)};
}

http::TypedCall<void> deleteSettings(std::string_view userId) {
  return {detail::apiCall("liveblocks.notifications.delete_settings", "DELETE", settingsPath, {{"userId", userId}})};
}

http::TypedCall<RoomSubscriptions> getRoomSubscriptions(std::string_view roomId, std::string_view userId) {
  return {detail::apiCall("liveblocks.notifications.get_room_subscriptions", "GET", roomSubscriptionsPath,
                          {{"roomId", roomId}, {"userId", userId}}),
          detail::reading(subscriptionsWanted, readSubscriptions)};
}

http::TypedCall<RoomSubscriptions> updateRoomSubscriptions(std::string_view roomId, std::string_view userId,
                                                           const RoomSubscriptions& changes) {
  http::ApiCall request =
      detail::repeatable(detail::apiCall("liveblocks.notifications.update_room_subscriptions", "POST",
                                         roomSubscriptionsPath, {{"roomId", roomId}, {"userId", userId}}));
  request.body = detail::RequestBody(request)
                     .optionalText("threads", nameIn(threadSubscriptions, changes.threads))
                     .optionalText("textMentions", nameIn(textMentionSubscriptions, changes.textMentions))
                     .finish();
  return {std::move(request), detail::reading(subscriptionsWanted, readSubscriptions)};
}

http::TypedCall<void> deleteRoomSubscriptions(std::string_view roomId, std::string_view userId) {
  return {detail::apiCall("liveblocks.notifications.delete_room_subscriptions", "DELETE", roomSubscriptionsPath,
                          {{"roomId", roomId}, {"userId", userId}})};
}

http::TypedCall<Page<UserRoomSubscriptions>> listRoomSubscriptions(std::string_view userId,
                                                                   const RoomSubscriptionsOptions& options) {
  http::ApiCall request = detail::apiCall("liveblocks.notifications.list_room_subscriptions", "GET",
                                          "/v2/users/{userId}/room-subscription-settings", {{"userId", userId}});
  detail::addPage(request, options.startingAfter, options.limit);
  detail::addQuery(request, "organizationId", options.organizationId);
  return {std::move(request), detail::pageReading("a page of subscriptions", readUserSubscriptions)};
}

}  // namespace notifications
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
