/// The requests of typed calls.
#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/page.hpp>

#include "core/json_writer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// A request, with the values of the parameters in its path. `operation` lives as long as the program.
http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::initializer_list<std::pair<const char*, std::string_view>> pathParameters);

/// The same call, which may take effect several times.
http::ApiCall repeatable(http::ApiCall call);

/// @{
/// Adds a parameter to the query, if it is set. Throws `std::invalid_argument` for a text that is empty, which could
/// come to mean that nothing is restricted, and for one that is not UTF-8.
void addQuery(http::ApiCall& call, const char* name, const std::optional<std::string>& text);
void addQuery(http::ApiCall& call, const char* name, std::optional<std::size_t> number);
/// @}

/// Adds `startingAfter` and `limit`.
void addPage(http::ApiCall& call, const std::optional<std::string>& startingAfter, std::optional<std::size_t> limit);

/// @{
/// Each throws `std::invalid_argument`, with the name of the field and without its value: for a text that is empty or
/// not UTF-8, and for a value that is not an object.
void requireText(std::string_view field, std::string_view text);
void requireObject(std::string_view field, const Json& value);
/// @}

/// Writes a JSON object as the body of a request. Members that are not set are left out. Throws `std::invalid_argument`
/// for strings that are not UTF-8, and for those that must not be empty.
class RequestBody {
 public:
  /// A string, which must not be empty.
  RequestBody& text(const char* name, std::string_view value);
  RequestBody& optionalText(const char* name, const std::optional<std::string>& value);
  /// The strings, none of which may be empty. Left out if there are none.
  RequestBody& texts(const char* name, const std::vector<std::string>& values);
  RequestBody& time(const char* name, const std::optional<std::chrono::system_clock::time_point>& value);
  RequestBody& json(const char* name, const Json& value);
  RequestBody& json(const char* name, const std::optional<Json>& value);

  /// The object, and leaves the writer unusable.
  Json finish() { return Json::parse(object_.finish()); }

 private:
  liveblocks::json::ObjectWriter object_;
};

/// Writes a JSON object of the entries of a map from strings to `Json`.
template <class Map>
Json objectOf(const Map& map) {
  liveblocks::json::ObjectWriter object;
  for (const auto& [name, value] : map) object.addJson(name, value.text());
  return Json::parse(object.finish());
}

/// The content of a response as it is.
Result<std::string> readBytes(const http::ApiResponse& response);

/// The content of a response as JSON.
Result<Json> readJson(const http::ApiResponse& response);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
