#include "site.hpp"

#include <string>

#include <liveblocks/core/json.hpp>

#include "common/content_security_policy.hpp"
#include "common/guarded.hpp"
#include "common/requests.hpp"

namespace guarded_site {
namespace {

namespace clerk = liveblocks::clerk;
using httplib::Request;
using httplib::Response;
using liveblocks::Json;

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

/// Answers every request before its body is read: nobody needs one, but for the demo's Clerk.
httplib::Server::HandlerResponse answer(const Site& site, const examples::Router& router, const Request& request,
                                        Response& response) {
  if (site.localClerk != nullptr) {
    if (const auto handled = site.localClerk->answer(request, response)) return *handled;
  }
  if (!examples::refuseUnread(request, response, false)) router.answer(request, response);
  return httplib::Server::HandlerResponse::Handled;
}

}  // namespace

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

}  // namespace guarded_site
