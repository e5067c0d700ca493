/// @file
/// Requests and answers of a cpp-httplib server, and an auth endpoint as one of its routes; written for and tested with
/// 0.11.4. Header-only. https://github.com/yhirose/cpp-httplib
///
/// Compile with the flags of the library's pkg-config file where it has one: its `CPPHTTPLIB_*` definitions change the
/// layout of its classes.
#pragma once

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

/// What the library is shown of a request, which must outlive it. The values of headers are as cpp-httplib has decoded
/// them, see `CppHttplibRoute`.
inline http::RequestView requestView(const httplib::Request& request, std::string_view body = {}) {
  http::RequestView view{request.method, request.target, {}, body};
  for (const auto& [name, value] : request.headers) view.headers.emplace_back(name, value);
  return view;
}

namespace detail {

/// Sets all but the body and its type, which is returned.
inline std::string setHead(httplib::Response& response, const http::Response& answer) {
  response.status = answer.status;
  std::string contentType;
  for (const http::Header& header : answer.headers) {
    if (header.name == "Content-Type") {
      contentType = header.value;
    } else {
      response.set_header(header.name, header.value);
    }
  }
  return contentType;
}

}  // namespace detail

/// Sends an answer of the library. Its headers join those that are there already.
inline void setResponse(httplib::Response& response, const http::Response& answer) {
  const std::string contentType = detail::setHead(response, answer);
  if (!contentType.empty()) response.set_content(answer.body, contentType);
}

/// Answers with `body` and ends the connection, for requests whose body is not read to its end. After HEAD, which is
/// answered without a body, the connection stays.
///
/// cpp-httplib closes a connection on which a body could not be written: so it is told that this went wrong, once all
/// of it has been written. It is not told how long the body is, or it would ask for the byte ranges of the request,
/// wherever these lie.
inline void setContentAndClose(httplib::Response& response, std::string body, const std::string& contentType) {
  response.set_header("Connection", "close");
  response.set_header("Content-Length", std::to_string(body.size()));
  response.set_content_provider(contentType, [body = std::move(body)](std::size_t, httplib::DataSink& sink) {
    sink.write(body.data(), body.size());
    return false;
  });
}

/// A handler for every method. Copies share the endpoint.
///
/// cpp-httplib reads bodies of any size when they are chunked or compressed, takes what is left unread of a body for
/// the next request, and has no way to close a connection. Therefore bodies are read here, up to
/// `AuthEndpoint::maxBody()`; compressed and multipart ones are refused; and the connection ends after every request
/// whose body was not read to a certain end. An error handler of the server must leave an answer that is already there
/// alone.
///
/// cpp-httplib percent-decodes header values before anyone sees them, so that a cookie whose value strangers can choose
/// (`ref=%3B__session%3D...`) is seen as two. Let pages send the session in the `Authorization` header.
class CppHttplibRoute {
 public:
  /// Takes a copy of the endpoint.
  explicit CppHttplibRoute(AuthEndpoint endpoint, CppHttplibOptions options = {})
      : endpoint_(std::move(endpoint)), options_(options) {}

  /// For the methods whose body cpp-httplib does not read: GET, HEAD, OPTIONS.
  void operator()(const httplib::Request& request, httplib::Response& response) const {
    send(response, endpoint_.handle(requestView(request)), framingOf(request) != Framing::empty);
  }

  /// For POST, PUT, PATCH and DELETE.
  void operator()(const httplib::Request& request, httplib::Response& response,
                  const httplib::ContentReader& reader) const {
    const Framing framing = framingOf(request);
    if (request.method != "POST" || framing == Framing::empty) return (*this)(request, response);
    if (framing == Framing::ambiguous) return refuse(response, 400, "bad_request", "The length of the body is unclear");
    if (request.is_multipart_form_data() || request.has_header("Content-Encoding")) {
      return refuse(response, 415, "unsupported_media_type", "The body must be plain JSON");
    }
    const Body body = readBody(reader, declaredLength(request));
    if (body.late) return refuse(response, 408, "timeout", "The body took too long");
    if (!body.whole && !body.tooLarge) return refuse(response, 400, "bad_request", "The body broke off");
    // The chunked decoder of cpp-httplib lets some malformed endings pass, and what follows them is anybody's guess.
    const bool close = body.tooLarge || framing == Framing::chunked;
    send(response, endpoint_.handle(requestView(request, body.text)), close);
  }

 private:
  enum class Framing { empty, sized, chunked, ambiguous };

  struct Body {
    /// One byte more than the endpoint takes when `tooLarge`.
    std::string text;
    bool whole = false;
    bool tooLarge = false;
    bool late = false;
  };

  /// How the end of the body is told (RFC 9112 section 6.3); two ways at once is how requests are smuggled.
  static Framing framingOf(const httplib::Request& request) {
    const std::size_t lengths = request.get_header_value_count("Content-Length");
    const std::size_t codings = request.get_header_value_count("Transfer-Encoding");
    if (lengths + codings == 0) return Framing::empty;
    if (lengths + codings > 1) return Framing::ambiguous;
    if (codings == 1) {
      return isChunked(request.get_header_value("Transfer-Encoding")) ? Framing::chunked : Framing::ambiguous;
    }
    const std::string length = request.get_header_value("Content-Length");
    if (length == "0") return Framing::empty;
    constexpr std::size_t maxDigits = 18;
    const bool decimal = !length.empty() && length.size() <= maxDigits &&
                         std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    return decimal ? Framing::sized : Framing::ambiguous;
  }

  static bool isChunked(std::string coding) {
    std::transform(coding.begin(), coding.end(), coding.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return coding == "chunked";
  }

  /// 0 for a chunked body.
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
    body.tooLarge = received > cap || declared > cap;
    if (body.tooLarge) body.text.resize(cap + 1);
    return body;
  }

  static void refuse(httplib::Response& response, int status, const std::string& error, const std::string& reason) {
    send(response,
         {status,
          {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          R"({"error":")" + error + R"(","reason":")" + reason + R"("})"},
         true);
  }

  static void send(httplib::Response& response, http::Response answer, bool close) {
    if (!close) return setResponse(response, answer);
    const std::string contentType = detail::setHead(response, answer);
    setContentAndClose(response, std::move(answer.body), contentType);
  }

  AuthEndpoint endpoint_;
  CppHttplibOptions options_;
};

/// Answers every method at `path` (not a pattern) with the endpoint. Call it before the server listens.
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
