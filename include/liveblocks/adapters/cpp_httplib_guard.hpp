/// @file
/// A route guard in front of a cpp-httplib server; written for and tested with 0.11.4. Header-only.
#pragma once

#include <liveblocks/adapters/cpp_httplib.hpp>

#include <utility>

#include <liveblocks/clerk/route_guard.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// Looks at a request before the server does, so that nothing is reached around it: neither handlers nor mounted files.
/// Copies share the guard.
///
/// cpp-httplib routes by a path that it has decoded once, and hands out the target as it came. The guard decides on the
/// latter, and lets no path pass as public that could be decoded to another one. What it does to the values of cookies
/// cannot be mended here: see `CppHttplibRoute`.
///
/// Handlers behind it are not told who came, and must not ask the guard again: what a handshake has brought is spent,
/// and they would find nobody. Those that need to know call `RouteGuard::authenticate()` themselves, without this one.
class CppHttplibGuard {
 public:
  /// Takes a copy of the guard.
  explicit CppHttplibGuard(clerk::RouteGuard guard) : guard_(std::move(guard)) {}

  /// Answers the request, or adds to the response what the guard has to say and leaves the rest to the application.
  /// After an answer the connection ends where a body was not read.
  httplib::Server::HandlerResponse operator()(const httplib::Request& request, httplib::Response& response) const {
    const clerk::RouteGuardResult result = guard_.authenticate(requestView(request));
    if (!result.answer) {
      for (const http::Header& header : result.state.headers()) response.set_header(header.name, header.value);
      return httplib::Server::HandlerResponse::Unhandled;
    }
    if (hasBody(request)) {
      const std::string contentType = detail::setHead(response, *result.answer);
      setContentAndClose(response, result.answer->body, contentType.empty() ? "text/plain" : contentType);
    } else {
      setResponse(response, *result.answer);
    }
    return httplib::Server::HandlerResponse::Handled;
  }

 private:
  static bool hasBody(const httplib::Request& request) {
    if (request.has_header("Transfer-Encoding")) return true;
    return request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0";
  }

  clerk::RouteGuard guard_;
};

/// Puts the guard in front of all there is. A server has one pre-routing handler, and this is it: where there is
/// another one, let it call a `CppHttplibGuard` first. Call it before the server listens.
inline void addGuard(httplib::Server& server, const clerk::RouteGuard& guard) {
  server.set_pre_routing_handler(CppHttplibGuard(guard));
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
