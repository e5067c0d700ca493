#include "pages.hpp"

namespace guarded_site {

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

namespace {

std::string metadata(std::string_view name, std::string_view content) {
  return content.empty() ? "" : "<meta name=" + std::string(name) + " content='" + escaped(content) + "'>";
}

}  // namespace

Frame::Frame(const examples::ClerkConfig& clerk)
    : head_(
          "<meta charset=utf-8><meta name=viewport content='width=device-width, initial-scale=1'>"
          "<meta name=color-scheme content='light dark'>" +
          metadata("clerk-publishable-key", clerk.publishableKey) + metadata("clerk-proxy-url", clerk.proxyUrl) +
          metadata("clerk-sign-in-url", clerk.signInUrl) +
          "<link rel=icon href=/favicon.svg type=image/svg+xml><link rel=stylesheet href=/base.css>"
          "<link rel=stylesheet href=/style.css><script type=module src=/main.js></script>") {}

void Frame::answer(httplib::Response& response, int status, std::string_view title, std::string_view body) const {
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

}  // namespace guarded_site
