#include "demo_routes.hpp"

#include <string>
#include <vector>

#include "common/requests.hpp"
#include "pages.hpp"

namespace guarded_site {
namespace {

std::string cookieOf(const httplib::Request& request, const std::string& name) {
  const std::string cookies = "; " + request.get_header_value("Cookie");
  const std::string start = "; " + name + "=";
  const std::size_t found = cookies.find(start);
  if (found == std::string::npos) return {};
  const std::size_t value = found + start.size();
  return cookies.substr(value, cookies.find(';', value) - value);
}

void redirect(httplib::Response& response, int status, const std::string& url,
              const std::vector<std::string>& cookies = {}) {
  for (const std::string& cookie : cookies) response.set_header("Set-Cookie", cookie);
  response.set_header("Cache-Control", "no-store");
  response.set_redirect(url, status);
}

void answerHandshake(const DemoClerk& clerk, const httplib::Request& request, httplib::Response& response) {
  redirect(response, 307,
           clerk.handshake(request.get_param_value("redirect_url"), cookieOf(request, "__client"),
                           request.get_param_value("__clerk_db_jwt")));
}

/// The buttons lead back to where the visitor came from.
void answerSignInPage(const httplib::Request& request, httplib::Response& response) {
  const std::size_t query = request.target.find('?');
  const std::string suffix = query == std::string::npos ? "" : request.target.substr(query);
  std::string buttons;
  for (const DemoClerk::Person& person : DemoClerk::people()) {
    buttons += button("/demo/sign-in/" + person.id + suffix, person.firstName + " " + person.lastName);
  }
  answerPage(response, 200, "Sign in", "<p>This page stands for Clerk's. Who are you?</p>" + buttons);
}

void act(const DemoClerk& clerk, const httplib::Request& request, httplib::Response& response,
         const std::vector<std::string>& cookies) {
  if (!examples::isFromThisSite(request)) return answerPage(response, 403, "Forbidden", "");
  redirect(response, 303, clerk.checkedReturn(request.get_param_value("redirect_url")), cookies);
}

}  // namespace

void addDemoRoutes(examples::Router& router, const DemoClerk& clerk) {
  using httplib::Request;
  using httplib::Response;
  router.get(std::string(DemoClerk::frontendPath) + "/v1/client/handshake",
             [&](const Request& request, Response& response) { answerHandshake(clerk, request, response); });
  router.get("/sign-in", answerSignInPage);
  for (const DemoClerk::Person& person : DemoClerk::people()) {
    router.post("/demo/sign-in/" + person.id, [&](const Request& request, Response& response) {
      act(clerk, request, response, clerk.signIn(person.id));
    });
    router.post("/demo/expire/" + person.id, [&](const Request& request, Response& response) {
      act(clerk, request, response, clerk.expiredSession(person.id));
    });
  }
  router.post("/demo/sign-out",
              [&](const Request& request, Response& response) { act(clerk, request, response, DemoClerk::signOut()); });
}

}  // namespace guarded_site
