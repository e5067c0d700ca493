#include "comments_json.hpp"

#include <utility>

#include "core/json_members.hpp"
#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace comments {
namespace {

using detail::ReadProblem;
using detail::RequestBody;
using json::MemberReader;

constexpr std::string_view keyName = "a key of metadata";

std::optional<Json> unlessEmpty(http::ApiCall& request, const Metadata& metadata) {
  if (metadata.empty()) return std::nullopt;
  return detail::objectOf(request, keyName, metadata);
}

ReadProblem readReaction(std::string_view text, std::string path, Reaction& reaction) {
  const std::string listPath = path + "users";
  MemberReader reader(text, std::move(path));
  reader.read("emoji", reaction.emoji);
  detail::take(reader, "createdAt", detail::toTime, reaction.createdAt, detail::dateWithTime);
  const std::string_view users = reader.find("users");
  reader.require(detail::isJsonArray(users), "users", "a list");
  if (reader.problem()) return reader.problem();
  const detail::ObjectReader<std::string> readUser = [](std::string_view user, std::string userPath, std::string& id) {
    MemberReader userReader(user, std::move(userPath));
    userReader.read("id", id);
    return userReader.problem();
  };
  return detail::readItems(users, listPath, readUser, reaction.userIds);
}

std::optional<bool> toBoolean(std::string_view text) { return json::toBool(text); }

/// A member that is an object of metadata, or absent.
void takeMetadata(MemberReader& reader, Metadata& metadata) {
  const std::string_view text = reader.find("metadata");
  reader.require(text.empty() || detail::isJsonObject(text), "metadata", "an object");
  static_cast<void>(readMetadata(text, {}, metadata));
}

/// A member that is a list, or absent.
std::string_view listIn(MemberReader& reader, std::string_view name) {
  const std::string_view text = reader.find(name);
  reader.require(text.empty() || detail::isJsonArray(text), name, "a list");
  return text;
}

}  // namespace

void requireMetadata(http::ApiCall& request, const Metadata& metadata, bool permitsNull) {
  for (const auto& [key, value] : metadata) {
    detail::requireText(request, keyName, key);
    const bool isSimple = value.isString() || value.isNumber() || value.isBoolean();
    detail::require(request, isSimple || (permitsNull && value.isNull()), "a value of metadata",
                    "is neither a string, a number nor a boolean");
  }
}

Json jsonOf(http::ApiCall& request, const NewComment& comment) {
  requireMetadata(request, comment.metadata, false);
  return RequestBody(request)
      .text("userId", comment.userId)
      .time("createdAt", comment.createdAt)
      .json("body", comment.body.json())
      .json("metadata", unlessEmpty(request, comment.metadata))
      .texts("attachmentIds", comment.attachmentIds)
      .finish();
}

Json jsonOf(http::ApiCall& request, const NewThread& thread) {
  requireMetadata(request, thread.metadata, false);
  return RequestBody(request)
      .json("comment", jsonOf(request, thread.comment))
      .json("metadata", unlessEmpty(request, thread.metadata))
      .optionalText("visibility", thread.visibility)
      .finish();
}

Json jsonOf(http::ApiCall& request, const CommentChange& change) {
  requireMetadata(request, change.metadata, true);
  std::optional<Json> attachmentIds;
  if (change.attachmentIds) attachmentIds = detail::textsOf(request, "attachmentIds", *change.attachmentIds);
  return RequestBody(request)
      .json("body", change.body.json())
      .time("editedAt", change.editedAt)
      .json("attachmentIds", attachmentIds)
      .json("metadata", unlessEmpty(request, change.metadata))
      .finish();
}

Json jsonOf(http::ApiCall& request, const MetadataChange& change) {
  requireMetadata(request, change.metadata, true);
  return RequestBody(request)
      .json("metadata", detail::objectOf(request, keyName, change.metadata))
      .text("userId", change.userId)
      .time("updatedAt", change.updatedAt)
      .finish();
}

// NOLINTBEGIN(performance-unnecessary-value-param): all readers have the same type.

ReadProblem readMetadata(std::string_view text, std::string, Metadata& metadata) {
  for (const json::Member& member : json::members(text)) metadata.emplace(member.name(), Json::parse(member.value));
  return std::nullopt;
}

ReadProblem readComment(std::string_view text, std::string path, Comment& comment) {
  MemberReader reader(text, path);
  reader.read("id", comment.id);
  reader.read("threadId", comment.threadId);
  reader.read("roomId", comment.roomId);
  reader.read("userId", comment.userId);
  detail::take(reader, "createdAt", detail::toTime, comment.createdAt, detail::dateWithTime);
  detail::takeIfThere(reader, "editedAt", detail::toTime, comment.editedAt, detail::dateWithTime);
  detail::takeIfThere(reader, "deletedAt", detail::toTime, comment.deletedAt, detail::dateWithTime);
  reader.read("body", comment.body);
  reader.require(comment.body.isNull() || comment.body.isObject(), "body", "an object");
  takeMetadata(reader, comment.metadata);
  const std::string_view reactions = listIn(reader, "reactions");
  const std::string_view attachments = listIn(reader, "attachments");
  if (reader.problem()) return reader.problem();
  comment.json = Json::parse(text);
  ReadProblem problem = detail::readItems(reactions, path + "reactions", readReaction, comment.reactions);
  if (problem) return problem;
  return detail::readItems(attachments, path + "attachments", readAttachment, comment.attachments);
}

ReadProblem readThread(std::string_view text, std::string path, Thread& thread) {
  MemberReader reader(text, path);
  reader.read("id", thread.id);
  reader.read("roomId", thread.roomId);
  detail::take(reader, "createdAt", detail::toTime, thread.createdAt, detail::dateWithTime);
  detail::takeIfThere(reader, "updatedAt", detail::toTime, thread.updatedAt, detail::dateWithTime);
  detail::takeIfThere(reader, "resolved", toBoolean, thread.resolved, "a boolean");
  reader.read("visibility", thread.visibility);
  takeMetadata(reader, thread.metadata);
  const std::string_view list = reader.find("comments");
  reader.require(detail::isJsonArray(list), "comments", "a list");
  if (reader.problem()) return reader.problem();
  thread.json = Json::parse(text);
  return detail::readItems(list, path + "comments", readComment, thread.comments);
}

// NOLINTEND(performance-unnecessary-value-param)

ReadProblem readAttachment(std::string_view text, std::string path, Attachment& attachment) {
  MemberReader reader(text, std::move(path));
  reader.read("id", attachment.id);
  reader.read("name", attachment.name);
  reader.read("size", attachment.size);
  reader.read("mimeType", attachment.mimeType);
  return reader.problem();
}

ReadProblem readSubscription(std::string_view text, std::string path, Subscription& subscription) {
  MemberReader reader(text, std::move(path));
  reader.read("kind", subscription.kind);
  reader.read("subjectId", subscription.subjectId);
  detail::take(reader, "createdAt", detail::toTime, subscription.createdAt, detail::dateWithTime);
  reader.read("userId", subscription.userId);
  return reader.problem();
}

ReadProblem readUserReaction(std::string_view text, std::string path, UserReaction& reaction) {
  MemberReader reader(text, std::move(path));
  reader.read("userId", reaction.userId);
  reader.read("emoji", reaction.emoji);
  detail::take(reader, "createdAt", detail::toTime, reaction.createdAt, detail::dateWithTime);
  return reader.problem();
}

}  // namespace comments
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
