/// @file
/// HTTP as plain data (RFC 9110).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// One header field.
struct Header {
  /// Compared without case.
  std::string name;
  /// Without white space around it.
  std::string value;
  /// Redacted wherever the library prints it.
  bool sensitive = false;
};

/// A request this library makes.
struct Request {
  /// Upper-case, such as `POST`.
  std::string method;
  /// Absolute.
  std::string url;
  /// Those of this request; what belongs to the connection is the transport's.
  std::vector<Header> headers;
  /// Sent as it is.
  std::string body;
};

/// A whole response, received or to be sent.
struct Response {
  /// 100 to 599; 0 in one that was only constructed.
  int status = 0;
  /// In order of arrival, duplicates kept.
  std::vector<Header> headers;
  /// Without transfer coding.
  std::string body;
};

/// A request the host has received, borrowed: everything it points to must outlive the call it is passed to.
struct RequestView {
  /// As it came.
  std::string_view method;
  /// Absolute, or the path with its query.
  std::string_view url;
  /// In order of arrival, duplicates kept.
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  /// The whole of it.
  std::string_view body = {};
};

/// @{
/// The value of the first header of that name, compared without case (RFC 9110 section 5.1); nullopt when there is
/// none.
LIVEBLOCKS_EXPORT std::optional<std::string_view> findHeader(const Response& response, std::string_view name) noexcept;
LIVEBLOCKS_EXPORT std::optional<std::string_view> findHeader(const RequestView& request,
                                                             std::string_view name) noexcept;
/// @}

/// For logs: method, origin and path, header names, sizes. Query, user info, bodies and sensitive values are left out.
LIVEBLOCKS_EXPORT std::string describe(const Request& request);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
