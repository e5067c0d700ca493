/// @file
/// Requests and answers of a cpp-httplib server, and an auth endpoint as one of its routes; written for and tested with
/// 0.11.4. Header-only. https://github.com/yhirose/cpp-httplib
///
/// Compile with the flags of the library's pkg-config file where it has one: its `CPPHTTPLIB_*` definitions change the
/// layout of its classes.
#pragma once

#include <liveblocks/adapters/cpp_httplib_connection.hpp>

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

/// How bodies are read.
struct CppHttplibOptions {
  /// For one body to arrive. It is checked whenever a part arrives; `httplib::Server::set_read_timeout()` bounds the
  /// silence in between.
  std::chrono::milliseconds bodyTimeout{5000};
  /// Bytes read and thrown away of a body that is too large, so that its sender gets to see the 413.
  std::size_t maxDrain = std::size_t{32} << 20;
};

/// What the library is shown of a request. Request and body must outlive it. The values of headers are as cpp-httplib
/// has decoded them, see `CppHttplibRoute`.
///
/// The body has to be named, since cpp-httplib does not always have it: `request.body` in a handler without a
/// `httplib::ContentReader`; what was read in one with it; `{}` in a pre-routing handler, and for what looks at the
/// head alone (`clerk::RouteGuard`, `clerk::RequestAuthenticator`). A webhook without its body verifies nowhere.
inline http::RequestView requestView(const httplib::Request& request, std::string_view body) {
  http::RequestView view{request.method, request.target, {}, body};
  for (const auto& [name, value] : request.headers) view.headers.emplace_back(name, value);
  return view;
}

/// A handler for every method. Copies share the endpoint.
///
/// Bodies are read here, up to `AuthEndpoint::maxBody()`, and their length must be given. A chunked one is refused with
/// 411: cpp-httplib tells of its data alone, and collects without limit in memory and time what else there can be, such
/// as the extensions of chunks. Browsers always give the length; a proxy that does not must be told to. Compressed and
/// multipart bodies are refused, and the connection ends after every request whose body was not read to a certain end.
/// An error handler of the server must leave an answer that is already there alone. Answers are whole, whatever `Range`
/// asks for.
///
/// cpp-httplib percent-decodes header values before anyone sees them (until 0.43), so that a cookie whose value
/// strangers can choose (`ref=%3B__session%3D...`) is seen as two. Let pages send the session in the `Authorization`
/// header.
class CppHttplibRoute {
 public:
  /// Takes a copy of the endpoint.
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
    /// One byte more than the endpoint takes when `tooLarge`.
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
    body.tooLarge = declared > cap;
    if (body.tooLarge) body.text.resize(cap + 1);
    return body;
  }

  static void refuse(const httplib::Request& request, httplib::Response& response, int status, const std::string& error,
                     const std::string& reason) {
    send(request, response,
         {status,
          {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          R"({"error":")" + error + R"(","reason":")" + reason + R"("})"},
         true);
  }

  static void send(const httplib::Request& request, httplib::Response& response, const http::Response& answer,
                   bool close) {
    close ? setResponseAndClose(request, response, answer) : setResponse(request, response, answer);
  }

  AuthEndpoint endpoint_;
  CppHttplibOptions options_;
};

/// Answers every method at `path` (not a pattern) with the endpoint. Call it before the server listens, and see to it
/// that the rest of the server knows where requests end: by `makeStrict()`, or `addGuard()`.
///
/// Nothing bounds how long the head of a request may take, or how many headers it may have: put a proxy in front that
/// does, as those that terminate TLS do by default.
inline void addRoute(httplib::Server& server, std::string_view path, const AuthEndpoint& endpoint,
                     const CppHttplibOptions& options = {}) {
  std::string pattern;
  for (const char c : path) {
    if (std::string_view(R"(\^$.|?*+()[]{})").find(c) != std::string_view::npos) pattern += '\\';
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
