#include "site.hpp"

#include <string>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/json.hpp>

#include "common/guarded.hpp"
#include "common/requests.hpp"
#include "pages.hpp"

namespace guarded_site {
namespace {

namespace clerk = liveblocks::clerk;
using httplib::Request;
using httplib::Response;
using liveblocks::Json;

void answerHome(const Site&, const clerk::RequestState& state, const Request&, Response& response) {
  const std::string who = state.isAuthenticated() ? "You are signed in." : "You are not signed in.";
  answerPage(response, 200, "Guarded site",
             "<p>Everybody may read this page. " + who + "</p><p>" + link("/dashboard", "Dashboard") + "</p>");
}

std::string nameOf(const Site& site, const clerk::Auth& auth) {
  const auto user = site.users.get(auth.userId());
  return user && user->fullName ? *user->fullName : auth.userId();
}

void answerDashboard(const Site& site, const clerk::RequestState& state, const Request&, Response& response) {
  const clerk::Auth& auth = state.auth();
  std::string body = "<p>Welcome, " + escaped(nameOf(site, auth)) + ".</p><p>" + link("/admin", "Administration") +
                     " · " + link("/api/me", "What the API says") + "</p>";
  if (site.demo) {
    body += button("/demo/expire/" + auth.userId(), "Let the session expire") + button("/demo/sign-out", "Sign out");
  }
  answerPage(response, 200, "Dashboard", body);
}

void answerAdmin(const Site& site, const clerk::RequestState& state, const Request& request, Response& response) {
  const auto refusal = site.guard.authorize(state, clerk::Requirement().role("org:admin"));
  if (refusal) return liveblocks::adapters::setResponse(request, response, *refusal);
  answerPage(response, 200, "Administration",
             "<p>Only administrators of " + escaped(state.auth().orgSlug()) + " get here.</p>");
}

void answerMe(const Site&, const clerk::RequestState& state, const Request&, Response& response) {
  const clerk::Auth& auth = state.auth();
  const Json me = Json::object({{"userId", auth.userId()},
                                {"orgId", auth.orgId()},
                                {"orgRole", auth.orgRole()},
                                {"isAdmin", auth.has(clerk::Requirement().role("org:admin"))}});
  response.set_content(me.text(), "application/json");
}

void answerStyle(const Site&, const clerk::RequestState&, const Request&, Response& response) {
  response.set_header("Cache-Control", "no-cache");
  response.set_content(std::string(styleSheet), "text/css");
}

void answerMissing(const Site&, const clerk::RequestState&, const Request&, Response& response) {
  answerPage(response, 404, "Not found", "<p>" + link("/", "To the front page") + "</p>");
}

/// Answers every request, before its body is read: nobody needs one.
void answer(const Site& site, const examples::Router& router, const Request& request, Response& response) {
  if (site.demo && !examples::namesLoopback(request)) {
    examples::answerUnread(response, 421, "misdirected request");
  } else if (!examples::refuseUnread(request, response, false)) {
    router.answer(request, response);
  }
}

}  // namespace

void addSite(httplib::Server& server, examples::Router& router, const Site& site) {
  server.set_default_headers(
      {{"Content-Security-Policy",
        "default-src 'none'; connect-src 'self'; style-src 'self'; img-src data:; form-action 'self'; base-uri "
        "'none'; frame-ancestors 'none'"},
       {"X-Content-Type-Options", "nosniff"},
       // Without a referrer browsers would not name the origin of a form either.
       {"Referrer-Policy", "same-origin"}});
  server.set_pre_routing_handler([&](const Request& request, Response& response) {
    answer(site, router, request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  const auto protect = [&](auto answerTo) {
    return examples::guarded(
        site.guard, [&site, answerTo](const clerk::RequestState& state, const Request& request, Response& response) {
          answerTo(site, state, request, response);
        });
  };
  router.get("/", protect(answerHome));
  router.get("/style.css", protect(answerStyle));
  router.get("/dashboard", protect(answerDashboard));
  router.get("/admin", protect(answerAdmin));
  router.get("/api/me", protect(answerMe));
  // What does not exist is guarded too, so that nobody learns that it does not.
  router.otherwise(protect(answerMissing));
}

}  // namespace guarded_site
