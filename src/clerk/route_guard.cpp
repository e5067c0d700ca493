#include <liveblocks/clerk/route_guard.hpp>

#include <string>
#include <utility>

#include "clerk/accounts_portal.hpp"
#include "clerk/guard/answers.hpp"
#include "clerk/guard/page_request.hpp"
#include "clerk/guard/sign_in_page.hpp"
#include "clerk/request/context.hpp"
#include "clerk/routes/route_path.hpp"
#include "clerk/routes/route_pattern.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

guard::SignInOptions signInOptions(const RequestSetup& setup, const RouteGuardOptions& options) {
  guard::SignInOptions result;
  result.url = setup.options.signInUrl;
  if (result.url.empty() && setup.instance) {
    result.url = accountsPortalOrigin(setup.instance->frontendApi) + "/sign-in";
  }
  result.isDevelopment = setup.isDevelopment();
  result.isSatellite = setup.options.isSatellite;
  result.caseSensitive = options.caseSensitive;
  result.publicOrigin = setup.options.publicOrigin;
  return result;
}

bool isUnavailable(const RequestState& who) { return who.error() && who.error()->kind() == ErrorKind::unavailable; }

bool isPending(const RequestState& who) { return who.auth().sessionStatus() == SessionStatus::pending; }

}  // namespace

struct RouteGuard::State {
  State(RequestAuthenticator given, const RouteGuardOptions& options)
      : authenticator(std::move(given)),
        publicRoutes(options.publicRoutes, options.caseSensitive),
        apiRoutes(options.apiRoutes, options.caseSensitive),
        hideProtected(options.hideProtected),
        signInPage(signInOptions(setup(), options)) {}

  const RequestSetup& setup() const noexcept { return *authenticator.state_; }

  /// nullopt: the request may pass.
  std::optional<http::Response> answerTo(const http::RequestView& request, const RequestState& who) const {
    if (auto redirect = who.redirect()) return guard::withoutStoring(std::move(*redirect));
    if (who.isAuthenticated()) return std::nullopt;
    const std::optional<routes::RoutePath> path = routes::readRoutePath(request.url);
    if (path && isPublic(*path)) return std::nullopt;
    if (isUnavailable(who)) return guard::unavailable(who);
    const bool isApi = path && apiRoutes.match(*path);
    if (!isApi && guard::isPageRequest(request)) return answerToPage(request, who);
    return turnAway(who);
  }

  http::Response turnAway(const RequestState& who) const {
    return hideProtected ? guard::notFound(who) : guard::unauthenticated(who);
  }

  bool isPublic(const routes::RoutePath& path) const { return publicRoutes.match(path) || signInPage.holds(path); }

  http::Response answerToPage(const http::RequestView& request, const RequestState& who) const {
    const RequestContext context(setup(), request, {});
    if (context.publicUrl() == nullptr) return turnAway(who);
    const bool areTooMany = context.received().cookies.areTooMany();
    const std::string devBrowser = areTooMany ? std::string() : context.devBrowser();
    const auto url = signInPage.urlFor(*context.publicUrl(), {devBrowser, isPending(who)});
    return url ? guard::redirectTo(*url, who) : turnAway(who);
  }

  RequestAuthenticator authenticator;
  routes::RoutePatterns publicRoutes;
  routes::RoutePatterns apiRoutes;
  bool hideProtected;
  guard::SignInPage signInPage;
};

RouteGuard::RouteGuard(RequestAuthenticator authenticator, const RouteGuardOptions& options)
    : state_(std::make_shared<const State>(std::move(authenticator), options)) {}

// Each call holds the state, so that destroying the last copy during the call does no harm.

RouteGuardResult RouteGuard::authenticate(const http::RequestView& request, std::optional<Deadline> deadline) const {
  const auto state = state_;
  RequestState who = state->authenticator.authenticate(request, deadline);
  std::optional<http::Response> answer = state->answerTo(request, who);
  return {std::move(answer), std::move(who)};
}

std::optional<http::Response> RouteGuard::authorize(const RequestState& who, const Requirement& requirement) const {
  const auto state = state_;
  if (who.auth().has(requirement)) return std::nullopt;
  const bool isForbidden = who.isAuthenticated() && !state->hideProtected;
  return isForbidden ? guard::forbidden(who) : state->turnAway(who);
}

std::optional<Error> RouteGuard::refreshKeys(std::optional<Deadline> deadline) const {
  const std::shared_ptr<const State> state = state_;
  return state->authenticator.refreshKeys(deadline);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
