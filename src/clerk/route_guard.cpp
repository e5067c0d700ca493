#include <liveblocks/clerk/route_guard.hpp>

#include <string>
#include <utility>

#include "clerk/accounts_portal.hpp"
#include "clerk/answers.hpp"
#include "clerk/refusal_log.hpp"
#include "clerk/request/context.hpp"
#include "clerk/request/page_request.hpp"
#include "clerk/route_path.hpp"
#include "clerk/route_pattern.hpp"
#include "clerk/sign_in_page.hpp"
#include "core/logging.hpp"

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
    return isForPage(request, path) ? answerToPage(request, who) : turnAway(who);
  }

  bool isForPage(const http::RequestView& request, const std::optional<routes::RoutePath>& path) const {
    return !(path && apiRoutes.match(*path)) && guard::isPageRequest(request);
  }

  http::Response turnAway(const RequestState& who) const {
    return hideProtected ? guard::notFound(who) : guard::unauthenticated(who);
  }

  /// Not of what is redirected to Clerk, nor of what cannot be told: others write about an outage, less often.
  void report(const http::RequestView& request, const std::optional<http::Response>& answer,
              const RequestState& who) const {
    const Log& log = setup().options.log;
    if (!log || !answer || answer->status == 503 || who.redirect()) return;
    const bool isPage = isForPage(request, routes::readRoutePath(request.url));
    writeLog(log, LogLevel::info, guard::describeRefusal(request, isPage, answer->status, who));
  }

  http::Response refuse(const RequestState& who) const {
    http::Response answer = who.isAuthenticated() && !hideProtected ? guard::forbidden(who) : turnAway(who);
    const Log& log = setup().options.log;
    if (log) writeLog(log, LogLevel::info, guard::describeRefusal(answer.status, who));
    return answer;
  }

  bool isPublic(const routes::RoutePath& path) const { return publicRoutes.match(path) || signInPage.holds(path); }

  http::Response answerToPage(const http::RequestView& request, const RequestState& who) const {
    const RequestContext context(setup(), request, {});
    if (context.publicUrl() == nullptr) {
      context.sayThatUrlIsUnknown();
      return turnAway(who);
    }
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
  state->report(request, answer, who);
  return {std::move(answer), std::move(who)};
}

std::optional<http::Response> RouteGuard::authorize(const RequestState& state, const Requirement& requirement) const {
  const auto own = state_;
  if (state.auth().has(requirement)) return std::nullopt;
  return own->refuse(state);
}

std::optional<Error> RouteGuard::refreshKeys(std::optional<Deadline> deadline) const {
  const std::shared_ptr<const State> state = state_;
  return state->authenticator.refreshKeys(deadline);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
