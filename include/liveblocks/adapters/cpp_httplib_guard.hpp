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
/// Refuses ambiguous requests first, see `refuseAmbiguous()`. cpp-httplib routes by a path that it has decoded once,
/// and hands out the target as it came. The guard decides on the latter, and lets no path pass as public that could be
/// decoded to another one. What cpp-httplib does to the values of cookies cannot be mended here: see `CppHttplibRoute`.
/// Its answers are whole, whatever `Range` asks for; those of the application may be cut to one range.
///
/// Handlers behind it are not told who came, and must not ask the guard again: what a handshake has brought is spent,
/// and they would find nobody. Those that need to know call `RouteGuard::authenticate()` themselves, without this one.
class CppHttplibGuard {
 public:
  /// Takes a copy of the guard.
  explicit CppHttplibGuard(clerk::RouteGuard guard) : guard_(std::move(guard)) {}

  /// Answers the request, or adds to the response what the guard has to say and leaves the rest to the application.
  /// After an answer the connection ends where there is a body, since nobody reads it.
  httplib::Server::HandlerResponse operator()(const httplib::Request& request, httplib::Response& response) const {
    if (refuseAmbiguous(request, response)) return httplib::Server::HandlerResponse::Handled;
    const clerk::RouteGuardResult result = guard_.authenticate(requestView(request, {}));
    if (!result.answer) {
      for (const http::Header& header : result.state.headers()) response.set_header(header.name, header.value);
      return httplib::Server::HandlerResponse::Unhandled;
    }
    if (detail::framingOf(request) == detail::Framing::empty) {
      setResponse(request, response, *result.answer);
    } else {
      setResponseAndClose(request, response, *result.answer);
    }
    return httplib::Server::HandlerResponse::Handled;
  }

 private:
  clerk::RouteGuard guard_;
};

/// Puts the guard in front of all there is, and ends the connections on which it is not certain where the next request
/// begins. A server has one pre-routing and one post-routing handler, and these are they: where there are others, let
/// them call a `CppHttplibGuard` first and a `CppHttplibClosing` last. Call it before the server listens.
///
/// What cannot be mended from here, and is why a proxy that checks and rewrites requests (nginx, HAProxy, Caddy, Envoy
/// and the load balancers of clouds do) should stand in front of whatever strangers reach:
///
/// - cpp-httplib drops lines of a head that end in a bare line feed, hold no colon or have no value. A proxy that takes
///   such a line for a length, and passes it on as it is, sees other requests than this server does. Without a proxy
///   that keeps connections to the server open for several people there is nobody else's answer to get. Where there is
///   one that cannot be trusted, call `server.set_keep_alive_max_count(1)`.
/// - It percent-decodes the values of headers, lengths included: `1%30` is 10. And it forgets what it has read beyond
///   the end of a request, so that a proxy must not send one before the answer to the last is there.
/// - It bounds neither the time nor the size of a head, and of a chunked body only the data. Bodies of requests that
///   pass, on public routes those of anybody, are read by cpp-httplib or the application: call
///   `set_payload_max_length()`, which covers those that tell their length.
/// - It ends a connection without reading the rest. Who still sends a large body gets a reset in the place of the
///   answer. nginx makes a 502 of that, and leaves a server of several alone for 10 s, so that a stranger could put
///   out all of them: set `max_fails=0` there.
/// - It reads `Range` headers, before anything else sees them, and forms of `multipart/form-data` by `std::regex`,
///   which calls itself once for each character. A header of 8 KiB takes 5 MiB of stack, and ends the process where
///   threads have less (macOS, musl, many containers): start them with 8 MiB, as examples/common/workers.hpp does. It
///   routes in the same way: a path of 8 KiB takes as much where a route is a pattern that fits any text (`.*`), and
///   with alternatives (`(a|b)*`) more. Use paths without patterns.
inline void addGuard(httplib::Server& server, const clerk::RouteGuard& guard) {
  server.set_pre_routing_handler(CppHttplibGuard(guard));
  server.set_post_routing_handler(CppHttplibClosing());
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
