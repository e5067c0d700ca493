#include <liveblocks/yjs.hpp>

#include <utility>

#include "api_json.hpp"
#include "core/json_members.hpp"
#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace yjs {
namespace {

using detail::ReadProblem;
using json::MemberReader;

constexpr const char* documentPath = "/v2/rooms/{roomId}/ydoc";
constexpr const char* versionsPath = "/v2/rooms/{roomId}/versions";

http::TypedCall<std::string> bytesCall(http::ApiCall request) {
  request.maxResponse = maxDocument;
  return {std::move(request), detail::readBytes};
}

ReadProblem readId(std::string_view text, std::string path, std::string& id) {
  MemberReader reader(text, std::move(path));
  reader.read("id", id);
  return reader.problem();
}

ReadProblem readVersion(std::string_view text, std::string path, Version& version) {
  const std::string listPath = path + "authors";
  MemberReader reader(text, std::move(path));
  reader.read("id", version.id);
  detail::take(reader, "createdAt", detail::toTime, version.createdAt, detail::dateWithTime);
  const std::string_view authors = reader.find("authors");
  reader.require(authors.empty() || detail::isJsonArray(authors), "authors", "a list");
  if (reader.problem()) return reader.problem();
  version.json = Json::parse(text);
  return detail::readItems(authors, listPath, readId, version.authorIds);
}

/// `{"data": {"id": ...}}`
ReadProblem readCreatedVersion(std::string_view text, std::string path, std::string& id) {
  const std::string_view data = json::findMember(json::members(text), "data");
  return readId(data, std::move(path) + "data.", id);
}

}  // namespace

http::TypedCall<Json> getDocument(std::string_view roomId, const DocumentOptions& options) {
  http::ApiCall request = detail::apiCall("liveblocks.yjs.get_document", "GET", documentPath, {{"roomId", roomId}});
  if (options.formatting) request.query.push_back({"formatting", "true"});
  detail::addQuery(request, "key", options.key);
  detail::addQuery(request, "type", options.type);
  request.maxResponse = maxDocument;
  return {std::move(request), detail::readJson};
}

http::TypedCall<void> sendUpdate(std::string_view roomId, std::string update, const std::optional<std::string>& guid) {
  http::ApiCall request = detail::apiCall("liveblocks.yjs.send_update", "PUT", documentPath, {{"roomId", roomId}});
  detail::addQuery(request, "guid", guid);
  request.body = http::ApiBytes{"application/octet-stream", std::move(update)};
  return {std::move(request)};
}

http::TypedCall<std::string> getUpdate(std::string_view roomId, const std::optional<std::string>& guid) {
  http::ApiCall request =
      detail::apiCall("liveblocks.yjs.get_update", "GET", "/v2/rooms/{roomId}/ydoc-binary", {{"roomId", roomId}});
  detail::addQuery(request, "guid", guid);
  return bytesCall(std::move(request));
}

http::TypedCall<Page<Version>> listVersions(std::string_view roomId, const VersionOptions& options) {
  http::ApiCall request = detail::apiCall("liveblocks.yjs.list_versions", "GET", versionsPath, {{"roomId", roomId}});
  detail::addQuery(request, "limit", options.limit);
  detail::addQuery(request, "cursor", options.cursor);
  return {std::move(request), detail::pageReading("a page of versions", readVersion)};
}

http::TypedCall<std::string> createVersion(std::string_view roomId) {
  http::ApiCall request = detail::apiCall("liveblocks.yjs.create_version", "POST", versionsPath, {{"roomId", roomId}});
  request.body = Json::object({});
  return {std::move(request), detail::reading("the id of a version", readCreatedVersion)};
}

http::TypedCall<std::string> getVersion(std::string_view roomId, std::string_view versionId) {
  return bytesCall(detail::apiCall("liveblocks.yjs.get_version", "GET", "/v2/rooms/{roomId}/versions/{versionId}/yjs",
                                   {{"roomId", roomId}, {"versionId", versionId}}));
}

http::TypedCall<void> deleteVersion(std::string_view roomId, std::string_view versionId) {
  return {detail::apiCall("liveblocks.yjs.delete_version", "DELETE", "/v2/rooms/{roomId}/versions/{versionId}",
                          {{"roomId", roomId}, {"versionId", versionId}})};
}

}  // namespace yjs
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
