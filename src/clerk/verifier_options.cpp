#include "clerk/verifier_options.hpp"

#include <algorithm>
#include <stdexcept>

#include "ascii.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using std::chrono::seconds;

constexpr seconds maxSkew{300};
/// Ages are added to the clock's time, which must not overflow.
constexpr seconds maxAge = std::chrono::hours(24 * 365);

bool isUpper(char c) noexcept { return c >= 'A' && c <= 'Z'; }

bool isPrintable(char c) noexcept { return c > ' ' && c < '\x7F'; }

bool endsWith(std::string_view text, std::string_view end) noexcept {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Why browsers never send such an `Origin`; null when they may. Schemes of their own, such as `chrome-extension`, are
/// fine.
const char* problemOfOrigin(std::string_view text) {
  if (text.empty()) return "is empty";
  if (!std::all_of(text.begin(), text.end(), isPrintable)) return "holds white space or characters outside ASCII";
  if (text.find(',') != std::string_view::npos) return "is a list: give each origin as an entry of its own";
  if (text.find('*') != std::string_view::npos) return "is a pattern: origins are compared exactly";
  if (std::any_of(text.begin(), text.end(), isUpper)) return "must be in lower case, as browsers send it";
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0) return "has no scheme: write https://<host>";
  const std::string_view host = text.substr(colon + 3);
  if (host.empty()) return "has no host";
  if (host.find_first_of("/?#") != std::string_view::npos) {
    return "must end behind the host and port: no slash, path or query";
  }
  const bool secure = ascii::startsWith(text, "https://");
  if (!secure && !ascii::startsWith(text, "http://")) return nullptr;
  if (endsWith(host, secure ? ":443" : ":80")) return "names the default port, which browsers leave out";
  const auto url = http::parseUrl(text);
  return url && !url->hasUserInfo ? nullptr : "is no origin";
}

void checkAges(const KeyCacheOptions& ages) {
  if (ages.softAge <= seconds(0) || ages.hardAge < ages.softAge || ages.staleIfError < ages.hardAge ||
      ages.staleIfError > maxAge) {
    throw std::invalid_argument("keyCache needs 0 < softAge <= hardAge <= staleIfError <= 1 year");
  }
  if (ages.cooldown < seconds(0) || ages.cooldown > maxAge) {
    throw std::invalid_argument("keyCache.cooldown must lie between 0 and 1 year");
  }
}

}  // namespace

void checkOptions(const VerifierOptions& options) {
  for (const std::string& party : options.authorizedParties) {
    if (const char* problem = problemOfOrigin(party)) {
      throw std::invalid_argument("the entry \"" + party + "\" of authorizedParties " + problem);
    }
  }
  for (const std::string& audience : options.audience) {
    if (audience.empty()) throw std::invalid_argument("audience holds an empty entry");
  }
  if (options.clockSkew < seconds(0) || options.clockSkew > maxSkew) {
    throw std::invalid_argument("clockSkew must lie between 0 and 300 s");
  }
  checkAges(options.keyCache);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
