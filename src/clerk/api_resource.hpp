/// Reading the resources and lists of Clerk's Backend API.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/api_list.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/api_call.hpp>

#include "core/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// Reads the members of a resource. The reader notes what is wrong.
template <class T>
using ReadMembers = void (*)(json::MemberReader& reader, T& resource);

/// `Errc::upstream`, with the reason.
Error unexpectedResponse(std::string_view problem);

/// @{
/// Members with types of their own. A text that must be there and not be empty; a time in milliseconds; an object, `{}`
/// if there is none; a list of texts.
void readId(json::MemberReader& reader, std::string_view name, std::string& id);
void readTime(json::MemberReader& reader, std::string_view name,
              std::optional<std::chrono::system_clock::time_point>& time);
void readObjectOrEmpty(json::MemberReader& reader, std::string_view name, Json& object);
void readTexts(json::MemberReader& reader, std::string_view name, std::vector<std::string>& texts);
/// @}

/// Reads the object `text`, which is strict JSON. `path` precedes the names of members in messages.
template <class T>
Result<T> readStrict(std::string_view text, ReadMembers<T> read, std::string path = {}) {
  T resource;
  json::MemberReader reader(text, std::move(path));
  read(reader, resource);
  if (reader.problem()) return unexpectedResponse(*reader.problem());
  resource.json = Json::parse(text);
  return resource;
}

/// Checks that a response is strict JSON.
Result<void> checkStrict(const http::ApiResponse& response);

/// Reads a response that is a resource.
template <class T>
Result<T> readResource(const http::ApiResponse& response, ReadMembers<T> read) {
  if (const Result<void> strict = checkStrict(response); !strict) return strict.error();
  return readStrict<T>(response.body, read);
}

/// The items and the number of `{"data": [...], "total_count": n}`, which is strict JSON. Borrows the text.
struct RawList {
  std::vector<std::string_view> items;
  std::int64_t totalCount = 0;
};
Result<RawList> readRawList(const http::ApiResponse& response);

/// Reads a response that is a list.
template <class T>
Result<api::List<T>> readList(const http::ApiResponse& response, ReadMembers<T> read) {
  const Result<RawList> raw = readRawList(response);
  if (!raw) return raw.error();
  api::List<T> list;
  list.totalCount = raw->totalCount;
  list.data.reserve(raw->items.size());
  for (const std::string_view item : raw->items) {
    Result<T> resource = readStrict<T>(item, read, "data[" + std::to_string(list.data.size()) + "].");
    if (!resource) return std::move(resource).error();
    list.data.push_back(*std::move(resource));
  }
  return list;
}

/// @{
/// The functions that read such a response.
template <class T>
auto resourceReader(ReadMembers<T> read) {
  return [read](const http::ApiResponse& response) { return readResource<T>(response, read); };
}
template <class T>
auto listReader(ReadMembers<T> read) {
  return [read](const http::ApiResponse& response) { return readList<T>(response, read); };
}
/// @}

/// @{
/// The same for a resource, or for each one in a list, that must be what was asked for: unless it `holds`, `problem`,
/// which lives as long as the program, is the reason of `Errc::upstream`.
template <class T, class Holds>
auto checkedResourceReader(ReadMembers<T> read, Holds holds, const char* problem) {
  return [read, holds = std::move(holds), problem](const http::ApiResponse& response) -> Result<T> {
    Result<T> resource = readResource<T>(response, read);
    if (resource && !holds(*resource)) return unexpectedResponse(problem);
    return resource;
  };
}
template <class T, class Holds>
auto checkedListReader(ReadMembers<T> read, Holds holds, const char* problem) {
  return [read, holds = std::move(holds), problem](const http::ApiResponse& response) -> Result<api::List<T>> {
    Result<api::List<T>> list = readList<T>(response, read);
    if (list && !std::all_of(list->data.begin(), list->data.end(), holds)) return unexpectedResponse(problem);
    return list;
  };
}
/// @}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
