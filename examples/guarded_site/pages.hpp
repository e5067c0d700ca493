/// HTML, as little of it as does.
#pragma once

#include <httplib.h>

#include <string>
#include <string_view>

#include "common/clerk.hpp"

namespace guarded_site {

/// Text for use in HTML, also in quoted attributes.
std::string escaped(std::string_view text);

std::string link(std::string_view url, std::string_view text);

/// What all pages have around them: the way to the others, and a script that shows who is signed in.
class Frame {
 public:
  /// Tells the script how to load Clerk's browser SDK for that instance.
  explicit Frame(const examples::ClerkConfig& clerk);

  /// `body` is HTML.
  void answer(httplib::Response& response, int status, std::string_view title, std::string_view body) const;

 private:
  std::string head_;
};

}  // namespace guarded_site
