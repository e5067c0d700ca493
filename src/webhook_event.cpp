#include <liveblocks/webhook_event.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/text.hpp"
#include "webhooks/event_reader.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

using webhooks::detail::EventReader;

using Content = WebhookEvent::Content;

/// Older events, and samples in the documentation, have `appId`.
void read(EventReader& members, events::InProject& event) {
  const bool isOlder = members.find("projectId").empty() && !members.find("appId").empty();
  members.read(isOlder ? "appId" : "projectId", event.projectId);
}

void read(EventReader& members, events::InRoom& event) {
  read(members, static_cast<events::InProject&>(event));
  members.read("roomId", event.roomId);
}

void read(EventReader& members, events::Visitor& event) {
  read(members, static_cast<events::InRoom&>(event));
  members.read("connectionId", event.connectionId);
  members.read("userId", event.userId);
  members.read("userInfo", event.userInfo);
  members.read("numActiveUsers", event.numActiveUsers);
}

void read(EventReader& members, events::InThread& event) {
  read(members, static_cast<events::InRoom&>(event));
  members.read("threadId", event.threadId);
}

void read(EventReader& members, events::InComment& event) {
  read(members, static_cast<events::InThread&>(event));
  members.read("commentId", event.commentId);
}

void read(EventReader& members, events::Notification& event) {
  read(members, static_cast<events::InProject&>(event));
  members.read("channel", event.channel);
  members.read("userId", event.userId);
  members.read("inboxNotificationId", event.inboxNotificationId);
  members.read("createdAt", event.createdAt);
  members.read("triggeredAt", event.triggeredAt);
}

/// A string that only this event has.
template <class Event>
struct StringMember {
  std::string_view name;
  std::string Event::*member;
};

template <class Event>
Result<Content> readEvent(EventReader& members, std::initializer_list<StringMember<Event>> strings) {
  Event event;
  read(members, event);
  for (const StringMember<Event>& string : strings) members.read(string.name, event.*string.member);
  if (members.error()) return *members.error();
  return Content(std::move(event));
}

Result<Content> readCustomNotification(EventReader& members) {
  events::CustomNotification event;
  read(members, event);
  members.read("kind", event.kind);
  members.read("roomId", event.roomId);
  members.read("subjectId", event.subjectId);
  if (members.error()) return *members.error();
  return Content(std::move(event));
}

Result<Content> readNotification(EventReader& members) {
  using events::TextMentionNotification;
  using events::ThreadNotification;
  std::string kind;
  members.read("kind", kind);
  if (members.error()) return *members.error();
  if (ascii::startsWith(kind, "$")) return readCustomNotification(members);
  if (kind == "thread") {
    return readEvent<ThreadNotification>(
        members, {{"roomId", &ThreadNotification::roomId}, {"threadId", &ThreadNotification::threadId}});
  }
  if (kind == "textMention") {
    return readEvent<TextMentionNotification>(
        members, {{"roomId", &TextMentionNotification::roomId}, {"mentionId", &TextMentionNotification::mentionId}});
  }
  return Content();
}

using ContentReader = Result<Content> (*)(EventReader&);

constexpr std::array<std::pair<std::string_view, ContentReader>, 18> readers{{
    {"storageUpdated",
     [](EventReader& members) {
       return readEvent<events::StorageUpdated>(members, {{"updatedAt", &events::StorageUpdated::updatedAt}});
     }},
    {"ydocUpdated",
     [](EventReader& members) {
       return readEvent<events::YDocUpdated>(members, {{"updatedAt", &events::YDocUpdated::updatedAt}});
     }},
    {"userEntered",
     [](EventReader& members) {
       return readEvent<events::UserEntered>(members, {{"enteredAt", &events::UserEntered::enteredAt}});
     }},
    {"userLeft",
     [](EventReader& members) {
       return readEvent<events::UserLeft>(members, {{"leftAt", &events::UserLeft::leftAt}});
     }},
    {"roomCreated",
     [](EventReader& members) {
       return readEvent<events::RoomCreated>(members, {{"createdAt", &events::RoomCreated::createdAt}});
     }},
    {"roomDeleted",
     [](EventReader& members) {
       return readEvent<events::RoomDeleted>(members, {{"deletedAt", &events::RoomDeleted::deletedAt}});
     }},
    {"commentCreated",
     [](EventReader& members) {
       return readEvent<events::CommentCreated>(members, {{"createdAt", &events::CommentCreated::createdAt},
                                                          {"createdBy", &events::CommentCreated::createdBy}});
     }},
    {"commentEdited",
     [](EventReader& members) {
       return readEvent<events::CommentEdited>(members, {{"editedAt", &events::CommentEdited::editedAt}});
     }},
    {"commentDeleted",
     [](EventReader& members) {
       return readEvent<events::CommentDeleted>(members, {{"deletedAt", &events::CommentDeleted::deletedAt}});
     }},
    {"commentReactionAdded",
     [](EventReader& members) {
       return readEvent<events::CommentReactionAdded>(members, {{"emoji", &events::CommentReactionAdded::emoji},
                                                                {"addedAt", &events::CommentReactionAdded::addedAt},
                                                                {"addedBy", &events::CommentReactionAdded::addedBy}});
     }},
    {"commentReactionRemoved",
     [](EventReader& members) {
       return readEvent<events::CommentReactionRemoved>(members,
                                                        {{"emoji", &events::CommentReactionRemoved::emoji},
                                                         {"removedAt", &events::CommentReactionRemoved::removedAt},
                                                         {"removedBy", &events::CommentReactionRemoved::removedBy}});
     }},
    {"commentMetadataUpdated",
     [](EventReader& members) {
       return readEvent<events::CommentMetadataUpdated>(members,
                                                        {{"updatedAt", &events::CommentMetadataUpdated::updatedAt},
                                                         {"updatedBy", &events::CommentMetadataUpdated::updatedBy}});
     }},
    {"threadCreated",
     [](EventReader& members) {
       return readEvent<events::ThreadCreated>(members, {{"createdAt", &events::ThreadCreated::createdAt},
                                                         {"createdBy", &events::ThreadCreated::createdBy}});
     }},
    {"threadDeleted",
     [](EventReader& members) {
       return readEvent<events::ThreadDeleted>(members, {{"deletedAt", &events::ThreadDeleted::deletedAt}});
     }},
    {"threadMetadataUpdated",
     [](EventReader& members) {
       return readEvent<events::ThreadMetadataUpdated>(members,
                                                       {{"updatedAt", &events::ThreadMetadataUpdated::updatedAt},
                                                        {"updatedBy", &events::ThreadMetadataUpdated::updatedBy}});
     }},
    {"threadMarkedAsResolved",
     [](EventReader& members) {
       return readEvent<events::ThreadMarkedAsResolved>(members,
                                                        {{"updatedAt", &events::ThreadMarkedAsResolved::updatedAt},
                                                         {"updatedBy", &events::ThreadMarkedAsResolved::updatedBy}});
     }},
    {"threadMarkedAsUnresolved",
     [](EventReader& members) {
       return readEvent<events::ThreadMarkedAsUnresolved>(
           members, {{"updatedAt", &events::ThreadMarkedAsUnresolved::updatedAt},
                     {"updatedBy", &events::ThreadMarkedAsUnresolved::updatedBy}});
     }},
    {"notification", readNotification},
}};

/// Returns `std::monostate` for an unknown type. `data` is the text of an object.
Result<Content> readContent(std::string_view type, std::string_view data) {
  const auto isOfType = [type](const auto& entry) { return entry.first == type; };
  const auto* const found = std::find_if(readers.begin(), readers.end(), isOfType);
  if (found == readers.end()) return Content();
  EventReader members(data, "data.");
  return found->second(members);
}

}  // namespace

Result<WebhookEvent> readWebhookEvent(const webhooks::Message& message) {
  if (const auto checked = webhooks::detail::checkBody(message.body); !checked) return checked.error();
  EventReader members(message.body, "");
  WebhookEvent event;
  members.read("type", event.type);
  members.read("data", event.data);
  if (members.error()) return *members.error();
  Result<WebhookEvent::Content> content = readContent(event.type, event.data.text());
  if (!content) return content.error();
  event.content = *std::move(content);
  return event;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
