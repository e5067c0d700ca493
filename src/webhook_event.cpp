#include <liveblocks/webhook_event.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/text.hpp"
#include "webhooks/event_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace {

using Content = LiveblocksEvent::Content;

/// Older events, which samples still show, say `appId`.
void read(EventMembers& members, events::InProject& event) {
  const bool isOlder = members.find("projectId").empty() && !members.find("appId").empty();
  members.read(isOlder ? "appId" : "projectId", event.projectId);
}

void read(EventMembers& members, events::InRoom& event) {
  read(members, static_cast<events::InProject&>(event));
  members.read("roomId", event.roomId);
}

void read(EventMembers& members, events::Visitor& event) {
  read(members, static_cast<events::InRoom&>(event));
  members.read("connectionId", event.connectionId);
  members.read("userId", event.userId);
  members.read("userInfo", event.userInfo);
  members.read("numActiveUsers", event.numActiveUsers);
}

void read(EventMembers& members, events::InThread& event) {
  read(members, static_cast<events::InRoom&>(event));
  members.read("threadId", event.threadId);
}

void read(EventMembers& members, events::InComment& event) {
  read(members, static_cast<events::InThread&>(event));
  members.read("commentId", event.commentId);
}

void read(EventMembers& members, events::Notification& event) {
  read(members, static_cast<events::InProject&>(event));
  members.read("channel", event.channel);
  members.read("userId", event.userId);
  members.read("inboxNotificationId", event.inboxNotificationId);
  members.read("createdAt", event.createdAt);
  members.read("triggeredAt", event.triggeredAt);
}

/// A text that an event has beyond what it shares with others.
template <class Event>
struct Text {
  std::string_view name;
  std::string Event::*member;
};

template <class Event>
Result<Content> readEvent(EventMembers& members, std::initializer_list<Text<Event>> texts) {
  Event event;
  read(members, event);
  for (const Text<Event>& text : texts) members.read(text.name, event.*text.member);
  if (members.error()) return *members.error();
  return Content(std::move(event));
}

Result<Content> readCustomNotification(EventMembers& members) {
  events::CustomNotification event;
  read(members, event);
  members.read("kind", event.kind);
  members.read("roomId", event.roomId);
  members.read("subjectId", event.subjectId);
  if (members.error()) return *members.error();
  return Content(std::move(event));
}

Result<Content> readNotification(EventMembers& members) {
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

using Reader = Result<Content> (*)(EventMembers&);

constexpr std::array<std::pair<std::string_view, Reader>, 18> readers{{
    {"storageUpdated",
     [](EventMembers& members) {
       return readEvent<events::StorageUpdated>(members, {{"updatedAt", &events::StorageUpdated::updatedAt}});
     }},
    {"ydocUpdated",
     [](EventMembers& members) {
       return readEvent<events::YDocUpdated>(members, {{"updatedAt", &events::YDocUpdated::updatedAt}});
     }},
    {"userEntered",
     [](EventMembers& members) {
       return readEvent<events::UserEntered>(members, {{"enteredAt", &events::UserEntered::enteredAt}});
     }},
    {"userLeft",
     [](EventMembers& members) {
       return readEvent<events::UserLeft>(members, {{"leftAt", &events::UserLeft::leftAt}});
     }},
    {"roomCreated",
     [](EventMembers& members) {
       return readEvent<events::RoomCreated>(members, {{"createdAt", &events::RoomCreated::createdAt}});
     }},
    {"roomDeleted",
     [](EventMembers& members) {
       return readEvent<events::RoomDeleted>(members, {{"deletedAt", &events::RoomDeleted::deletedAt}});
     }},
    {"commentCreated",
     [](EventMembers& members) {
       return readEvent<events::CommentCreated>(members, {{"createdAt", &events::CommentCreated::createdAt},
                                                          {"createdBy", &events::CommentCreated::createdBy}});
     }},
    {"commentEdited",
     [](EventMembers& members) {
       return readEvent<events::CommentEdited>(members, {{"editedAt", &events::CommentEdited::editedAt}});
     }},
    {"commentDeleted",
     [](EventMembers& members) {
       return readEvent<events::CommentDeleted>(members, {{"deletedAt", &events::CommentDeleted::deletedAt}});
     }},
    {"commentReactionAdded",
     [](EventMembers& members) {
       return readEvent<events::CommentReactionAdded>(members, {{"emoji", &events::CommentReactionAdded::emoji},
                                                                {"addedAt", &events::CommentReactionAdded::addedAt},
                                                                {"addedBy", &events::CommentReactionAdded::addedBy}});
     }},
    {"commentReactionRemoved",
     [](EventMembers& members) {
       return readEvent<events::CommentReactionRemoved>(members,
                                                        {{"emoji", &events::CommentReactionRemoved::emoji},
                                                         {"removedAt", &events::CommentReactionRemoved::removedAt},
                                                         {"removedBy", &events::CommentReactionRemoved::removedBy}});
     }},
    {"commentMetadataUpdated",
     [](EventMembers& members) {
       return readEvent<events::CommentMetadataUpdated>(members,
                                                        {{"updatedAt", &events::CommentMetadataUpdated::updatedAt},
                                                         {"updatedBy", &events::CommentMetadataUpdated::updatedBy}});
     }},
    {"threadCreated",
     [](EventMembers& members) {
       return readEvent<events::ThreadCreated>(members, {{"createdAt", &events::ThreadCreated::createdAt},
                                                         {"createdBy", &events::ThreadCreated::createdBy}});
     }},
    {"threadDeleted",
     [](EventMembers& members) {
       return readEvent<events::ThreadDeleted>(members, {{"deletedAt", &events::ThreadDeleted::deletedAt}});
     }},
    {"threadMetadataUpdated",
     [](EventMembers& members) {
       return readEvent<events::ThreadMetadataUpdated>(members,
                                                       {{"updatedAt", &events::ThreadMetadataUpdated::updatedAt},
                                                        {"updatedBy", &events::ThreadMetadataUpdated::updatedBy}});
     }},
    {"threadMarkedAsResolved",
     [](EventMembers& members) {
       return readEvent<events::ThreadMarkedAsResolved>(members,
                                                        {{"updatedAt", &events::ThreadMarkedAsResolved::updatedAt},
                                                         {"updatedBy", &events::ThreadMarkedAsResolved::updatedBy}});
     }},
    {"threadMarkedAsUnresolved",
     [](EventMembers& members) {
       return readEvent<events::ThreadMarkedAsUnresolved>(
           members, {{"updatedAt", &events::ThreadMarkedAsUnresolved::updatedAt},
                     {"updatedBy", &events::ThreadMarkedAsUnresolved::updatedBy}});
     }},
    {"notification", readNotification},
}};

/// `std::monostate` for a type that is not known. `data` is the text of an object.
Result<Content> readContent(std::string_view type, std::string_view data) {
  const auto isOfType = [type](const auto& entry) { return entry.first == type; };
  const auto* const found = std::find_if(readers.begin(), readers.end(), isOfType);
  if (found == readers.end()) return Content();
  EventMembers members(data, "data.");
  return found->second(members);
}

}  // namespace

Result<LiveblocksEvent> readLiveblocksEvent(const Message& message) {
  if (const auto error = checkBody(message.body)) return *error;
  EventMembers members(message.body, "");
  LiveblocksEvent event;
  members.read("type", event.type);
  members.read("data", event.data);
  if (members.error()) return *members.error();
  Result<LiveblocksEvent::Content> content = readContent(event.type, event.data.text());
  if (!content) return content.error();
  event.content = *std::move(content);
  return event;
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
