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
#include "http/api_argument.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// A request, with the values of the parameters in its path.
http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::initializer_list<std::pair<const char*, std::string_view>> pathParameters);

/// The same call, which may take effect several times.
http::ApiCall repeatable(http::ApiCall call);

using http::detail::require;

/// @{
/// Checks an argument of a call as `require()`: if it is not valid, it must not be written.
bool requireUtf8(http::ApiCall& call, std::string_view name, std::string_view text);
/// Text that is not empty.
bool requireText(http::ApiCall& call, std::string_view name, std::string_view text);
bool requireObject(http::ApiCall& call, std::string_view name, const Json& value);
/// @}

/// @{
/// Adds a parameter to the query, if it is set. A text must not be empty, which could come to mean that nothing is
/// restricted.
void addQuery(http::ApiCall& call, const char* name, const std::optional<std::string>& text);
void addQuery(http::ApiCall& call, const char* name, std::optional<std::size_t> number);
/// @}

/// Adds `startingAfter` and `limit`.
void addPage(http::ApiCall& call, const std::optional<std::string>& startingAfter, std::optional<std::size_t> limit);

/// Writes a JSON object for the body of a call, which must outlive the writer. Members that are not set are left out,
/// and so are invalid ones, which become the problem of the call.
class RequestBody {
 public:
  explicit RequestBody(http::ApiCall& call) : call_(call) {}

  /// A string, which must not be empty.
  RequestBody& text(const char* name, std::string_view value);
  RequestBody& optionalText(const char* name, const std::optional<std::string>& value);
  /// The strings, none of which may be empty. Left out if there are none.
  RequestBody& texts(const char* name, const std::vector<std::string>& values);
  RequestBody& time(const char* name, const std::optional<std::chrono::system_clock::time_point>& value);
  RequestBody& json(const char* name, const Json& value);
  RequestBody& json(const char* name, const std::optional<Json>& value);

  /// The object, and leaves the writer unusable.
  Json finish() { return http::detail::writtenBody(call_, object_.finish()); }

 private:
  http::ApiCall& call_;
  liveblocks::json::ObjectWriter object_;
};

/// A list of strings, none of which may be empty.
Json textsOf(http::ApiCall& call, std::string_view name, const std::vector<std::string>& values);

/// Writes a JSON object of the entries of a map from strings to `Json`. `name` is that of a key, for messages.
template <class Map>
Json objectOf(http::ApiCall& call, std::string_view name, const Map& map) {
  liveblocks::json::ObjectWriter object;
  for (const auto& [key, value] : map) {
    if (requireUtf8(call, name, key)) object.addJson(key, value.text());
  }
  return http::detail::writtenBody(call, object.finish());
}

/// The content of a response as it is.
Result<std::string> readBytes(http::ApiResponse response);

/// The content of a response as JSON.
Result<Json> readJson(const http::ApiResponse& response);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
