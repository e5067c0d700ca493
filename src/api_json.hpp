/// Reading the JSON of responses of the Liveblocks REST API.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/page.hpp>

#include "core/json_members.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// `Errc::upstream` for a response that is not what was `expected`, such as `a room`.
Error unexpectedResponse(std::string_view expected, std::string_view problem);

/// `Errc::upstream` for a response that is, or holds, something else than was asked for.
Error otherThanAsked(std::string_view expected);

/// The error of a text that is not one strict JSON object.
std::optional<Error> findObjectProblem(std::string_view text, std::string_view expected);

inline bool isJsonObject(std::string_view text) noexcept { return ascii::startsWith(text, "{"); }
inline bool isJsonArray(std::string_view text) noexcept { return ascii::startsWith(text, "["); }

/// @{
/// The value of a list of strings, and of a string with a date and a time; nullopt for anything else.
std::optional<std::vector<std::string>> toStrings(std::string_view text);
std::optional<std::chrono::system_clock::time_point> toTime(std::string_view text);
/// @}

/// What `toTime()` expects, for messages.
inline constexpr std::string_view dateWithTime = "a date with a time";

/// Reads a member that must be there, or notes that it is not as `expected`.
template <class Value, class Target>
void take(json::MemberReader& reader, std::string_view name, std::optional<Value> (*read)(std::string_view),
          Target& target, std::string_view expected) {
  std::optional<Value> value = read(reader.find(name));
  reader.require(value.has_value(), name, expected);
  if (value) target = *std::move(value);
}

/// The same for a member that may be null or absent.
template <class Value, class Target>
void takeIfThere(json::MemberReader& reader, std::string_view name, std::optional<Value> (*read)(std::string_view),
                 Target& target, std::string_view expected) {
  if (!reader.find(name).empty()) take(reader, name, read, target, expected);
}

/// What is wrong with a text, such as `"data.id" is not a text`; nullopt if nothing is.
using ReadProblem = std::optional<std::string>;

/// Reads an object from strict JSON text. `path` is put before the names of its members in messages.
template <class T>
using ObjectReader = ReadProblem (*)(std::string_view text, std::string path, T& value);

/// Reads a list of objects from strict JSON text. `path` is that of the list.
template <class T>
ReadProblem readItems(std::string_view list, const std::string& path, ObjectReader<T> read, std::vector<T>& items) {
  for (const std::string_view item : json::items(list)) {
    std::string itemPath = path + '[' + std::to_string(items.size()) + "].";
    if (ReadProblem problem = read(item, std::move(itemPath), items.emplace_back())) return problem;
  }
  return std::nullopt;
}

/// Reads the list `data` of a response.
template <class T>
ReadProblem readData(json::MemberReader& reader, ObjectReader<T> read, std::vector<T>& data) {
  const std::string_view text = reader.find("data");
  reader.require(isJsonArray(text), "data", "a list");
  return reader.problem() ? reader.problem() : readItems(text, "data", read, data);
}

/// Reads an object from the content of a response. `Errc::upstream` if that is not what was `expected`.
template <class T>
Result<T> readResponse(std::string_view body, std::string_view expected, ObjectReader<T> read) {
  if (auto error = findObjectProblem(body, expected)) return *std::move(error);
  T value{};
  if (const ReadProblem problem = read(body, {}, value)) return unexpectedResponse(expected, *problem);
  return value;
}

/// The same for `{"data": [...]}`.
template <class T>
Result<std::vector<T>> readList(std::string_view body, std::string_view expected, ObjectReader<T> read) {
  if (auto error = findObjectProblem(body, expected)) return *std::move(error);
  json::MemberReader reader(body);
  std::vector<T> data;
  if (const ReadProblem problem = readData(reader, read, data)) return unexpectedResponse(expected, *problem);
  return data;
}

/// The same for `{"data": [...], "nextCursor": ...}`, into a `Page<T>` or the like.
template <class PageOfItems, class T>
Result<PageOfItems> readPageAs(std::string_view body, std::string_view expected, ObjectReader<T> read) {
  if (auto error = findObjectProblem(body, expected)) return *std::move(error);
  json::MemberReader reader(body);
  PageOfItems page;
  reader.read("nextCursor", page.nextCursor);
  if (page.nextCursor == "") page.nextCursor = std::nullopt;
  if (const ReadProblem problem = readData(reader, read, page.data)) return unexpectedResponse(expected, *problem);
  return page;
}

/// @{
/// `http::TypedCall::read` for a response that is an object, a list or a page. `expected` lives as long as the program.
template <class T>
std::function<Result<T>(http::ApiResponse)> reading(std::string_view expected, ObjectReader<T> read) {
  return [expected, read](const http::ApiResponse& response) { return readResponse(response.body, expected, read); };
}
template <class T>
std::function<Result<std::vector<T>>(http::ApiResponse)> listReading(std::string_view expected, ObjectReader<T> read) {
  return [expected, read](const http::ApiResponse& response) { return readList(response.body, expected, read); };
}
template <class T>
std::function<Result<Page<T>>(http::ApiResponse)> pageReading(std::string_view expected, ObjectReader<T> read) {
  return [expected, read](const http::ApiResponse& response) {
    return readPageAs<Page<T>>(response.body, expected, read);
  };
}
/// @}

/// @{
/// The same for an object, or for each one in a list, that must be what was asked for: unless it `holds`, the response
/// is `Errc::upstream`.
template <class T, class Holds>
std::function<Result<T>(http::ApiResponse)> checkedReading(std::string_view expected, ObjectReader<T> read,
                                                           Holds holds) {
  return [expected, read, holds = std::move(holds)](const http::ApiResponse& response) -> Result<T> {
    Result<T> value = readResponse(response.body, expected, read);
    if (value && !holds(*value)) return otherThanAsked(expected);
    return value;
  };
}
template <class T, class Holds>
std::function<Result<std::vector<T>>(http::ApiResponse)> checkedListReading(std::string_view expected,
                                                                            ObjectReader<T> read, Holds holds) {
  return [expected, read, holds = std::move(holds)](const http::ApiResponse& response) -> Result<std::vector<T>> {
    Result<std::vector<T>> list = readList(response.body, expected, read);
    if (list && !std::all_of(list->begin(), list->end(), holds)) return otherThanAsked(expected);
    return list;
  };
}
/// @}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
