#include "pages.hpp"

namespace guarded_site {

const std::string_view styleSheet = R"(:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 36rem; margin: 4rem auto; padding: 0 1rem }
form { display: inline-block; margin: 0 .5rem .5rem 0 }
button { font: inherit; padding: .4rem .9rem }
)";

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

std::string button(std::string_view url, std::string_view text) {
  return "<form method=post action='" + escaped(url) + "'><button>" + escaped(text) + "</button></form>";
}

void answerPage(httplib::Response& response, int status, std::string_view title, std::string_view body) {
  const std::string heading = escaped(title);
  response.status = status;
  response.set_content("<!doctype html><html lang=en><meta charset=utf-8><title>" + heading +
                           "</title><meta name=viewport content='width=device-width'>"
                           "<link rel=stylesheet href='/style.css'><link rel=icon href='data:,'><h1>" +
                           heading + "</h1>" + std::string(body) + "</html>",
                       "text/html; charset=utf-8");
}

}  // namespace guarded_site
