#include "site.hpp"

#include <cstddef>
#include <utility>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/core/json.hpp>

namespace guarded_site {
namespace {

namespace adapters = liveblocks::adapters;
namespace clerk = liveblocks::clerk;
using httplib::Request;
using httplib::Response;
using liveblocks::Json;

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

/// Contains the data with which the script loads Clerk's browser SDK.
std::string headOf(const clerk::ClientOptions& options) {
  return "<meta charset=utf-8><meta name=viewport content='width=device-width, initial-scale=1'>"
         "<meta name=color-scheme content='light dark'>" +
         metadata("clerk-publishable-key", options.publishableKey) + metadata("clerk-proxy-url", options.proxyUrl) +
         metadata("clerk-sign-in-url", options.signInUrl) +
         "<link rel=icon href=/favicon.svg type=image/svg+xml><link rel=stylesheet href=/base.css>"
         "<link rel=stylesheet href=/style.css><script type=module src=/main.js></script>";
}

/// New routes are protected unless they are listed here.
clerk::RouteGuardOptions guardOptions() {
  clerk::RouteGuardOptions options;
  options.publicRoutes = {"/", "/base.css", "/favicon.svg", "/main.js", "/style.css"};
  return options;
}

bool isGet(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

bool hasBody(const Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
}

void sendJson(Response& response, int status, const Json& json) {
  response.status = status;
  response.set_content(json.text(), "application/json");
}

void showMe(const clerk::Auth& auth, Response& response) {
  sendJson(response, 200,
           Json::object({{"userId", auth.userId()},
                         {"orgId", auth.orgId()},
                         {"orgRole", auth.orgRole()},
                         {"isAdmin", auth.has(clerk::Requirement().role("org:admin"))}}));
}

/// Sends the file uncompressed. cpp-httplib would compress it for every request, which takes seconds for a bundled
/// script; a proxy can do it once.
void sendFile(const File& file, Response& response) {
  response.set_header("Cache-Control", "no-cache");
  if (file.body.empty()) return response.set_content("", file.contentType);
  // The content of a provider is not compressed.
  response.set_content_provider(file.body.size(), file.contentType,
                                [&file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                  return sink.write(file.body.data() + offset, length);
                                });
}

}  // namespace

Site::Site(const clerk::Client& client, const clerk::ClientOptions& options, std::map<std::string, File> files)
    : guard_(client.routeGuard(guardOptions())),
      users_(client.users()),
      head_(headOf(options)),
      files_(std::move(files)) {}

void Site::respond(const Request& request, Response& response) const {
  if (adapters::refuseAmbiguous(request, response)) return;
  adapters::ignoreRanges(request);
  if (hasBody(request)) return sendJson(response, 400, Json::object({{"error", "no body is expected here"}}));
  const auto [refusal, state] = guard_.authenticate(adapters::requestView(request, {}));
  if (refusal) return adapters::setResponse(request, response, *refusal);
  // Missing pages are guarded, too, so that only signed-in users learn that they do not exist.
  isGet(request) ? show(request.path, state, response) : showMissing(response);
  for (const auto& header : state.headers()) adapters::addHeader(response, header);
  if (!response.has_header("Cache-Control")) response.set_header("Cache-Control", "no-store");
}

/// Compares whole paths: the routes of cpp-httplib are regular expressions, in which a long path could crash the
/// process.
void Site::show(const std::string& path, const State& state, Response& response) const {
  if (path == "/") return showHome(state, response);
  if (path == "/dashboard") return showDashboard(state, response);
  if (path == "/admin") return showAdmin(state, response);
  if (path == "/api/me") return showMe(state.auth(), response);
  const auto file = files_.find(path);
  file == files_.end() ? showMissing(response) : sendFile(file->second, response);
}

void Site::showHome(const State& state, Response& response) const {
  const std::string who =
      state.isAuthenticated() ? "You are signed in." : "You are not signed in. " + link("/dashboard", "Sign in");
  sendPage(response, 200, "Guarded site", "<p>Everybody may read this page. " + who + "</p>");
}

void Site::showDashboard(const State& state, Response& response) const {
  sendPage(response, 200, "Dashboard",
           "<p>Welcome, " + escaped(nameOf(state.auth())) + ".</p><p>" + link("/api/me", "What the API says") + "</p>");
}

void Site::showAdmin(const State& state, Response& response) const {
  const auto refusal = guard_.authorize(state, clerk::Requirement().role("org:admin"));
  const int status = refusal ? refusal->status : 200;
  const std::string who = refusal ? "Only administrators may see this page."
                                  : "Only administrators of " + escaped(state.auth().orgSlug()) + " may see this page.";
  sendPage(response, status, "Administration", "<p>" + who + "</p>");
}

void Site::showMissing(Response& response) const {
  sendPage(response, 404, "Not found", "<p>" + link("/", "To the front page") + "</p>");
}

/// `body` is HTML. All pages have links to the others, and a script that shows who is signed in.
void Site::sendPage(Response& response, int status, std::string_view title, std::string_view body) const {
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

std::string Site::nameOf(const Auth& auth) const {
  const auto user = users_.get(auth.userId());
  return user && user->fullName ? *user->fullName : auth.userId();
}

}  // namespace guarded_site
