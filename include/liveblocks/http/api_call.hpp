/// @file
/// A call of any endpoint of a REST API, as data: for endpoints that the library has no method for.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// A named value in a path or a query.
struct ApiParameter {
  /// The name, in UTF-8.
  std::string name;
  /// The value before it is encoded, in UTF-8.
  std::string value;
};

/// A body that is not JSON.
struct ApiBytes {
  /// The media type, such as `application/octet-stream` (RFC 9110 section 8.3). Without control characters.
  std::string contentType;
  /// Sent unchanged.
  std::string data;
};

/// When a request is sent again after a failure.
enum class ApiRepeat {
  /// As the method permits (RFC 9110 section 9.2.2): `GET`, `HEAD` and `PUT` as `always`, `DELETE` as `deletion`, all
  /// others as `onlyIfUnprocessed`.
  byMethod,
  /// After no response, and after 429 and temporary failures of the server.
  always,
  /// Only if the request cannot have taken effect: when no connection was made, and after 429.
  onlyIfUnprocessed,
  /// As `always`. If a repeat gets 404 after an attempt whose outcome is unknown, that response is a success.
  deletion,
};

/// A call of an endpoint. Sending it checks it first: what is invalid becomes `Errc::invalidRequest`, and nothing is
/// sent.
///
///     http::ApiCall call{"GET", "/v2/rooms/{roomId}/storage", {{"roomId", roomId}}, {{"format", "json"}}};
struct ApiCall {
  /// `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`.
  std::string method = "GET";
  /// The path below the URL of the API: begins with `/`, without a query. `{name}` stands for a parameter. Everything
  /// else is sent as it is, so do not put values from outside here.
  std::string path;
  /// One for each name in `path`, in any order. A value is percent-encoded as a whole, `/` included; it must not be
  /// empty, and neither be nor contain a path segment `.` or `..`, which a proxy could resolve to another resource.
  std::vector<ApiParameter> pathParameters = {};
  /// The query, in the order in which it is sent. Names may repeat.
  std::vector<ApiParameter> query = {};
  /// The body, if there is one.
  std::variant<std::monostate, Json, ApiBytes> body = {};
  /// When the request is sent again, if the options of the client permit that at all.
  ApiRepeat repeat = ApiRepeat::byMethod;
  /// The largest response that is accepted, in bytes; a larger one is `Errc::tooLarge`. At least 1.
  std::size_t maxResponse = std::size_t{4} << 20;
  /// The name of the operation in `Events`; empty for that of the client. One from a finite set, without values.
  std::string operation = {};
  /// The outcome instead, if it is set: then nothing is sent. The functions that make typed calls set it for arguments
  /// that cannot be right, so that all errors of a call come from one place.
  std::optional<Error> problem = {};
};

/// A response with a status of success: 2xx, or 404 after a repeated deletion.
struct LIVEBLOCKS_EXPORT ApiResponse {
  /// The status.
  int status = 0;
  /// In order of arrival, repeated fields included.
  std::vector<Header> headers;
  /// The content, without transfer coding.
  std::string body;

  /// Reads the content as strict JSON (RFC 8259). `Errc::upstream` if it is none. Thread-safe.
  Result<Json> json() const;
};

/// The call for the next page of a list: `call`, with the value that the response has at `cursorMember` as the query
/// parameter `parameter`. nullopt after the last page, whose member is `null`, empty or absent. `Errc::upstream` if the
/// response is not an object, if the member is not a string, and if it is the cursor that this page was requested with.
/// Thread-safe.
LIVEBLOCKS_EXPORT Result<std::optional<ApiCall>> nextPage(const ApiCall& call, const ApiResponse& response,
                                                          std::string_view parameter = "startingAfter",
                                                          std::string_view cursorMember = "nextCursor");

/// A call whose response is read as a `T`, which may be `void`. A deletion whose repeat was told 404 has no response
/// that could be read: then it is a success as `void`, and `Errc::notFound` as anything else.
template <class T>
struct TypedCall {
  /// What the response is read as.
  using value_type = T;

  /// The request.
  ApiCall request;
  /// Reads a success, which it may move from. Unset for `void`, and for nothing else.
  std::function<Result<T>(ApiResponse)> read = {};
};

namespace detail {

// Not templates, so that the header compiles without exceptions.

/// Throws `std::invalid_argument` unless the callback of an asynchronous call `isSet`.
LIVEBLOCKS_EXPORT void requireCallback(bool isSet);
/// Whether `work` returns; false if it throws.
LIVEBLOCKS_EXPORT bool succeeds(const std::function<void()>& work) noexcept;
/// `Errc::notFound` for a deletion that has succeeded, and whose response is lost.
LIVEBLOCKS_EXPORT Error lostResponse(const ApiCall& call, int status);
/// `Errc::internal` for a call whose response could not be read because of an exception. The message names the call
/// without the values of its parameters.
LIVEBLOCKS_EXPORT Error readingThrew(const ApiCall& call) noexcept;

/// What a typed call makes of the response.
template <class T>
Result<T> readTyped(const TypedCall<T>& call, Result<ApiResponse> response) {
  if (!response) return std::move(response).error();
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    const int status = response->status;
    if (status < 200 || status >= 300) return lostResponse(call.request, status);
    Result<T> value = call.read(*std::move(response));
    if (value) return value;
    Error error = std::move(value).error();
    error.upstreamStatus = status;
    error.message = call.request.method + " " + call.request.path + ": " + error.message;
    return error;
  }
}

/// The callback of a response that reads it. An exception becomes `Errc::internal`. Throws `std::invalid_argument` for
/// an empty callback.
template <class T>
Callback<Result<ApiResponse>> readingCallback(const TypedCall<T>& call, Callback<Result<T>> done) {
  requireCallback(static_cast<bool>(done));
  // Without the body, which may be large, and is sent by then.
  TypedCall<T> reader{{call.request.method, call.request.path}, call.read};
  return [reader = std::move(reader), done = std::move(done)](Result<ApiResponse> response) {
    std::optional<Result<T>> value;
    const auto read = [&] { value.emplace(readTyped(reader, std::move(response))); };
    if (!succeeds(std::ref(read))) value.emplace(readingThrew(reader.request));
    done(*std::move(value));
  };
}

}  // namespace detail
}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
