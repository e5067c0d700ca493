#include <liveblocks/feeds.hpp>

#include <cmath>
#include <cstdint>
#include <utility>

#include "api_json.hpp"
#include "core/json_members.hpp"
#include "core/time.hpp"
#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace feeds {
namespace {

using detail::ReadProblem;
using json::MemberReader;
using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr const char* feedsPath = "/v2/rooms/{roomId}/feeds";
constexpr const char* feedPath = "/v2/rooms/{roomId}/feeds/{feedId}";
constexpr const char* messagesPath = "/v2/rooms/{roomId}/feeds/{feedId}/messages";
constexpr std::string_view millisecondsWanted = "a time in milliseconds";

/// Milliseconds since 1970. A fraction is cut off.
std::optional<system_clock::time_point> toMilliseconds(std::string_view text) {
  // Every whole number up to this one is a double.
  constexpr double most = 9007199254740992.0;
  const std::optional<double> value = json::toDouble(text);
  if (!value || std::abs(*value) > most) return std::nullopt;
  return timing::later(system_clock::time_point(), milliseconds(static_cast<std::int64_t>(*value)));
}

std::int64_t millisecondsOf(system_clock::time_point time) {
  return std::chrono::floor<milliseconds>(time.time_since_epoch()).count();
}

std::optional<Json> timestampOf(const std::optional<system_clock::time_point>& time) {
  if (!time) return std::nullopt;
  return Json(millisecondsOf(*time));
}

template <class Item>
void takeTimes(MemberReader& reader, Item& item) {
  detail::take(reader, "createdAt", toMilliseconds, item.createdAt, millisecondsWanted);
  detail::take(reader, "updatedAt", toMilliseconds, item.updatedAt, millisecondsWanted);
}

ReadProblem readFeed(std::string_view text, std::string path, Feed& feed) {
  MemberReader reader(text, std::move(path));
  reader.read("feedId", feed.feedId);
  reader.read("metadata", feed.metadata);
  takeTimes(reader, feed);
  feed.json = Json::parse(text);
  return reader.problem();
}

ReadProblem readMessage(std::string_view text, std::string path, Message& message) {
  MemberReader reader(text, std::move(path));
  reader.read("id", message.id);
  reader.read("data", message.data);
  takeTimes(reader, message);
  message.json = Json::parse(text);
  return reader.problem();
}

/// A call whose response must be about that feed.
http::TypedCall<Feed> feedCall(http::ApiCall request, std::string_view feedId) {
  return {std::move(request), detail::checkedReading("a feed", readFeed, [id = std::string(feedId)](const Feed& feed) {
            return feed.feedId == id;
          })};
}

/// A call whose response must be about that message. The id of one for which Liveblocks chooses it is unset.
http::TypedCall<Message> messageCall(http::ApiCall request, const std::optional<std::string>& messageId) {
  return {std::move(request),
          detail::checkedReading("a message of a feed", readMessage, [messageId](const Message& message) {
            return message.id == messageId.value_or(message.id);
          })};
}

Json jsonOf(http::ApiCall& request, const std::string& text) {
  return detail::requireUtf8(request, "a value of metadata", text) ? Json(text) : Json();
}

Json jsonOf(http::ApiCall& request, const RoomMetadataValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return jsonOf(request, *text);
  json::ArrayWriter list;
  for (const std::string& text : std::get<std::vector<std::string>>(value)) list.addJson(jsonOf(request, text).text());
  return Json::parse(list.finish());
}

Json jsonOf(http::ApiCall& request, const std::optional<RoomMetadataValue>& value) {
  return value ? jsonOf(request, *value) : Json();
}

template <class Map>
Json metadataOf(http::ApiCall& request, const Map& metadata) {
  std::map<std::string, Json> members;
  for (const auto& [key, value] : metadata) {
    detail::require(request, !key.empty(), "a key of metadata", "is empty");
    members.emplace(key, jsonOf(request, value));
  }
  return detail::objectOf(request, "a key of metadata", members);
}

void addOptions(http::ApiCall& request, const ListOptions& options) {
  detail::addQuery(request, "cursor", options.cursor);
  if (options.since) request.query.push_back({"since", std::to_string(millisecondsOf(*options.since))});
  detail::addQuery(request, "limit", options.limit);
}

http::ApiCall requestOf(std::string_view operation, const char* method, const MessageAddress& message) {
  return detail::apiCall(operation, method, "/v2/rooms/{roomId}/feeds/{feedId}/messages/{messageId}",
                         {{"roomId", message.roomId}, {"feedId", message.feedId}, {"messageId", message.messageId}});
}

}  // namespace

http::TypedCall<Page<Feed>> list(std::string_view roomId, const ListOptions& options) {
  http::ApiCall request = detail::apiCall("liveblocks.feeds.list", "GET", feedsPath, {{"roomId", roomId}});
  addOptions(request, options);
  return {std::move(request), detail::pageReading("a page of feeds", readFeed)};
}

http::TypedCall<Feed> create(std::string_view roomId, const NewFeed& feed) {
  http::ApiCall request = detail::apiCall("liveblocks.feeds.create", "POST", feedsPath, {{"roomId", roomId}});
  std::optional<Json> metadata;
  if (!feed.metadata.empty()) metadata = metadataOf(request, feed.metadata);
  request.body = detail::RequestBody(request)
                     .text("feedId", feed.feedId)
                     .json("metadata", metadata)
                     .json("timestamp", timestampOf(feed.createdAt))
                     .finish();
  return feedCall(std::move(request), feed.feedId);
}

http::TypedCall<Feed> get(std::string_view roomId, std::string_view feedId) {
  return feedCall(detail::apiCall("liveblocks.feeds.get", "GET", feedPath, {{"roomId", roomId}, {"feedId", feedId}}),
                  feedId);
}

http::TypedCall<Feed> update(std::string_view roomId, std::string_view feedId, const RoomMetadataUpdate& metadata) {
  http::ApiCall request =
      detail::apiCall("liveblocks.feeds.update", "PATCH", feedPath, {{"roomId", roomId}, {"feedId", feedId}});
  request.body = detail::RequestBody(request).json("metadata", metadataOf(request, metadata)).finish();
  return feedCall(std::move(request), feedId);
}

http::TypedCall<void> deleteFeed(std::string_view roomId, std::string_view feedId) {
  return {
      detail::apiCall("liveblocks.feeds.delete_feed", "DELETE", feedPath, {{"roomId", roomId}, {"feedId", feedId}})};
}

http::TypedCall<Page<Message>> listMessages(std::string_view roomId, std::string_view feedId,
                                            const ListOptions& options) {
  http::ApiCall request =
      detail::apiCall("liveblocks.feeds.list_messages", "GET", messagesPath, {{"roomId", roomId}, {"feedId", feedId}});
  addOptions(request, options);
  return {std::move(request), detail::pageReading("a page of messages", readMessage)};
}

http::TypedCall<Message> createMessage(std::string_view roomId, std::string_view feedId, const NewMessage& message) {
  http::ApiCall request = detail::apiCall("liveblocks.feeds.create_message", "POST", messagesPath,
                                          {{"roomId", roomId}, {"feedId", feedId}});
  request.body = detail::RequestBody(request)
                     .json("data", message.data)
                     .optionalText("id", message.id)
                     .json("timestamp", timestampOf(message.createdAt))
                     .finish();
  return messageCall(std::move(request), message.id);
}

http::TypedCall<Message> updateMessage(const MessageAddress& message, const Json& data,
                                       std::optional<system_clock::time_point> updatedAt) {
  http::ApiCall request = requestOf("liveblocks.feeds.update_message", "PATCH", message);
  request.body = detail::RequestBody(request).json("data", data).json("timestamp", timestampOf(updatedAt)).finish();
  return messageCall(std::move(request), message.messageId);
}

http::TypedCall<void> deleteMessage(const MessageAddress& message) {
  return {requestOf("liveblocks.feeds.delete_message", "DELETE", message)};
}

}  // namespace feeds
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
