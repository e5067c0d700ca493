/// @file
/// Requests and responses of a cpp-httplib server, and an auth endpoint as one of its routes; written for and tested
/// with 0.11.4 and 0.18.7. Header-only. https://github.com/yhirose/cpp-httplib
///
/// Compile with the flags of cpp-httplib's pkg-config file if there is one: its `CPPHTTPLIB_*` definitions change the
/// layout of its classes.
#pragma once

#include <liveblocks/adapters/cpp_httplib_connection.hpp>
#include <liveblocks/adapters/cpp_httplib_headers.hpp>

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/auth_endpoint.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// Limits for reading bodies.
struct CppHttplibOptions {
  /// The time for a body to arrive. It is checked when a part arrives; `httplib::Server::set_read_timeout()` limits the
  /// time between parts.
  std::chrono::milliseconds bodyTimeout{5000};
  /// How many bytes of a body that is too large are read and discarded, so that its sender receives the 413.
  std::size_t maxDrain = std::size_t{32} << 20;
};

/// Returns a view of a request. Request and body must outlive it. The values of headers are as decoded by cpp-httplib,
/// see `CppHttplibRoute`.
///
/// The body must be passed, because cpp-httplib does not always have it: `request.body` in a handler without a
/// `httplib::ContentReader`; the body that was read in a handler with one; `{}` in a pre-routing handler, and if only
/// the head is needed (`clerk::RouteGuard`, `clerk::RequestAuthenticator`). A webhook cannot be verified without its
/// body.
inline http::RequestView requestView(const httplib::Request& request, std::string_view body) {
  http::RequestView view = http::RequestView::from(request.method, request.target, request.headers, body);
  detail::restoreOrder(view, request.headers);
  return view;
}

/// A handler for every method. Copies share the endpoint.
///
/// The handler reads bodies up to `AuthEndpoint::maxBody()`, and requires their length. Chunked bodies get 411, because
/// cpp-httplib only passes on their data, and stores their extensions without a limit of memory or time. Browsers
/// always send the length; configure proxies to do so. Compressed and multipart bodies are rejected, and the connection
/// is closed after every request whose body was not read completely. An error handler of the server must not change an
/// existing response. Responses are complete, regardless of `Range`.
///
/// Up to 0.43 cpp-httplib percent-decodes header values, so that a cookie with a foreign value
/// (`ref=%3B__session%3D...`) looks like two. Let pages send the session in the `Authorization` header.
class CppHttplibRoute {
 public:
  /// Copies the endpoint.
  explicit CppHttplibRoute(AuthEndpoint endpoint, CppHttplibOptions options = {})
      : endpoint_(std::move(endpoint)), options_(options) {}

  /// For the methods whose body cpp-httplib does not read: GET, HEAD, OPTIONS.
  void operator()(const httplib::Request& request, httplib::Response& response) const {
    send(request, response, endpoint_.handle(requestView(request, {})),
         detail::framingOf(request) != detail::Framing::empty);
  }

  /// For POST, PUT, PATCH and DELETE.
  void operator()(const httplib::Request& request, httplib::Response& response,
                  const httplib::ContentReader& reader) const {
    const detail::Framing framing = detail::framingOf(request);
    if (request.method != "POST" || framing == detail::Framing::empty) return (*this)(request, response);
    if (framing == detail::Framing::unclear) {
      return refuse(request, response, 400, "bad_request", "The length of the body is unclear");
    }
    if (framing == detail::Framing::chunked) {
      return refuse(request, response, 411, "length_required", "The body must come with its length");
    }
    if (request.is_multipart_form_data() || request.has_header("Content-Encoding")) {
      return refuse(request, response, 415, "unsupported_media_type", "The body must be plain JSON");
    }
    const Body body = readBody(reader, declaredLength(request));
    if (body.late) return refuse(request, response, 408, "timeout", "The body took too long");
    if (!body.whole && !body.tooLarge) return refuse(request, response, 400, "bad_request", "The body broke off");
    send(request, response, endpoint_.handle(requestView(request, body.text)), body.tooLarge);
  }

 private:
  struct Body {
    /// If `tooLarge`, one byte more than the endpoint accepts.
    std::string text;
    bool whole = false;
    bool tooLarge = false;
    bool late = false;
  };

  static std::size_t declaredLength(const httplib::Request& request) {
    return static_cast<std::size_t>(std::strtoull(request.get_header_value("Content-Length").c_str(), nullptr, 10));
  }

  Body readBody(const httplib::ContentReader& reader, std::size_t declared) const {
    constexpr std::chrono::milliseconds longestBody = std::chrono::hours(24);
    const std::size_t cap = endpoint_.maxBody();
    const Deadline deadline = std::chrono::steady_clock::now() + (std::min)(options_.bodyTimeout, longestBody);
    std::size_t received = 0;
    Body body;
    body.whole = reader([&](const char* data, std::size_t size) {
      received += size;
      body.text.append(data, (std::min)(size, cap - body.text.size()));
      body.late = std::chrono::steady_clock::now() >= deadline;
      return !body.late && (received <= cap || received - cap <= options_.maxDrain);
    });
    body.late = !body.whole && std::chrono::steady_clock::now() >= deadline;
    body.tooLarge = declared > cap;
    if (body.tooLarge) body.text.resize(cap + 1);
    return body;
  }

  static void refuse(const httplib::Request& request, httplib::Response& response, int status, std::string_view error,
                     std::string_view reason) {
    send(request, response, errorResponse(status, error, reason), true);
  }

  static void send(const httplib::Request& request, httplib::Response& response, const http::Response& answer,
                   bool close) {
    close ? setResponseAndClose(request, response, answer) : setResponse(request, response, answer);
  }

  AuthEndpoint endpoint_;
  CppHttplibOptions options_;
};

/// Serves every method at `path` (not a pattern) with the endpoint. Call it before the server listens, and also call
/// `makeStrict()` or `addGuard()`, so that the rest of the server knows where requests end.
///
/// cpp-httplib does not limit the time or the number of headers of a request head: use a proxy that does, like those
/// that terminate TLS.
inline void addRoute(httplib::Server& server, std::string_view path, const AuthEndpoint& endpoint,
                     const CppHttplibOptions& options = {}) {
  std::string pattern;
  for (const char c : path) {
    if (std::string_view(R"(\^$.|?*+()[]{}:)").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  const CppHttplibRoute route(endpoint, options);
  const auto withoutBody = [route](const httplib::Request& request, httplib::Response& response) {
    route(request, response);
  };
  const auto withBody = [route](const httplib::Request& request, httplib::Response& response,
                                const httplib::ContentReader& reader) { route(request, response, reader); };
  server.Get(pattern, withoutBody);
  server.Options(pattern, withoutBody);
  server.Post(pattern, withBody);
  server.Put(pattern, withBody);
  server.Patch(pattern, withBody);
  server.Delete(pattern, withBody);
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
