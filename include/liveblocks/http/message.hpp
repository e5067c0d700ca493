/// @file
/// HTTP messages as plain data (RFC 9110).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// One header field.
struct Header {
  /// Compared without case.
  std::string name;
  /// Without surrounding white space.
  std::string value;
  /// True if the value is redacted wherever the library prints it.
  bool sensitive = false;
};

/// A request that this library sends.
struct Request {
  /// Upper-case, such as `POST`.
  std::string method;
  /// The absolute URL.
  std::string url;
  /// Without the headers that belong to the connection: the transport adds those.
  std::vector<Header> headers;
  /// Sent unchanged.
  std::string body;
};

/// A complete response, received or to be sent.
struct Response {
  /// 100 to 599; 0 if not set.
  int status = 0;
  /// In order of arrival, repeated fields included.
  std::vector<Header> headers;
  /// Without transfer coding.
  std::string body;
};

/// The value of the first header of that name, compared without case (RFC 9110 section 5.1); nullopt when there is
/// none.
LIVEBLOCKS_EXPORT std::optional<std::string_view> findHeader(const Response& response, std::string_view name) noexcept;

/// A description for logs: method, origin and path, headers, size of the body. The query, user information, the body
/// and the values of sensitive headers are omitted.
LIVEBLOCKS_EXPORT std::string describe(const Request& request);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
