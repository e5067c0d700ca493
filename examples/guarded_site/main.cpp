/// Pages and an API for users who are signed in with Clerk, and a public front page.
#include <httplib.h>

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/sdk.hpp>

#include "common/clerk_keys_check.hpp"
#include "common/clerk_sources.hpp"
#include "common/content_security_policy.hpp"
#include "common/guarded.hpp"
#include "common/program.hpp"
#include "common/requests.hpp"
#include "common/router.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "common/static_files.hpp"
#include "local_clerk/local_clerk.hpp"
#include "local_clerk/routes.hpp"

namespace guarded_site {
namespace {

namespace clerk = liveblocks::clerk;
using httplib::Request;
using httplib::Response;
using liveblocks::Json;

constexpr const char* programName = "guarded_site";

/// Escapes text for HTML, also for quoted attributes.
std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string link(std::string_view url, std::string_view text) {
  return "<a href='" + escaped(url) + "'>" + escaped(text) + "</a>";
}

std::string metadata(std::string_view name, std::string_view content) {
  return content.empty() ? "" : "<meta name=" + std::string(name) + " content='" + escaped(content) + "'>";
}

/// The common parts of all pages: links to the others, and a script that shows who is signed in.
class Frame {
 public:
  /// Tells the script how to load Clerk's browser SDK for that instance.
  explicit Frame(const clerk::ClientOptions& options)
      : head_(
            "<meta charset=utf-8><meta name=viewport content='width=device-width, initial-scale=1'>"
            "<meta name=color-scheme content='light dark'>" +
            metadata("clerk-publishable-key", options.publishableKey) + metadata("clerk-proxy-url", options.proxyUrl) +
            metadata("clerk-sign-in-url", options.signInUrl) +
            "<link rel=icon href=/favicon.svg type=image/svg+xml><link rel=stylesheet href=/base.css>"
            "<link rel=stylesheet href=/style.css><script type=module src=/main.js></script>") {}

  /// `body` is HTML.
  void answer(httplib::Response& response, int status, std::string_view title, std::string_view body) const {
    const std::string heading = escaped(title);
    response.status = status;
    response.set_content("<!doctype html><html lang=en><head><title>" + heading + "</title>" + head_ +
                             "</head><body><header><nav aria-label=Pages>" + link("/", "Guarded site") +
                             link("/dashboard", "Dashboard") + link("/admin", "Administration") +
                             "</nav><div id=account><noscript>Signing out needs JavaScript.</noscript></div></header>"
                             "<main><h1>" +
                             heading + "</h1>" + std::string(body) + "</main></body></html>",
                         "text/html; charset=utf-8");
  }

 private:
  std::string head_;
};

/// Everything that the pages need. Immutable when the server runs.
struct Site {
  clerk::RouteGuard guard;
  clerk::Users users;
  Frame frame;
  /// Scripts and styles.
  examples::StaticFiles files;
  examples::ClerkSources sources;
  /// Only in the demo, otherwise null.
  const local_clerk::Routes* localClerk = nullptr;
};

void answerHome(const Site& site, const clerk::RequestState& state, const Request&, Response& response) {
  const std::string who =
      state.isAuthenticated() ? "You are signed in." : "You are not signed in. " + link("/dashboard", "Sign in");
  site.frame.answer(response, 200, "Guarded site", "<p>Everybody may read this page. " + who + "</p>");
}

std::string nameOf(const Site& site, const clerk::Auth& auth) {
  const auto user = site.users.get(auth.userId());
  return user && user->fullName ? *user->fullName : auth.userId();
}

void answerDashboard(const Site& site, const clerk::RequestState& state, const Request&, Response& response) {
  site.frame.answer(response, 200, "Dashboard",
                    "<p>Welcome, " + escaped(nameOf(site, state.auth())) + ".</p><p>" +
                        link("/api/me", "What the API says") + "</p>");
}

void answerAdmin(const Site& site, const clerk::RequestState& state, const Request&, Response& response) {
  const auto refusal = site.guard.authorize(state, clerk::Requirement().role("org:admin"));
  const int status = refusal ? refusal->status : 200;
  const std::string who = refusal ? "Only administrators get here, and you are none."
                                  : "Only administrators of " + escaped(state.auth().orgSlug()) + " get here.";
  site.frame.answer(response, status, "Administration", "<p>" + who + "</p>");
}

void answerMe(const Site&, const clerk::RequestState& state, const Request&, Response& response) {
  const clerk::Auth& auth = state.auth();
  const Json me = Json::object({{"userId", auth.userId()},
                                {"orgId", auth.orgId()},
                                {"orgRole", auth.orgRole()},
                                {"isAdmin", auth.has(clerk::Requirement().role("org:admin"))}});
  response.set_content(me.text(), "application/json");
}

void answerMissing(const Site& site, const clerk::RequestState&, const Request&, Response& response) {
  site.frame.answer(response, 404, "Not found", "<p>" + link("/", "To the front page") + "</p>");
}

std::string contentSecurityPolicy(const examples::ClerkSources& clerk) {
  return examples::contentSecurityPolicy({{"worker-src", {clerk.worker}},
                                          {"connect-src", {"'self'", clerk.connect}},
                                          {"style-src", {"'self'"}},
                                          {"img-src", {"'self'", clerk.image}}});
}

/// Handles every request before its body is read: only the demo's Clerk needs bodies.
httplib::Server::HandlerResponse answer(const Site& site, const examples::Router& router, const Request& request,
                                        Response& response) {
  if (site.localClerk != nullptr) {
    if (const auto handled = site.localClerk->answer(request, response)) return *handled;
  }
  if (!examples::refuseUnread(request, response, false)) router.answer(request, response);
  return httplib::Server::HandlerResponse::Handled;
}

/// Serves the pages by `router`. `router` and `site` must outlive the server.
void addSite(httplib::Server& server, examples::Router& router, const Site& site) {
  server.set_default_headers({{"Content-Security-Policy", contentSecurityPolicy(site.sources)},
                              {"X-Content-Type-Options", "nosniff"},
                              {"Referrer-Policy", "no-referrer"}});
  server.set_pre_routing_handler(
      [&](const Request& request, Response& response) { return answer(site, router, request, response); });
  const auto protect = [&](auto answerTo) {
    return examples::guarded(
        site.guard, [&site, answerTo](const clerk::RequestState& state, const Request& request, Response& response) {
          answerTo(site, state, request, response);
        });
  };
  router.get("/", protect(answerHome));
  router.get("/dashboard", protect(answerDashboard));
  router.get("/admin", protect(answerAdmin));
  router.get("/api/me", protect(answerMe));
  for (const auto& [path, file] : site.files) {
    const auto answerWith = [&file = file](const Site&, const clerk::RequestState&, const Request&,
                                           Response& response) { examples::answerFile(file, response); };
    router.get(path, protect(answerWith));
  }
  // What does not exist is guarded too, so that nobody learns that it does not.
  router.otherwise(protect(answerMissing));
}

Site makeSite(const examples::SiteConfig& config) {
  const liveblocks::Log log = examples::logOf(programName);
  clerk::RouteGuardOptions routes;
  routes.publicRoutes = {"/", "/base.css", "/favicon.svg", "/main.js", "/style.css"};
  const clerk::Client client = examples::makeClient(config, log);
  return {client.routeGuard(routes), client.users(), Frame(config.clerk.options),
          examples::readStaticFiles(EXAMPLE_PAGE), examples::clerkSources(config.clerk, config.publicOrigin)};
}

void run(bool demo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  examples::SiteConfig config = examples::siteFromEnvironment(demo);
  if (!demo) {
    examples::requireInstance(config.clerk);
    examples::checkClerkKeys(config.clerk, examples::logOf(programName));
  }
  examples::Server server(programName);
  const std::string url = examples::bind(server, config);

  std::optional<local_clerk::LocalClerk> localClerk;
  std::optional<local_clerk::Routes> localRoutes;
  if (demo) {
    localClerk.emplace("guarded-site", config.publicOrigin, local_clerk::settingsFromEnvironment());
    localRoutes.emplace(server, *localClerk);
    config.clerk = localClerk->config();
    examples::announceDemo();
  }
  Site site = makeSite(config);
  if (localRoutes) site.localClerk = &*localRoutes;
  examples::Router router;
  addSite(server, router, site);
  examples::serve(server, stopSignals, url, config.publicOrigin);
}

}  // namespace
}  // namespace guarded_site

int main(int count, char** arguments) {
  return examples::runProgram(guarded_site::programName, count, arguments, guarded_site::run);
}
