/// Liveblocks's events, written back as JSON.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

#include <liveblocks/webhook_event.hpp>

namespace liveblocks_tests {

namespace events = liveblocks::events;
using nlohmann::json;

class MembersWriter {
 public:
  void operator()(std::monostate) {}
  void operator()(const events::InProject& event) { data_["projectId"] = event.projectId; }
  void operator()(const events::InRoom& event) {
    (*this)(static_cast<const events::InProject&>(event));
    data_["roomId"] = event.roomId;
  }
  void operator()(const events::StorageUpdated& event) { write<events::InRoom>(event, "updatedAt", event.updatedAt); }
  void operator()(const events::YDocUpdated& event) { write<events::InRoom>(event, "updatedAt", event.updatedAt); }
  void operator()(const events::Visitor& event) {
    (*this)(static_cast<const events::InRoom&>(event));
    data_["connectionId"] = event.connectionId;
    data_["userId"] = toJson(event.userId);
    data_["userInfo"] = json::parse(event.userInfo.text());
    data_["numActiveUsers"] = event.numActiveUsers;
  }
  void operator()(const events::UserEntered& event) { write<events::Visitor>(event, "enteredAt", event.enteredAt); }
  void operator()(const events::UserLeft& event) { write<events::Visitor>(event, "leftAt", event.leftAt); }
  void operator()(const events::RoomCreated& event) { write<events::InRoom>(event, "createdAt", event.createdAt); }
  void operator()(const events::RoomDeleted& event) { write<events::InRoom>(event, "deletedAt", event.deletedAt); }
  void operator()(const events::InThread& event) { write<events::InRoom>(event, "threadId", event.threadId); }
  void operator()(const events::InComment& event) { write<events::InThread>(event, "commentId", event.commentId); }
  void operator()(const events::CommentCreated& event) {
    write<events::InComment>(event, "createdAt", event.createdAt);
    data_["createdBy"] = event.createdBy;
  }
  void operator()(const events::CommentEdited& event) { write<events::InComment>(event, "editedAt", event.editedAt); }
  void operator()(const events::CommentDeleted& event) {
    write<events::InComment>(event, "deletedAt", event.deletedAt);
  }
  void operator()(const events::CommentReactionAdded& event) {
    write<events::InComment>(event, "emoji", event.emoji);
    data_["addedAt"] = event.addedAt;
    data_["addedBy"] = event.addedBy;
  }
  void operator()(const events::CommentReactionRemoved& event) {
    write<events::InComment>(event, "emoji", event.emoji);
    data_["removedAt"] = event.removedAt;
    data_["removedBy"] = event.removedBy;
  }
  void operator()(const events::CommentMetadataUpdated& event) { writeUpdate<events::InComment>(event); }
  void operator()(const events::ThreadCreated& event) {
    write<events::InThread>(event, "createdAt", event.createdAt);
    data_["createdBy"] = event.createdBy;
  }
  void operator()(const events::ThreadDeleted& event) { write<events::InThread>(event, "deletedAt", event.deletedAt); }
  void operator()(const events::ThreadMetadataUpdated& event) { writeUpdate<events::InThread>(event); }
  void operator()(const events::ThreadMarkedAsResolved& event) { writeUpdate<events::InThread>(event); }
  void operator()(const events::ThreadMarkedAsUnresolved& event) { writeUpdate<events::InThread>(event); }
  void operator()(const events::Notification& event) {
    write<events::InProject>(event, "channel", event.channel);
    data_["userId"] = event.userId;
    data_["inboxNotificationId"] = event.inboxNotificationId;
    data_["createdAt"] = event.createdAt;
    data_["triggeredAt"] = event.triggeredAt;
  }
  void operator()(const events::ThreadNotification& event) {
    writeNotification(event, "thread", event.roomId);
    data_["threadId"] = event.threadId;
  }
  void operator()(const events::TextMentionNotification& event) {
    writeNotification(event, "textMention", event.roomId);
    data_["mentionId"] = event.mentionId;
  }
  void operator()(const events::CustomNotification& event) {
    writeNotification(event, event.kind, toJson(event.roomId));
    data_["subjectId"] = event.subjectId;
  }

  const json& members() const { return data_; }

 private:
  static json toJson(const std::optional<std::string>& text) { return text ? json(*text) : json(); }
  template <class Base>
  void write(const Base& event, const char* name, const std::string& value) {
    (*this)(event);
    data_[name] = value;
  }
  template <class Base, class Event>
  void writeUpdate(const Event& event) {
    write<Base>(event, "updatedAt", event.updatedAt);
    data_["updatedBy"] = event.updatedBy;
  }
  void writeNotification(const events::Notification& event, const std::string& kind, const json& roomId) {
    write<events::Notification>(event, "kind", kind);
    data_["roomId"] = roomId;
  }

  json data_ = json::object();
};

/// What the structs hold, under the names of the members.
inline json membersOf(const liveblocks::WebhookEvent::Content& content) {
  MembersWriter writer;
  std::visit(writer, content);
  return writer.members();
}

}  // namespace liveblocks_tests
