/// @file
/// Keeps people without a session away from everything that is not public.
/// https://clerk.com/docs/reference/nextjs/clerk-middleware
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/requirement.hpp>
#include <liveblocks/export.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What a guard lets through, and how it turns others away.
struct RouteGuardOptions {
  /// Patterns of paths that need no session; see docs/clerk-requests.md for the language (`/`, `/about`, `/blog/:slug`,
  /// `/docs(.*)`). All else is protected. The sign-in page, where it is one of the application's, is public anyway.
  std::vector<std::string> publicRoutes = {};
  /// Patterns of paths that are no pages, so that nobody is redirected from there.
  std::vector<std::string> apiRoutes = {"/api(.*)", "/trpc(.*)"};
  /// Whether `/About` is another path than `/about`.
  bool caseSensitive = true;
  /// Answer 404 instead of 401 and 403 to API requests, so that nobody learns what there is.
  bool hideProtected = false;
};

/// What a guard found.
struct RouteGuardResult {
  /// Send this and go no further. nullopt: the request may pass.
  std::optional<http::Response> answer;
  /// Who sent it. Also of public routes: `state.headers()` must be added to the answer of the application.
  RequestState state;
};

/// Stands in front of a web server's routes. Cheap to copy, thread-safe.
class LIVEBLOCKS_EXPORT RouteGuard {
 public:
  /// Throws `std::invalid_argument` naming the pattern that cannot be read.
  explicit RouteGuard(RequestAuthenticator authenticator, RouteGuardOptions options = {});

  /// Authenticates the request, and decides whether it may pass. Without a session a page request is sent to sign in
  /// (307, `redirect_url` leads back), any other gets 401. A path that cannot be normalised (an encoded slash, a dot
  /// segment, a control character, ...) is never public.
  RouteGuardResult check(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// For what needs more than a session: the answer to send when `state` does not fulfil the requirement (403), else
  /// nullopt.
  std::optional<http::Response> require(const RequestState& state, const Requirement& requirement) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
