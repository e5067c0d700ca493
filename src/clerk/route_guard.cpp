#include <liveblocks/clerk/route_guard.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "clerk/publishable_key.hpp"
#include "clerk/request/async_authentication.hpp"
#include "clerk/request/authentication.hpp"
#include "clerk/request/context.hpp"
#include "clerk/route_path.hpp"
#include "clerk/route_pattern.hpp"
#include "clerk/sign_in_page.hpp"
#include "clerk/verifier_options.hpp"
#include "core/logging.hpp"
#include "core/redactor.hpp"
#include "core/text.hpp"
#include "http/delivery.hpp"
#include "http/problem_body.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using namespace detail;

namespace {

constexpr std::chrono::seconds defaultRetryAfter{5};

bool isNamed(const http::Header& header, std::string_view name) { return ascii::equalsIgnoringCase(header.name, name); }

void removeHeader(std::vector<http::Header>& headers, std::string_view name) {
  const auto named = [name](const http::Header& header) { return isNamed(header, name); };
  headers.erase(std::remove_if(headers.begin(), headers.end(), named), headers.end());
}

/// `response`, with the header that forbids storing it.
http::Response notStored(http::Response response) {
  removeHeader(response.headers, "cache-control");
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

http::Response respond(int status, const RequestState& who) { return notStored({status, who.headers(), {}}); }

http::Response problem(int status, std::string_view error, std::string_view reason, const RequestState& who) {
  http::Response response = respond(status, who);
  response.headers.push_back({"Content-Type", "application/json"});
  response.body = http::detail::problemBody(error, reason);
  return response;
}

// No response may be stored. All of them contain the headers of `who`.

http::Response redirectTo(std::string url, const RequestState& who) {
  http::Response response = respond(307, who);
  // In development the URL contains the token of the browser.
  response.headers.push_back({"Location", std::move(url), true});
  return response;
}

http::Response unauthenticated(const RequestState& who) {
  http::Response response = problem(401, "unauthorized", "Authentication required", who);
  if (http::findHeader(response, "www-authenticate")) return response;
  // RFC 6750 section 3.1: without a token the response has no error.
  response.headers.push_back({"WWW-Authenticate", who.error() ? R"(Bearer error="invalid_token")" : "Bearer"});
  return response;
}

http::Response forbidden(const RequestState& who) { return problem(403, "forbidden", "Access denied", who); }

http::Response notFound(const RequestState& who) {
  http::Response response = problem(404, "not_found", "Not found", who);
  removeHeader(response.headers, "www-authenticate");
  return response;
}

http::Response unavailable(const RequestState& who) {
  http::Response response = problem(503, "unavailable", "Authentication is temporarily unavailable", who);
  std::chrono::seconds wait = defaultRetryAfter;
  if (who.error() && who.error()->retryAfter) wait = *who.error()->retryAfter;
  response.headers.push_back(http::detail::retryAfterHeader(wait));
  return response;
}

constexpr std::size_t maxMethod = 16;
constexpr std::size_t maxPath = 256;
constexpr std::size_t maxWhy = 1024;
constexpr std::size_t maxId = 128;

std::string whyOf(const RequestState& who) {
  std::string why = who.reason();
  if (who.status() == AuthStatus::signedIn) why = "the session is pending";
  if (!who.message().empty()) why += ": " + who.message();
  return redactor::shown(why, maxWhy);
}

/// A line for the log: whether the request was for a page, the status of the response, method, path and reason. It
/// contains neither the query nor a header of the request.
std::string describeRejection(const ParsedRequest& request, bool isPage, int status, const RequestState& who) {
  const std::string_view path = request.url.substr(0, request.url.find_first_of("?#"));
  const std::string what = isPage ? "page" : "call";
  const std::string how = status == 307 ? "redirected to sign in" : "responded with " + std::to_string(status);
  return "the guard rejected a " + what + ", " + how + ": " + redactor::shown(request.method, maxMethod) + " \"" +
         redactor::shown(path, maxPath) + "\" (" + whyOf(who) + ")";
}

/// A line for the log about a request that does not meet a requirement.
std::string describeRejection(int status, const RequestState& who) {
  const std::string outcome = ", responded with " + std::to_string(status);
  if (const auto& machine = who.machineToken()) {
    return "the guard rejected \"" + redactor::shown(machine->subject, maxId) + "\"" + outcome +
           ": a machine token meets no requirement; decide by its scopes and its subject";
  }
  if (!who.isAuthenticated()) return "the guard rejected a request" + outcome + ": " + whyOf(who);
  return "the guard rejected \"" + redactor::shown(who.auth().userId(), maxId) + "\"" + outcome +
         ": the session does not meet the requirement";
}

SignInOptions signInOptions(const RequestSetup& setup, const RouteGuardOptions& options) {
  SignInOptions result;
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

  const RequestAuthenticator::State& setup() const noexcept { return *authenticator.state_; }

  RouteGuardResult resultOf(const RequestContext& context, RequestState who) const {
    std::optional<http::Response> response = responseTo(context, who);
    report(context, response, who);
    return {std::move(response), std::move(who)};
  }

  /// nullopt if the request may pass.
  std::optional<http::Response> responseTo(const RequestContext& context, const RequestState& who) const {
    if (auto redirect = who.redirect()) return notStored(std::move(*redirect));
    if (who.isAuthenticated()) return std::nullopt;
    const std::optional<RoutePath> path = readRoutePath(context.request().url);
    if (path && isPublic(*path)) return std::nullopt;
    if (isUnavailable(who)) return unavailable(who);
    return isForPage(context, path) ? responseToPage(context, who) : reject(who);
  }

  bool isForPage(const RequestContext& context, const std::optional<RoutePath>& path) const {
    return !(path && apiRoutes.match(*path)) && context.request().isForPage(PageRule::signIn);
  }

  http::Response reject(const RequestState& who) const { return hideProtected ? notFound(who) : unauthenticated(who); }

  /// Logs a rejected request, except redirects to Clerk and outages, which are logged elsewhere and less often.
  void report(const RequestContext& context, const std::optional<http::Response>& response,
              const RequestState& who) const {
    const Log& log = setup().options.log;
    if (!log || !response || response->status == 503 || who.redirect()) return;
    const bool isPage = isForPage(context, readRoutePath(context.request().url));
    logging::write(log, LogLevel::info, describeRejection(context.request(), isPage, response->status, who));
  }

  http::Response rejectUnmet(const RequestState& who) const {
    http::Response response = who.isAuthenticated() && !hideProtected ? forbidden(who) : reject(who);
    const Log& log = setup().options.log;
    if (log) logging::write(log, LogLevel::info, describeRejection(response.status, who));
    return response;
  }

  bool isPublic(const RoutePath& path) const { return publicRoutes.match(path) || signInPage.contains(path); }

  http::Response responseToPage(const RequestContext& context, const RequestState& who) const {
    if (context.publicUrl() == nullptr) {
      context.logUnknownUrl();
      return reject(who);
    }
    const bool areTooMany = context.request().cookies.areTooMany();
    const std::string devBrowser = areTooMany ? std::string() : context.devBrowser();
    const auto url = signInPage.urlFor(*context.publicUrl(), {devBrowser, isPending(who)});
    return url ? redirectTo(*url, who) : reject(who);
  }

  RequestAuthenticator authenticator;
  RoutePatterns publicRoutes;
  RoutePatterns apiRoutes;
  bool hideProtected;
  SignInPage signInPage;
};

class RouteGuard::DeliveredResult : public AsyncAuthentication {
 public:
  using ResultDelivery = http::detail::Delivery<RouteGuardResult>;

  DeliveredResult(std::shared_ptr<const State> state, http::ReceivedRequest request, http::detail::AsyncWait wait,
                  ResultDelivery delivery) noexcept
      : AsyncAuthentication(state->authenticator.state_, std::move(request), std::move(wait)),
        state_(std::move(state)),
        delivery_(std::move(delivery)) {}

 private:
  void conclude(const RequestContext& context, RequestState who) override {
    delivery_.later(transport(), state_->resultOf(context, std::move(who)));
  }

  void fail() noexcept override {
    RouteGuardResult result{http::Response{503, {}, {}}, setup().unexpectedError};
    try {
      result.response = unavailable(result.state);
    } catch (...) {
      // Without memory the bare status must do.
    }
    delivery_.later(transport(), std::move(result));
  }

  const std::shared_ptr<const State> state_;
  const ResultDelivery delivery_;
};

RouteGuard::RouteGuard(RequestAuthenticator authenticator, const RouteGuardOptions& options)
    : state_(std::make_shared<const State>(std::move(authenticator), options)) {}

// Each call keeps the state alive, so that the last copy may be destroyed during the call.

RouteGuardResult RouteGuard::authenticate(const http::RequestView& request, std::optional<Deadline> deadline) const {
  const auto state = state_;
  BlockingResources resources(state->setup(), callDeadline(deadline));
  const RequestContext context(state->setup(), request, resources);
  return state->resultOf(context, detail::authenticate(context));
}

std::optional<RouteGuardResult> RouteGuard::authenticateLocally(const http::RequestView& request) const {
  const auto state = state_;
  KnownResources resources(state->setup(), std::nullopt);
  const RequestContext context(state->setup(), request, resources);
  RequestState who = detail::authenticate(context);
  if (resources.isIncomplete()) return std::nullopt;
  resources.commit();
  return state->resultOf(context, std::move(who));
}

void RouteGuard::authenticateAsync(http::ReceivedRequest request, Callback<RouteGuardResult> done,
                                   const AsyncOptions& options) const {
  const auto state = state_;
  DeliveredResult::ResultDelivery delivery(std::move(done), options.executor);
  std::make_shared<DeliveredResult>(state, std::move(request), waitOf(state->setup(), options), std::move(delivery))
      ->run();
}

std::optional<http::Response> RouteGuard::authorize(const RequestState& state, const Requirement& requirement) const {
  const auto own = state_;
  if (state.auth().has(requirement)) return std::nullopt;
  return own->rejectUnmet(state);
}

Result<void> RouteGuard::refreshKeys(std::optional<Deadline> deadline) const {
  const std::shared_ptr<const State> state = state_;
  return state->authenticator.refreshKeys(deadline);
}

void RouteGuard::refreshKeysAsync(Callback<Result<void>> done, const AsyncOptions& options) const {
  const auto state = state_;
  state->authenticator.refreshKeysAsync(std::move(done), options);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
