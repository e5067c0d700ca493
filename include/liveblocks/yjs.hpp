/// @file
/// The Yjs documents of a room and its versions, as calls for `Liveblocks::call()` and `callAsync()`.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#Yjs
#pragma once

#include <chrono>
#include <cstddef>
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

/// The Yjs documents of a room, and versions of the room. All functions are thread-safe, and none sends anything.
/// Arguments that cannot be right, such as an empty id, are `Errc::invalidRequest` of the call, without a request.
namespace yjs {

/// The largest document that is accepted, in bytes.
inline constexpr std::size_t maxDocument = std::size_t{64} << 20;

/// What of a document to get as JSON.
struct DocumentOptions {
  /// Whether text comes with its formatting.
  bool formatting = false;
  /// Only the value with this key.
  std::optional<std::string> key = {};
  /// The type of that value, which cannot always be told: `ymap`, `ytext`, `yxmltext`, `yxmlfragment`, `yarray`.
  std::optional<std::string> type = {};
};

/// `GET /v2/rooms/{roomId}/ydoc`: the document as JSON, for reading; the types of Yjs are lost.
LIVEBLOCKS_EXPORT http::TypedCall<Json> getDocument(std::string_view roomId, const DocumentOptions& options = {});

/// `PUT /v2/rooms/{roomId}/ydoc`: merges an update, such as `Y.encodeStateAsUpdate()` returns, into the document, or
/// into the subdocument `guid`. May take effect several times. `Errc::invalidRequest` if `update` is none.
LIVEBLOCKS_EXPORT http::TypedCall<void> sendUpdate(std::string_view roomId, std::string update,
                                                   const std::optional<std::string>& guid = {});

/// `GET /v2/rooms/{roomId}/ydoc-binary`: the document, or the subdocument `guid`, as one update.
LIVEBLOCKS_EXPORT http::TypedCall<std::string> getUpdate(std::string_view roomId,
                                                         const std::optional<std::string>& guid = {});

/// A version of a room.
struct Version {
  /// The id, `vh_...`.
  std::string id;
  /// When it was made.
  std::chrono::system_clock::time_point createdAt;
  /// Who changed the room since the version before.
  std::vector<std::string> authorIds;
  /// The whole object as Liveblocks sent it.
  Json json;
};

/// Selects a page of versions.
struct VersionOptions {
  /// As in `PageOptions`.
  std::optional<std::size_t> limit = {};
  /// The `nextCursor` of the previous page, never empty; unset for the first page.
  std::optional<std::string> cursor = {};
};

/// `GET /v2/rooms/{roomId}/versions`: a page of the versions of a room.
LIVEBLOCKS_EXPORT http::TypedCall<Page<Version>> listVersions(std::string_view roomId,
                                                              const VersionOptions& options = {});

/// `POST /v2/rooms/{roomId}/versions`: makes a version of the room as it is, and returns its id. Repeated only if it
/// cannot have taken effect.
LIVEBLOCKS_EXPORT http::TypedCall<std::string> createVersion(std::string_view roomId);

/// `GET /v2/rooms/{roomId}/versions/{versionId}/yjs`: the Yjs document of a version, as one update.
LIVEBLOCKS_EXPORT http::TypedCall<std::string> getVersion(std::string_view roomId, std::string_view versionId);

/// `DELETE /v2/rooms/{roomId}/versions/{versionId}`: deletes a version.
LIVEBLOCKS_EXPORT http::TypedCall<void> deleteVersion(std::string_view roomId, std::string_view versionId);

}  // namespace yjs
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
