/// @file
/// Where a request ends on a connection of cpp-httplib, and how a connection is ended; written for and tested with
/// 0.11.4 and 0.18.7. Header-only.
///
/// cpp-httplib reads the bodies of POST, PUT and PATCH, and that of DELETE if it has a length; 0.11 treats any other
/// body as the next request, and 0.18 reads it into memory. It has no function to close a connection. It responds to
/// malformed input with 400, 414 or 416 and continues to read. Behind a proxy with shared connections, the responses to
/// such remains go to other users (RFC 9112 section 11.2).
///
/// Compile with the flags of cpp-httplib's pkg-config file if there is one: its `CPPHTTPLIB_*` definitions change the
/// layout of its classes.
#pragma once

#include <liveblocks/adapters/cpp_httplib_headers.hpp>
#include <liveblocks/adapters/error_response.hpp>
#include <liveblocks/adapters/token.hpp>

#include <httplib.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

/// How the end of a body is determined.
enum class Framing { empty, sized, chunked, unclear };

/// Handlers get the request as const, but the object itself is not const.
inline httplib::Request& own(const httplib::Request& request) {
  return const_cast<httplib::Request&>(request);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

inline bool isChunked(std::string coding) {
  std::transform(coding.begin(), coding.end(), coding.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return coding == "chunked";
}

inline Framing framingOfLength(std::string_view length) {
  if (length == "0") return Framing::empty;
  constexpr std::size_t maxDigits = 18;
  const bool decimal = !length.empty() && length.size() <= maxDigits &&
                       std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
  return decimal ? Framing::sized : Framing::unclear;
}

/// Returns the complete value of an existing header; `get_header_value()` ends at the first NUL byte.
inline const std::string& wholeValue(const httplib::Request& request, const char* name) {
  return request.headers.find(name)->second;
}

/// RFC 9112 section 6.3. Two lengths are a means of request smuggling, and an intermediary may interpret an invalid
/// name as that of a length.
inline Framing framingOf(const httplib::Request& request) {
  const auto& headers = request.headers;
  const bool named =
      std::all_of(headers.begin(), headers.end(), [](const auto& header) { return isToken(header.first); });
  const std::size_t lengths = request.get_header_value_count("Content-Length");
  const std::size_t codings = request.get_header_value_count("Transfer-Encoding");
  if (!named || lengths + codings > 1) return Framing::unclear;
  if (lengths == 1) return framingOfLength(wholeValue(request, "Content-Length"));
  if (codings == 0) return Framing::empty;
  const bool understood = request.version == "HTTP/1.1" && isChunked(wholeValue(request, "Transfer-Encoding"));
  return understood ? Framing::chunked : Framing::unclear;
}

inline bool expectsBody(const httplib::Request& request) {
  return request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
}

/// Returns whether cpp-httplib reads the body, if there is one, before the next request.
inline bool isBodyRead(const httplib::Request& request, Framing framing) {
  if (framing == Framing::empty || expectsBody(request)) return true;
  return request.method == "DELETE" && framing == Framing::sized;
}

/// Replaces HEAD while the server responds; otherwise it would not request the content.
inline const std::string& closingHead() {
  static const std::string method = "HEAD, then close";
  return method;
}

inline void setHeaderOnce(httplib::Response& response, const std::string& name, const std::string& value) {
  if (!response.has_header(name)) response.set_header(name, value);
}

inline void eraseHeader(httplib::Response& response, const std::string& name) {
  const auto [first, last] = response.headers.equal_range(name);
  response.headers.erase(first, last);
}

/// Writes the content of another provider, and then fails.
inline httplib::ContentProvider failingAfter(httplib::ContentProvider provider) {
  return [provider = std::move(provider)](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
    const auto write = sink.write;
    const auto finish = sink.done;
    std::size_t written = 0;
    bool finished = false;
    sink.write = [&](const char* data, std::size_t size) {
      written += size;
      return write(data, size);
    };
    sink.done = [&] {
      finished = true;
      if (finish) finish();
    };
    const bool ok = provider(offset, length, sink);
    sink.write = write;
    sink.done = finish;
    return ok && !finished && (length == 0 || written < length);
  };
}

/// Prevents clients and proxies from sending another request on a connection that is being closed.
inline void announceEnd(httplib::Response& response) {
  eraseHeader(response, "Keep-Alive");
  setHeaderOnce(response, "Connection", "close");
}

/// Closes the connection after the unchanged response. cpp-httplib closes a connection if writing the content fails, so
/// the provider reports a failure after it has written everything.
inline void endConnection(const httplib::Request& request, httplib::Response& response) {
  announceEnd(response);
  if (!response.body.empty()) {
    eraseHeader(response, "Content-Length");
    response.set_header("Content-Length", std::to_string(response.body.size()));
  }
  if (request.method == "HEAD") own(request).method = closingHead();
  if (request.method == closingHead()) {
    response.body.clear();
    response.content_length_ = 0;
    response.is_chunked_content_provider_ = false;
    response.content_provider_ = [&request](std::size_t, std::size_t, httplib::DataSink&) {
      own(request).method = "HEAD";
      return false;
    };
  } else if (response.body.empty() && response.content_provider_) {
    response.content_provider_ = failingAfter(std::move(response.content_provider_));
  } else {
    setHeaderOnce(response, "Content-Length", "0");
    response.content_provider_ = [body = std::move(response.body)](std::size_t, std::size_t, httplib::DataSink& sink) {
      if (!body.empty()) sink.write(body.data(), body.size());
      return false;
    };
    response.body.clear();
  }
}

}  // namespace detail

/// Makes the response complete, regardless of `Range` (RFC 9110 section 14.2): cpp-httplib cuts every response,
/// including those to POST and errors, and joins any number of overlapping ranges. Removes the header `Range`, because
/// files of mounted folders would have the status 206 otherwise. Call it first in a pre-routing handler. Invalid ranges
/// have already got a 416 then.
inline void ignoreRanges(const httplib::Request& request) {
  detail::own(request).ranges.clear();
  detail::own(request).headers.erase("Range");
}

/// Sends a response of the library completely. Its headers are added to existing ones.
inline void setResponse(const httplib::Request& request, httplib::Response& response, const http::Response& answer) {
  detail::own(request).ranges.clear();
  response.status = answer.status;
  std::string contentType;
  for (const http::Header& header : answer.headers) {
    if (header.name == "Content-Type") {
      contentType = header.value;
    } else {
      addHeader(response, header);
    }
  }
  if (!contentType.empty()) response.set_content(answer.body, contentType);
}

/// Sends a response and closes the connection: for requests whose body is not read completely. An error handler of the
/// server must not change an existing response, unless there is a `CppHttplibClosing`.
inline void setResponseAndClose(const httplib::Request& request, httplib::Response& response,
                                const http::Response& answer) {
  setResponse(request, response, answer);
  detail::endConnection(request, response);
}

/// Rejects requests that servers and proxies may interpret differently, with 400, and closes the connection. Returns
/// whether it did. For a pre-routing handler; a `CppHttplibGuard` calls it itself. It rejects:
///
/// - a body with an ambiguous length, and invalid header names (`Content-Length : 5`);
/// - a body that some versions of cpp-httplib treat as the next request: of GET, HEAD, OPTIONS, ..., and a chunked one
///   of DELETE;
/// - a target that does not begin with `/`, because cpp-httplib compares a whole absolute URL with its routes;
/// - the method PRI, for which cpp-httplib would read until the connection ends.
///
/// A POST, PUT or PATCH without a length has no body (RFC 9112 section 6.3), and gets `Content-Length: 0`; otherwise
/// cpp-httplib would read until the connection ends. Multiple ranges, and ranges of methods other than GET, are ignored
/// like in `ignoreRanges()`: a request of 3 KiB for a file of 1 MB would take 1 GB of memory.
inline bool refuseAmbiguous(const httplib::Request& request, httplib::Response& response) {
  const detail::Framing framing = detail::framingOf(request);
  const char* problem = nullptr;
  if (framing == detail::Framing::unclear) {
    problem = "The length of the body is unclear";
  } else if (!detail::isBodyRead(request, framing) || request.method == "PRI") {
    problem = "This method takes no such body";
  } else if (request.target.empty() || request.target.front() != '/') {
    problem = "The target must begin with a slash";
  }
  if (problem == nullptr) {
    const bool hasLength = request.has_header("Content-Length") || framing == detail::Framing::chunked;
    if (detail::expectsBody(request) && !hasLength) detail::own(request).set_header("Content-Length", "0");
    if (request.ranges.size() > 1 || request.method != "GET") ignoreRanges(request);
    return false;
  }
  setResponseAndClose(request, response, errorResponse(400, "bad_request", problem));
  return true;
}

/// Closes every connection on which the beginning of the next request is uncertain: after bodies that were not read or
/// are chunked (cpp-httplib accepts malformed endings), after rejected requests with a body, and after requests that
/// cpp-httplib could not read. For `httplib::Server::set_post_routing_handler()`; another such handler must call it
/// last.
///
/// A handler with a `ContentReader` that responds with a status below 400 must have read the body completely.
struct CppHttplibClosing {
  /// Checks the request and the status of its response, and adds headers that close the connection if necessary.
  void operator()(const httplib::Request& request, httplib::Response& response) const {
    if (!isCertain(request, response.status)) return detail::endConnection(request, response);
    if (isLast(request)) detail::announceEnd(response);
  }

 private:
  /// Returns whether cpp-httplib closes the connection silently: a proxy could use it for another request.
  static bool isLast(const httplib::Request& request) {
    return request.version == "HTTP/1.0" && request.get_header_value("Connection") != "Keep-Alive";
  }

  static bool isCertain(const httplib::Request& request, int status) {
    // It is unknown how much of an unreadable head is missing.
    if (request.version.empty() || status == 400 || status == 414 || status == 431) return false;
    const detail::Framing framing = detail::framingOf(request);
    if (framing == detail::Framing::empty) return true;
    return framing == detail::Framing::sized && detail::isBodyRead(request, framing) && status < 400;
  }
};

/// Responds with 500 if a handler throws; by default, cpp-httplib sends the text of the exception to the client. Keeps
/// headers that are already set, such as those of a guard. For `httplib::Server::set_exception_handler()`.
struct CppHttplibException {
  /// Replaces the response, and ignores the exception: log it before, in a handler of your own.
  void operator()(const httplib::Request& request, httplib::Response& response, const std::exception_ptr&) const {
    response.content_provider_ = nullptr;
    response.content_length_ = 0;
    setResponse(request, response, errorResponse(500, "internal", "Something went wrong on the server"));
  }
};

/// Makes a server without a guard reject ambiguous requests and close uncertain connections. It sets the pre-routing,
/// the post-routing and the exception handler of the server: see `refuseAmbiguous()`, `CppHttplibClosing` and
/// `CppHttplibException`. Call it before the server listens.
inline void makeStrict(httplib::Server& server) {
  server.set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
    const bool refused = refuseAmbiguous(request, response);
    return refused ? httplib::Server::HandlerResponse::Handled : httplib::Server::HandlerResponse::Unhandled;
  });
  server.set_post_routing_handler(CppHttplibClosing());
  server.set_exception_handler(CppHttplibException());
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
