#include "http/url.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/ascii.hpp"
#include "core/pasted_value.hpp"
#include "http/loopback.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

constexpr std::size_t maxUrlLength = 8192;

bool isHostCharacter(char c) noexcept { return ascii::isAlnum(c) || c == '-' || c == '.' || c == '_'; }

bool isValidName(std::string_view host) noexcept {
  return !host.empty() && host.front() != '.' && std::all_of(host.begin(), host.end(), isHostCharacter) &&
         host.find("..") == std::string_view::npos;
}

bool isValidIpv6(std::string_view host) noexcept {
  if (host.size() < 4 || host.front() != '[' || host.back() != ']') return false;
  const std::string_view address = host.substr(1, host.size() - 2);
  return std::all_of(address.begin(), address.end(), [](char c) { return ascii::isAlnum(c) || c == ':' || c == '.'; });
}

bool isValidPort(std::string_view port) noexcept {
  if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), ascii::isDigit)) return false;
  return std::stoi(std::string(port)) <= 65535;
}

bool isPrintableAscii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F' && c != '\\'; });
}

/// Takes `scheme://` off the front.
bool takeScheme(std::string_view& rest, Url& url) noexcept {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!ascii::equalsIgnoringCase(rest.substr(0, scheme.size()), scheme)) continue;
    url.secure = scheme.size() == 8;
    rest.remove_prefix(scheme.size());
    return true;
  }
  return false;
}

bool takeAuthority(std::string_view& rest, Url& url) {
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view authority = rest.substr(0, end);
  rest.remove_prefix(end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.hasUserInfo = true;
    authority.remove_prefix(at + 1);
  }
  const std::size_t colon =
      authority.find(':', authority.find(']') == std::string_view::npos ? 0 : authority.find(']'));
  if (colon != std::string_view::npos) {
    url.port = authority.substr(colon + 1);
    if (!isValidPort(url.port)) return false;
    authority = authority.substr(0, colon);
  }
  url.host = ascii::lower(authority);
  return isValidName(url.host) || isValidIpv6(url.host);
}

}  // namespace

std::string Url::origin() const { return (secure ? "https://" : "http://") + host + (port.empty() ? "" : ":" + port); }

bool Url::isLoopback() const noexcept { return isLoopbackHost(host); }

std::optional<Url> parseUrl(std::string_view text) {
  Url url;
  if (text.size() > maxUrlLength || !isPrintableAscii(text) || !takeScheme(text, url) || !takeAuthority(text, url)) {
    return std::nullopt;
  }
  const std::size_t end = std::min(text.find_first_of("?#"), text.size());
  url.path = text.substr(0, end);
  url.hasQueryOrFragment = end < text.size();
  return url;
}

std::string checkedBaseUrl(std::string_view option, std::string_view text, bool allowInsecureHttp) {
  const auto refuse = [&](const char* reason) { return std::invalid_argument(std::string(option) + " " + reason); };
  const std::optional<Url> url = parseUrl(pasted::read(option, text));
  if (!url) throw refuse("must be an absolute URL that begins with https:// or http://");
  if (url->hasUserInfo) throw refuse("must not hold a user name or password");
  if (url->hasQueryOrFragment) throw refuse("must not hold a query or fragment");
  if (!url->secure && !url->isLoopback() && !allowInsecureHttp) {
    throw refuse("must be https:// unless its host is loopback: a secret key would travel unprotected");
  }
  std::string result = url->origin() + url->path;
  while (result.back() == '/') result.pop_back();
  return result;
}

void refusePathAt(std::string_view vendorHost, std::string_view option, std::string_view url) {
  const auto parsed = parseUrl(url);
  if (!parsed || parsed->host != vendorHost || parsed->path.empty()) return;
  std::string message(option);
  message.append(" must end behind the host, as https://").append(vendorHost);
  throw std::invalid_argument(message.append(": the library puts the version and the path behind it"));
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
