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
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What a guard lets through, and how it turns others away.
struct RouteGuardOptions {
  /// Patterns of paths that need no session, such as `/about` and `/blog/:slug`; docs/route-guard.md has the language.
  /// All else is protected, but for the sign-in page and what is below it, where that is one of the application's. At
  /// most 500 patterns of 1024 bytes.
  std::vector<std::string> publicRoutes = {};
  /// Likewise for paths that are no pages, so that nobody is redirected from there.
  std::vector<std::string> apiRoutes = {"/api(.*)", "/trpc(.*)"};
  /// Whether `/About` is another path than `/about`. Without, ASCII letters of both cases are the same.
  bool caseSensitive = true;
  /// Answer 404 instead of 401 and 403, so that nobody learns what there is. Pages are still redirected.
  bool hideProtected = false;
};

/// What a guard found.
struct RouteGuardResult {
  /// Send this and go no further. nullopt: the request may pass.
  std::optional<http::Response> answer;
  /// Who sent it. Also of public routes: `state.headers()` must be added to the answer of the application; they are
  /// part of `answer`.
  RequestState state;
};

/// Stands in front of a web server's routes. Cheap to copy, thread-safe.
///
/// | request | answer |
/// |---|---|
/// | must go through a handshake, or have its URL cleaned | 307 to where Clerk's SDK sends it, on every route |
/// | of somebody who is signed in, or of a public route | none: it passes |
/// | with a token that cannot be judged right now | 503 with `Retry-After` |
/// | for a page | 307 to sign in; `redirect_url` leads back |
/// | any other | 401 with `WWW-Authenticate`, or 404 |
///
/// What is no redirect has a body of JSON: `{"error":"unauthorized","reason":"..."}`. No answer may be stored. Where
/// the public origin is unknown nothing is redirected: pages are answered like the others.
class LIVEBLOCKS_EXPORT RouteGuard {
 public:
  /// Throws `std::invalid_argument` naming the pattern that cannot be read, and where.
  explicit RouteGuard(RequestAuthenticator authenticator, const RouteGuardOptions& options = {});

  /// Authenticates the request, and decides whether it may pass. Its `url` must be the target as it came, not decoded.
  /// A path that routers may read in different ways (an escaped slash, a dot segment, a control character, ...) is
  /// never public, nor is a target that does not begin with a slash, such as the absolute URLs that proxies are asked
  /// for (RFC 9112 section 3.2): a router may take all of it for the path. Deadline and exceptions are those of
  /// `RequestAuthenticator::authenticate()`.
  RouteGuardResult authenticate(const http::RequestView& request, std::optional<Deadline> deadline = {}) const;

  /// For what needs more than a session: the answer to send when `state` does not fulfil the requirement, else nullopt.
  /// 403, or 401 when nobody is signed in; 404 for both where what is protected is hidden.
  std::optional<http::Response> authorize(const RequestState& state, const Requirement& requirement) const;

  /// As `RequestAuthenticator::refreshKeys()`, of the authenticator that the guard was made with.
  std::optional<Error> refreshKeys(std::optional<Deadline> deadline = {}) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
