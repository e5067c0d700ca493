/// @file
/// The feeds of a room and their messages, as calls for `Liveblocks::call()` and `callAsync()`.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#Feeds
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/page.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_options.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The feeds of a room: lists of messages, such as those of a chat. All functions are thread-safe, and none sends
/// anything. Arguments that cannot be right, such as an empty id, are `Errc::invalidRequest` of the call, without a
/// request. Times have milliseconds.
///
/// Calls that create or change something are repeated only if they cannot have taken effect.
namespace feeds {

/// A feed.
struct Feed {
  /// The id, chosen by the application.
  std::string feedId;
  /// What the application keeps with it.
  Json metadata;
  /// When it was created.
  std::chrono::system_clock::time_point createdAt;
  /// When it was changed for the last time.
  std::chrono::system_clock::time_point updatedAt;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// A message of a feed.
struct Message {
  /// The id.
  std::string id;
  /// What it says: any JSON value.
  Json data;
  /// When it was created.
  std::chrono::system_clock::time_point createdAt;
  /// When it was changed for the last time.
  std::chrono::system_clock::time_point updatedAt;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// Selects a page of feeds, or of the messages of a feed.
struct ListOptions {
  /// As in `PageOptions`.
  std::optional<std::size_t> limit = {};
  /// The `nextCursor` of the previous page, never empty; unset for the first page.
  std::optional<std::string> cursor = {};
  /// Only those that changed since then.
  std::optional<std::chrono::system_clock::time_point> since = {};
};

/// A feed to create.
struct NewFeed {
  /// The id.
  std::string feedId;
  /// What the application keeps with it: strings, and lists of strings.
  RoomMetadata metadata = {};
  /// When it was created, if not now.
  std::optional<std::chrono::system_clock::time_point> createdAt = {};
};

/// `GET /v2/rooms/{roomId}/feeds`: a page of the feeds of a room.
LIVEBLOCKS_EXPORT http::TypedCall<Page<Feed>> list(std::string_view roomId, const ListOptions& options = {});

/// `POST /v2/rooms/{roomId}/feeds`: creates a feed.
LIVEBLOCKS_EXPORT http::TypedCall<Feed> create(std::string_view roomId, const NewFeed& feed);

/// `GET /v2/rooms/{roomId}/feeds/{feedId}`: a feed.
LIVEBLOCKS_EXPORT http::TypedCall<Feed> get(std::string_view roomId, std::string_view feedId);

/// `PATCH /v2/rooms/{roomId}/feeds/{feedId}`: changes the metadata of a feed, and returns the feed. Unset values remove
/// their entries.
LIVEBLOCKS_EXPORT http::TypedCall<Feed> update(std::string_view roomId, std::string_view feedId,
                                               const RoomMetadataUpdate& metadata);

/// `DELETE /v2/rooms/{roomId}/feeds/{feedId}`: deletes a feed with its messages.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteFeed(std::string_view roomId, std::string_view feedId);

/// A message to add to a feed.
struct NewMessage {
  /// What it says: any JSON value.
  Json data;
  /// The id; unset for one that Liveblocks chooses.
  std::optional<std::string> id = {};
  /// When it was created, if not now.
  std::optional<std::chrono::system_clock::time_point> createdAt = {};
};

/// Where a message is.
struct MessageAddress {
  /// The room.
  std::string roomId;
  /// The feed.
  std::string feedId;
  /// The message.
  std::string messageId;
};

/// `GET /v2/rooms/{roomId}/feeds/{feedId}/messages`: a page of the messages of a feed.
LIVEBLOCKS_EXPORT http::TypedCall<Page<Message>> listMessages(std::string_view roomId, std::string_view feedId,
                                                              const ListOptions& options = {});

/// `POST /v2/rooms/{roomId}/feeds/{feedId}/messages`: adds a message.
LIVEBLOCKS_EXPORT http::TypedCall<Message> createMessage(std::string_view roomId, std::string_view feedId,
                                                         const NewMessage& message);

/// `PATCH .../messages/{messageId}`: replaces what a message says, at that time if not now.
LIVEBLOCKS_EXPORT http::TypedCall<Message> updateMessage(
    const MessageAddress& message, const Json& data,
    std::optional<std::chrono::system_clock::time_point> updatedAt = {});

/// `DELETE .../messages/{messageId}`: deletes a message.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteMessage(const MessageAddress& message);

}  // namespace feeds
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
