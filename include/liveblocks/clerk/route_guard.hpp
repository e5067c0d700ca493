/// @file
/// Protection of all routes that are not public.
/// https://clerk.com/docs/reference/nextjs/clerk-middleware
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Which requests a guard lets pass, and how it rejects others.
struct RouteGuardOptions {
  /// Patterns of paths that need no session, such as `/about` and `/blog/:slug`; docs/route-guard.md has the language.
  /// All other paths are protected, except the sign-in page and the paths below it if the application serves it. At
  /// most 500 patterns of 1024 bytes.
  std::vector<std::string> publicRoutes = {};
  /// Patterns of paths that are not pages: no request for them is redirected to sign in.
  std::vector<std::string> apiRoutes = {"/api(.*)", "/trpc(.*)"};
  /// Whether `/About` and `/about` are different paths. If false, the case of ASCII letters is ignored.
  bool caseSensitive = true;
  /// Respond with 404 instead of 401 and 403, to hide which paths exist. Requests for pages are still redirected.
  bool hideProtected = false;
};

/// The result of a guard.
struct RouteGuardResult {
  /// The response to send instead of handling the request; nullopt if the request may pass.
  std::optional<http::Response> response;
  /// The authentication of the request, also on public routes. `state.headers()` must be added to the response of the
  /// application; `response` contains them already.
  RequestState state;
};

/// Guards the routes of a web server. Cheap to copy, thread-safe. The first row that applies counts:
///
/// | request | response |
/// |---|---|
/// | needs a handshake, or a URL without Clerk's parameters | 307 to where Clerk's SDK redirects, on every route |
/// | with valid credentials, or for a public route | none: the request passes |
/// | with a token that cannot be verified at present | 503 with `Retry-After` |
/// | for a page | 307 to the sign-in page; `redirect_url` leads back |
/// | any other request | 401 with `WWW-Authenticate`, or 404 |
///
/// Responses other than redirects have a JSON body: `{"error":"unauthorized","reason":"..."}`. No response may be
/// stored. If the public origin is unknown, nothing is redirected: pages get the same responses as other requests.
class LIVEBLOCKS_EXPORT RouteGuard {
 public:
  /// Throws `std::invalid_argument` for an invalid pattern, with the pattern and the offset of the error.
  explicit RouteGuard(RequestAuthenticator authenticator, const RouteGuardOptions& options = {});

  /// Authenticates the request, and decides whether it may pass. Its `url` must be the request target as received, not
  /// decoded. A path that routers may interpret in different ways (an escaped slash, a dot segment, a control
  /// character, ...) is never public. Neither is a target that does not begin with a slash, such as the absolute URL of
  /// a request to a proxy (RFC 9112 section 3.2): a router may take all of it for the path. Deadline and exceptions are
  /// those of `RequestAuthenticator::authenticate()`.
  RouteGuardResult authenticate(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// The same without blocking, as `RequestAuthenticator::authenticateAsync()`. After an unexpected exception no
  /// request passes: the response has the status 503.
  void authenticateAsync(http::ReceivedRequest request, Callback<RouteGuardResult> done,
                         const AsyncOptions& options = {}) const;

  /// The same without I/O; nullopt if `authenticate()` would have to wait for it. Nothing has happened then, and the
  /// request can still be authenticated.
  std::optional<RouteGuardResult> authenticateLocally(const http::RequestView& request) const;

  /// For routes that need more than a session: the response to send if `state` does not meet the requirement, else
  /// nullopt. 403, or 401 if signed out; 404 instead of both if `hideProtected` is set.
  std::optional<http::Response> authorize(const RequestState& state, const Requirement& requirement) const;

  /// As `RequestAuthenticator::refreshKeys()` of the authenticator that was passed to the constructor.
  Result<void> refreshKeys(std::optional<Deadline> deadline = {}) const;

  /// The same without blocking.
  void refreshKeysAsync(Callback<Result<void>> done, const AsyncOptions& options = {}) const;

 private:
  struct State;
  class DeliveredResult;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
