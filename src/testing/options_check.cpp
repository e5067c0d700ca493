#include "testing/options_check.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/ascii.hpp"
#include "testing/admission.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

using std::chrono::seconds;

constexpr seconds longest = std::chrono::hours(24 * 365 * 10);

/// In lower case, and without the scheme's own port: as browsers write it.
bool isOrigin(std::string_view text, std::string_view scheme, std::string_view ownPort) {
  const std::string_view authority = text.substr(std::min(scheme.size(), text.size()));
  return ascii::startsWith(text, scheme) && isLoopbackAuthority(authority) && ascii::lower(authority) == authority &&
         !ascii::endsWith(authority, ownPort);
}

bool isPathCharacter(char c) { return ascii::isAlnum(c) || c == '-' || c == '_' || c == '.' || c == '/'; }

bool isPath(std::string_view text) {
  return text.size() > 1 && text.front() == '/' && text.back() != '/' && text.find("//") == std::string_view::npos &&
         text.find("/.") == std::string_view::npos && std::all_of(text.begin(), text.end(), isPathCharacter);
}

bool isPage(std::string_view text) {
  const bool isSafe = std::all_of(text.begin(), text.end(), [](char c) { return c != ' ' && ascii::isPrintable(c); });
  const bool isLocal = ascii::startsWith(text, "/") && !ascii::startsWith(text, "//");
  return isSafe && (isLocal || ascii::startsWith(text, "http://") || ascii::startsWith(text, "https://"));
}

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

}  // namespace

void checkOptions(const FakeFrontendApiOptions& options) {
  require(isOrigin(options.pageOrigin, "http://", ":80") || isOrigin(options.pageOrigin, "https://", ":443"),
          "pageOrigin must be an origin on loopback as browsers send it, such as http://127.0.0.1:3000");
  require(isPath(options.path), "path must be a plain path without a slash at its end, such as /__clerk");
  for (const seconds lifetime : {options.tokenLifetime, options.sessionLifetime, options.ticketLifetime}) {
    require(lifetime >= seconds(1) && lifetime <= longest,
            "a lifetime must be a second at least, and ten years at most");
  }
  require(options.signInUrl.empty() || isPage(options.signInUrl),
          "signInUrl must be a path that begins with a slash, or an absolute http(s) URL");
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
