// Reads who asks for what, and where the sign-in page is, as a JSON object a line, and prints where a guard sends them;
// sign_in.mjs lets @clerk/backend do the same.

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "../line_program.hpp"
#include "clerk/publishable_key.hpp"
#include "clerk/sign_in_page.hpp"
#include "http/url.hpp"

namespace {

namespace clerk = liveblocks::clerk;
using nlohmann::json;

json answer(const json& line) {
  clerk::detail::SignInOptions options;
  options.url = line.at("signInUrl");
  if (options.url.empty()) {
    options.url = clerk::detail::accountsPortalOrigin(line.at("frontendApi").get<std::string>()) + "/sign-in";
  }
  options.isDevelopment = line.at("isDevelopment");
  options.isSatellite = line.at("isSatellite");
  const auto request = liveblocks::http::detail::WebUrl::parse(line.at("request").get<std::string>());
  if (!request) return nullptr;
  const auto url =
      clerk::detail::SignInPage(options).urlFor(*request, {line.at("devBrowser"), line.at("isPending").get<bool>()});
  return url ? json(*url) : json();
}

}  // namespace

int main() { return liveblocks_tests::answerLines(answer); }
