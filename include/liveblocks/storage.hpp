/// @file
/// The Storage document of a room, as calls for `Liveblocks::call()` and `callAsync()`.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#Storage
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/http/api_call.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The Storage document of a room. All functions are thread-safe, and none sends anything. Arguments that cannot be
/// right, such as an empty id, are `Errc::invalidRequest` of the call, without a request.
///
///     auto document = client.call(storage::get("design", storage::Format::json));
///     client.callAsync(storage::deleteDocument("design"), [](const Result<void>& outcome) { ... });
namespace storage {

/// The form of a document.
enum class Format {
  /// The types of Liveblocks are kept: `{"liveblocksType": "LiveObject", "data": {...}}`, with `LiveList` and `LiveMap`
  /// inside. Each of their levels takes two of the 64 levels that a `Json` may have.
  plainLson,
  /// Objects and arrays. Which of them are of a type of Liveblocks is lost.
  json,
};

/// The largest document that is accepted, in bytes.
inline constexpr std::size_t maxDocument = std::size_t{64} << 20;

/// `GET /v2/rooms/{roomId}/storage`: the document. That of a room without one is an empty object. `Errc::notFound` if
/// there is no such room.
LIVEBLOCKS_EXPORT http::TypedCall<Json> get(std::string_view roomId, Format format = Format::plainLson);

/// `POST /v2/rooms/{roomId}/storage`: gives an empty room its document, and returns it. `document` is in the form
/// `Format::plainLson`. `Errc::conflict` if the room has a document, `Errc::notFound` if there is no such room.
/// Repeated only if it cannot have taken effect. `Errc::invalidRequest` if `document` is not a `LiveObject`.
LIVEBLOCKS_EXPORT http::TypedCall<Json> initialize(std::string_view roomId, const Json& document);

/// `DELETE /v2/rooms/{roomId}/storage`: deletes the document. Users in the room are disconnected.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteDocument(std::string_view roomId);

/// `PATCH /v2/rooms/{roomId}/storage/json-patch`: changes the document by a JSON Patch (RFC 6902), while users are in
/// the room. Either all operations are applied or none: `Errc::invalidRequest` if one fails, such as a `test`; its
/// `info` says why. Repeated only if it cannot have taken effect.
///
/// Paths are those of `Format::json`. All parents in a path must be of a type of Liveblocks: a path cannot lead into an
/// object that was stored as a plain value. Objects and arrays that are added become `LiveObject` and `LiveList`.
///
/// `Errc::invalidRequest`, without a request, also if `operations` is not an array of operations of RFC 6902.
/// `nlohmann::json::diff()` returns such an array. Put keys from outside into a path with `pointer()`.
///
///     client.call(storage::patch("design", Json::array({
///         Json::object({{"op", "replace"}, {"path", storage::pointer({"users", userId, "name"})}, {"value", name}}),
///     })));
LIVEBLOCKS_EXPORT http::TypedCall<void> patch(std::string_view roomId, const Json& operations);

/// The JSON Pointer (RFC 6901) to the member with these keys, one for each level: `~` and `/` in a key are escaped. `-`
/// as the last one is the end of a list.
LIVEBLOCKS_EXPORT std::string pointer(const std::vector<std::string>& keys);

}  // namespace storage
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
