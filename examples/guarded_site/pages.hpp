/// HTML, as little of it as does.
#pragma once

#include <httplib.h>

#include <string>
#include <string_view>

namespace guarded_site {

/// Text for use in HTML, also in quoted attributes.
std::string escaped(std::string_view text);

std::string link(std::string_view url, std::string_view text);

/// Posts to the URL, without a body.
std::string button(std::string_view url, std::string_view text);

/// `body` is HTML.
void answerPage(httplib::Response& response, int status, std::string_view title, std::string_view body);

/// Of all pages.
extern const std::string_view styleSheet;

}  // namespace guarded_site
