/// @file
/// A route guard for a cpp-httplib server; written for and tested with 0.11.4 and 0.18.7. Header-only.
#pragma once

#include <liveblocks/adapters/cpp_httplib.hpp>

#include <stdexcept>
#include <utility>

#include <liveblocks/clerk/route_guard.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

/// Carries the state in a member of the request that only clients use, and that no request from outside can set.
struct FoundState {
  clerk::RequestState state;

  bool operator()(const httplib::Response&) const { return true; }
};

}  // namespace detail

/// Returns what the guard has found out about a request that it has let pass. The reference is valid as long as the
/// request. Throws `std::logic_error` if no `CppHttplibGuard` was called for it.
inline const clerk::RequestState& guardState(const httplib::Request& request) {
  const auto* found = request.response_handler.target<detail::FoundState>();
  if (found == nullptr) throw std::logic_error("no guard was called for this request");
  return found->state;
}

/// Checks a request before the server handles it, including requests for mounted files. Copies share the guard.
///
/// Rejects ambiguous requests first, see `refuseAmbiguous()`. cpp-httplib routes by a path that it has decoded once,
/// and also provides the unchanged target. The guard uses the latter, and does not treat a path as public that could be
/// decoded to another one. It cannot fix the decoding of cookie values, see `CppHttplibRoute`. Its responses are
/// complete, regardless of `Range`; those of the application may be cut to one range.
///
/// Handlers get the state from `guardState()`, and must not call the guard again, because a handshake can be resolved
/// only once.
class CppHttplibGuard {
 public:
  /// Copies the guard.
  explicit CppHttplibGuard(clerk::RouteGuard guard) : guard_(std::move(guard)) {}

  /// Responds to the request, or adds the headers of the state to the response and leaves the rest to the application.
  /// If it responds to a request with a body, it closes the connection, because nobody reads the body.
  httplib::Server::HandlerResponse operator()(const httplib::Request& request, httplib::Response& response) const {
    if (refuseAmbiguous(request, response)) return httplib::Server::HandlerResponse::Handled;
    const clerk::RouteGuardResult result = guard_.authenticate(requestView(request, {}));
    if (!result.response) {
      for (const http::Header& header : result.state.headers()) addHeader(response, header);
      detail::own(request).response_handler = detail::FoundState{result.state};
      return httplib::Server::HandlerResponse::Unhandled;
    }
    if (detail::framingOf(request) == detail::Framing::empty) {
      setResponse(request, response, *result.response);
    } else {
      setResponseAndClose(request, response, *result.response);
    }
    return httplib::Server::HandlerResponse::Handled;
  }

 private:
  clerk::RouteGuard guard_;
};

/// Guards all requests of a server, and closes connections on which the beginning of the next request is uncertain. It
/// sets the pre-routing, the post-routing and the exception handler of the server: custom ones must call a
/// `CppHttplibGuard` first, a `CppHttplibClosing` last and a `CppHttplibException` instead. Call it before the server
/// listens.
///
/// Public servers need a proxy that checks and rewrites requests (such as nginx, HAProxy, Caddy, Envoy and cloud load
/// balancers), because these problems of cpp-httplib cannot be fixed here:
///
/// - It drops lines of a head that end in a bare line feed, and 0.11 also those that have no colon or no value. A proxy
/// that interprets such
///   a line as a length and forwards it unchanged sees different requests than this server. This is only a risk with
///   a proxy that shares connections between users; if it cannot be trusted, call
///   `server.set_keep_alive_max_count(1)`.
/// - It percent-decodes the values of headers, including lengths: `1%30` is 10. It also discards input after the end
///   of a request, so that a proxy must not send a request before the response to the last one.
/// - It limits neither the time nor the size of a head, and only the data of a chunked body. Bodies of accepted
///   requests, which on public routes may come from anybody, are read by cpp-httplib or the application: call
///   `set_payload_max_length()`, which applies to bodies with a length.
/// - It closes a connection without reading the rest. Clients that still send a large body get a reset instead of the
///   response. nginx turns that into a 502 and does not use the server for 10 s, which an attacker could exploit: set
///   `max_fails=0` there.
/// - It parses `multipart/form-data` with `std::regex`, and 0.11 also `Range` headers, before any handler. It recurses
///   for each character. A header of 8 KiB needs 5 MiB of stack, and crashes the process if threads have less (macOS,
///   musl, many containers): start them with 8 MiB, as in examples/common/workers.hpp. Routes are matched in the same
///   way: a path of 8 KiB needs as much for a pattern such as `.*`, and more with alternatives (`(a|b)*`). Use paths
///   without patterns.
inline void addGuard(httplib::Server& server, const clerk::RouteGuard& guard) {
  server.set_pre_routing_handler(CppHttplibGuard(guard));
  server.set_post_routing_handler(CppHttplibClosing());
  server.set_exception_handler(CppHttplibException());
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
