/// What nginx learns about a request before it passes it on.
#pragma once

#include <cstddef>
#include <string_view>

#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/request_view.hpp>

namespace auth_request {

/// Responds to the sub-requests of nginx's `auth_request`, which knows three responses: 2xx lets the request pass, 401
/// and 403 refuse it, anything else is an error, which refuses it with a 500. Thread-safe.
///
/// | sub-request | response |
/// |---|---|
/// | for a request that may pass | 204, with `X-Auth-User-Id` and so on if somebody is signed in |
/// | for any other | 401, with the guard's response in headers: its status in `X-Auth-Status`, its body in
/// `X-Auth-Body` |
/// | with a header in which nginx names a user, such as `X-User-Id` | 403 |
/// | that does not name the request, or has another path | 500, 404 |
/// | with a result that fits in no headers | 500 |
///
/// The other headers of the guard have their own names, except that each `Set-Cookie` becomes `X-Auth-Cookie-<n>`:
/// nginx before 1.23 hands on only the first of several headers with one name.
class Gate {
 public:
  /// The path of the sub-requests.
  static constexpr std::string_view path = "/auth";
  /// As many as nginx/guard.conf and nginx/guard_headers.conf hand on. A handshake of Clerk sets four to six.
  static constexpr std::size_t maxCookies = 12;

  Gate(liveblocks::clerk::RouteGuard guard, liveblocks::Log log);

  /// The method and the target of the request are in `X-Original-Method` and `X-Original-URI`, its other headers are
  /// those of the sub-request. Responds once, perhaps later.
  void handle(liveblocks::http::ReceivedRequest subrequest,
              liveblocks::Callback<liveblocks::http::Response> respond) const;

 private:
  liveblocks::clerk::RouteGuard guard_;
  liveblocks::Log log_;
};

}  // namespace auth_request
