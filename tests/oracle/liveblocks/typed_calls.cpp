#include "typed_calls.hpp"

#include <functional>

namespace liveblocks_tests {
namespace {

namespace lb = liveblocks;
namespace attachments = lb::attachments;
namespace comments = lb::comments;
namespace feeds = lb::feeds;
namespace groups = lb::groups;
namespace notifications = lb::notifications;
namespace presence = lb::presence;
namespace storage = lb::storage;
namespace yjs = lb::yjs;

using Maker = std::function<nlohmann::json(const lb::Liveblocks& client, const Given& given)>;
using Makers = std::map<std::string, Maker>;

/// `make` returns the typed call for what is given.
template <class Make>
Maker maker(Make make) {
  return [make](const lb::Liveblocks& client, const Given& given) { return outcomeOf(client.call(make(given))); };
}

notifications::Settings settingsOf(const Given& given) {
  notifications::Settings settings;
  for (const auto& [channel, kinds] : given.at("data").items()) {
    notifications::ChannelSettings& ofChannel = settings[channel];
    for (const auto& [kind, enabled] : kinds.items()) ofChannel[kind] = enabled.get<bool>();
  }
  return settings;
}

notifications::RoomSubscriptions subscriptionsOf(const Given& given) {
  static const std::map<std::string, notifications::ThreadSubscription> threads{
      {"all", notifications::ThreadSubscription::all},
      {"replies_and_mentions", notifications::ThreadSubscription::repliesAndMentions},
      {"none", notifications::ThreadSubscription::none}};
  static const std::map<std::string, notifications::TextMentionSubscription> mentions{
      {"mine", notifications::TextMentionSubscription::mine}, {"none", notifications::TextMentionSubscription::none}};
  notifications::RoomSubscriptions subscriptions;
  if (const auto name = given.optionalText("threads")) subscriptions.threads = threads.at(*name);
  if (const auto name = given.optionalText("textMentions")) subscriptions.textMentions = mentions.at(*name);
  return subscriptions;
}

/// Strings and lists of strings; null for `T` that may be unset.
template <class Map>
Map roomMetadataOf(const Given& given) {
  Map metadata;
  if (!given.has("metadata")) return metadata;
  for (const auto& [key, value] : given.at("metadata").items()) {
    auto& entry = metadata[key];
    if (value.is_string()) entry = lb::RoomMetadataValue(value.template get<std::string>());
    if (value.is_array()) entry = lb::RoomMetadataValue(value.template get<std::vector<std::string>>());
  }
  return metadata;
}

Makers documentMakers() {
  return {
      {"storage.get", maker([](const Given& g) {
         return storage::get(g.text("roomId"),
                             g.text("format") == "json" ? storage::Format::json : storage::Format::plainLson);
       })},
      {"storage.initialize",
       maker([](const Given& g) { return storage::initialize(g.text("roomId"), g.json("document")); })},
      {"storage.deleteDocument", maker([](const Given& g) { return storage::deleteDocument(g.text("roomId")); })},
      {"storage.patch", maker([](const Given& g) { return storage::patch(g.text("roomId"), g.json("operations")); })},
      {"yjs.getDocument", maker([](const Given& g) {
         return yjs::getDocument(g.text("roomId"), {g.optionalBool("format").value_or(false), g.optionalText("key"),
                                                    g.optionalText("type")});
       })},
      {"yjs.sendUpdate", maker([](const Given& g) {
         return yjs::sendUpdate(g.text("roomId"), g.bytes("update"), g.optionalText("guid"));
       })},
      {"yjs.getUpdate", maker([](const Given& g) { return yjs::getUpdate(g.text("roomId"), g.optionalText("guid")); })},
      {"yjs.listVersions", maker([](const Given& g) {
         return yjs::listVersions(g.text("roomId"), {g.limit(), g.optionalText("cursor")});
       })},
      {"yjs.createVersion", maker([](const Given& g) { return yjs::createVersion(g.text("roomId")); })},
      {"yjs.getVersion", maker([](const Given& g) { return yjs::getVersion(g.text("roomId"), g.text("versionId")); })},
      {"yjs.deleteVersion",
       maker([](const Given& g) { return yjs::deleteVersion(g.text("roomId"), g.text("versionId")); })},
      {"presence.set", maker([](const Given& g) {
         presence::Presence shown{g.text("userId"), g.json("data")};
         if (g.has("userInfo")) shown.userInfo = g.json("userInfo");
         if (g.has("ttl")) shown.ttl = std::chrono::seconds(g.at("ttl").get<int>());
         return presence::set(g.text("roomId"), shown);
       })},
  };
}

Makers notificationMakers() {
  return {
      {"notifications.trigger", maker([](const Given& g) {
         notifications::Trigger trigger{g.text("userId"), g.text("kind"), g.text("subjectId"), g.json("activityData")};
         trigger.roomId = g.optionalText("room");
         trigger.organizationId = g.optionalText("organizationId");
         return notifications::trigger(trigger);
       })},
      {"notifications.get", maker([](const Given& g) { return notifications::get(g.text("userId"), g.text("id")); })},
      {"notifications.list", maker([](const Given& g) {
         return notifications::list(g.text("userId"), {g.optionalBool("unread"), g.optionalText("organizationId"),
                                                       g.limit(), g.optionalText("startingAfter")});
       })},
      {"notifications.deleteNotification",
       maker([](const Given& g) { return notifications::deleteNotification(g.text("userId"), g.text("id")); })},
      {"notifications.deleteAll", maker([](const Given& g) {
         return notifications::deleteAll(g.text("userId"), g.optionalText("organizationId"));
       })},
      {"notifications.getSettings", maker([](const Given& g) { return notifications::getSettings(g.text("userId")); })},
      {"notifications.updateSettings",
       maker([](const Given& g) { return notifications::updateSettings(g.text("userId"), settingsOf(g)); })},
      {"notifications.deleteSettings",
       maker([](const Given& g) { return notifications::deleteSettings(g.text("userId")); })},
      {"notifications.getRoomSubscriptions",
       maker([](const Given& g) { return notifications::getRoomSubscriptions(g.text("roomId"), g.text("userId")); })},
      {"notifications.updateRoomSubscriptions", maker([](const Given& g) {
         return notifications::updateRoomSubscriptions(g.text("roomId"), g.text("userId"), subscriptionsOf(g));
       })},
      {"notifications.deleteRoomSubscriptions", maker([](const Given& g) {
         return notifications::deleteRoomSubscriptions(g.text("roomId"), g.text("userId"));
       })},
      {"notifications.listRoomSubscriptions", maker([](const Given& g) {
         return notifications::listRoomSubscriptions(
             g.text("userId"), {g.optionalText("organizationId"), g.limit(), g.optionalText("startingAfter")});
       })},
  };
}

Makers commentMakers() {
  return {
      {"comments.listThreads", maker([](const Given& g) {
         return comments::listThreads(g.text("roomId"), {g.optionalBool("resolved"), g.optionalText("visibility"),
                                                         g.metadata("metadata"), g.text("query")});
       })},
      {"comments.getThread", maker([](const Given& g) { return comments::getThread(g.thread()); })},
      {"comments.createThread", maker([](const Given& g) {
         return comments::createThread(g.text("roomId"),
                                       {g.newComment(), g.metadata("metadata"), g.optionalText("visibility")});
       })},
      {"comments.deleteThread", maker([](const Given& g) { return comments::deleteThread(g.thread()); })},
      {"comments.resolveThread",
       maker([](const Given& g) { return comments::resolveThread(g.thread(), g.text("userId")); })},
      {"comments.unresolveThread",
       maker([](const Given& g) { return comments::unresolveThread(g.thread(), g.text("userId")); })},
      {"comments.subscribe", maker([](const Given& g) { return comments::subscribe(g.thread(), g.text("userId")); })},
      {"comments.unsubscribe",
       maker([](const Given& g) { return comments::unsubscribe(g.thread(), g.text("userId")); })},
      {"comments.listSubscriptions", maker([](const Given& g) { return comments::listSubscriptions(g.thread()); })},
      {"comments.updateThreadMetadata", maker([](const Given& g) {
         return comments::updateThreadMetadata(g.thread(), {g.text("userId"), g.metadata("metadata"), g.time("at")});
       })},
      {"comments.updateCommentMetadata", maker([](const Given& g) {
         return comments::updateCommentMetadata(g.comment(), {g.text("userId"), g.metadata("metadata"), g.time("at")});
       })},
      {"comments.getComment", maker([](const Given& g) { return comments::getComment(g.comment()); })},
      {"comments.createComment",
       maker([](const Given& g) { return comments::createComment(g.thread(), g.newComment()); })},
      {"comments.editComment", maker([](const Given& g) {
         comments::CommentChange change{g.body(), g.metadata("commentMetadata"), {}, g.time("at")};
         if (g.has("attachmentIds")) change.attachmentIds = g.texts("attachmentIds");
         return comments::editComment(g.comment(), change);
       })},
      {"comments.deleteComment", maker([](const Given& g) { return comments::deleteComment(g.comment()); })},
      {"comments.addReaction", maker([](const Given& g) {
         return comments::addReaction(g.comment(), {g.text("userId"), g.text("emoji"), g.time("at")});
       })},
      {"comments.removeReaction", maker([](const Given& g) {
         return comments::removeReaction(g.comment(), g.text("userId"), g.text("emoji"), g.time("at"));
       })},
      {"attachments.get", maker([](const Given& g) { return attachments::get(g.text("roomId"), g.text("id")); })},
      {"attachments.upload", maker([](const Given& g) {
         return attachments::upload(g.text("roomId"),
                                    {g.text("userId"), g.text("name"), g.bytes("update"), "at_given"});
       })},
      {"attachments.inParts", uploadInParts},
  };
}

Makers groupAndFeedMakers() {
  return {
      {"groups.create", maker([](const Given& g) {
         return groups::create(
             {g.text("groupId"), g.texts("memberIds"), g.optionalText("organizationId"), g.optionalBool("mention")});
       })},
      {"groups.get", maker([](const Given& g) { return groups::get(g.text("groupId")); })},
      {"groups.addMembers",
       maker([](const Given& g) { return groups::addMembers(g.text("groupId"), g.texts("memberIds")); })},
      {"groups.removeMembers",
       maker([](const Given& g) { return groups::removeMembers(g.text("groupId"), g.texts("memberIds")); })},
      {"groups.deleteGroup", maker([](const Given& g) { return groups::deleteGroup(g.text("groupId")); })},
      {"groups.list", maker([](const Given& g) {
         return groups::list({g.limit(), g.optionalText("startingAfter")});
       })},
      {"groups.listOfUser", maker([](const Given& g) {
         return groups::listOfUser(g.text("userId"), {g.limit(), g.optionalText("startingAfter")});
       })},
      {"feeds.list", maker([](const Given& g) { return feeds::list(g.text("roomId")); })},
      {"feeds.create", maker([](const Given& g) {
         return feeds::create(g.text("roomId"), {g.text("feedId"), roomMetadataOf<lb::RoomMetadata>(g), g.time("at")});
       })},
      {"feeds.get", maker([](const Given& g) { return feeds::get(g.text("roomId"), g.text("feedId")); })},
      {"feeds.update", maker([](const Given& g) {
         return feeds::update(g.text("roomId"), g.text("feedId"), roomMetadataOf<lb::RoomMetadataUpdate>(g));
       })},
      {"feeds.deleteFeed", maker([](const Given& g) { return feeds::deleteFeed(g.text("roomId"), g.text("feedId")); })},
      {"feeds.listMessages",
       maker([](const Given& g) { return feeds::listMessages(g.text("roomId"), g.text("feedId")); })},
      {"feeds.createMessage", maker([](const Given& g) {
         return feeds::createMessage(g.text("roomId"), g.text("feedId"),
                                     {g.json("data"), g.optionalText("id"), g.time("at")});
       })},
      {"feeds.updateMessage",
       maker([](const Given& g) { return feeds::updateMessage(g.message(), g.json("data"), g.time("at")); })},
      {"feeds.deleteMessage", maker([](const Given& g) { return feeds::deleteMessage(g.message()); })},
  };
}

}  // namespace

nlohmann::json makeTypedCall(const lb::Liveblocks& client, const std::string& name, const nlohmann::json& json) {
  static const Makers makers = [] {
    Makers all = documentMakers();
    for (Makers more : {notificationMakers(), commentMakers(), groupAndFeedMakers()}) all.merge(more);
    return all;
  }();
  return makers.at(name)(client, Given(json));
}

}  // namespace liveblocks_tests
