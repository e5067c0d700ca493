/// URLs as browsers read them (WHATWG), and base URLs of a configuration.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

#include "core/text.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// `localhost`, names under it, 127.0.0.0/8 and [::1]. `host` is in lower case; IPv6 addresses have their brackets.
inline bool isLoopbackHost(std::string_view host) noexcept {
  constexpr std::string_view suffix = ".localhost";
  if (host == "localhost" || host == "[::1]") return true;
  if (host.size() > suffix.size() && host.substr(host.size() - suffix.size()) == suffix) return true;
  return ascii::startsWith(host, "127.") && std::count(host.begin(), host.end(), '.') == 3 &&
         std::all_of(host.begin(), host.end(), [](char c) { return ascii::isDigit(c) || c == '.'; });
}

/// An absolute URL in its normal form: lower-case host, no default port, no dot segments, escaped where the standard
/// escapes. Stricter than the standard: a host is plain ASCII letters, digits, `-`, `_` and `.`, or an IP address in
/// its usual form; control characters, malformed UTF-8, spaces around the text and more than `maxSize` bytes are not
/// accepted.
class WebUrl {
 public:
  static constexpr std::size_t maxSize = 16384;

  /// nullopt when it is no absolute http(s) URL.
  static std::optional<WebUrl> parse(std::string_view text);
  /// `reference` may be relative to `base`.
  static std::optional<WebUrl> parse(std::string_view reference, const WebUrl& base);

  /// `https://host[:port]`.
  std::string origin() const;
  /// The whole of it.
  std::string href() const;
  const std::string& scheme() const noexcept { return scheme_; }
  bool isSecure() const noexcept { return scheme_ == "https"; }
  /// Whether there is an `@` before the host, even if neither a name nor a password is.
  bool hasUserInfo() const noexcept { return hasUserInfo_; }
  /// Without the port.
  const std::string& hostname() const noexcept { return hostname_; }
  /// Empty: the scheme's default.
  const std::string& port() const noexcept { return port_; }
  /// Begins with `/`.
  const std::string& path() const noexcept { return path_; }
  bool hasQueryOrFragment() const noexcept { return !query_.empty() || !fragment_.empty(); }
  /// Escapes `?` and `#`, and resolves dot segments.
  void setPath(std::string_view path);

  /// @{
  /// The query as `application/x-www-form-urlencoded`, as URLSearchParams does. Changing it writes all of it anew;
  /// deleting what is not there does, too. Of several parameters of a name the first is read, and `set` and `delete`
  /// take all away.
  std::optional<std::string> queryParameter(std::string_view name) const;
  void setQueryParameter(std::string_view name, std::string_view value);
  void appendQueryParameter(std::string_view name, std::string_view value);
  void appendQueryParameters(FormParameters parameters);
  void deleteQueryParameter(std::string_view name);
  /// @}

 private:
  class Parser;

  std::string scheme_;
  bool hasUserInfo_ = false;
  /// With its `@`; empty when absent.
  std::string userInfo_;
  std::string hostname_;
  std::string port_;
  std::string path_;
  /// With its `?` or `#`; empty when absent.
  std::string query_;
  std::string fragment_;
};

/// Parses an absolute URL of a configuration. nullopt for what `WebUrl` does not accept, and for spellings that only
/// browsers understand: a text must begin with `https://` or `http://` and a host, and consist of printable ASCII
/// without backslashes.
std::optional<WebUrl> parseConfiguredUrl(std::string_view text);

/// Checks a configured base URL and returns its normal form without trailing slashes; throws `std::invalid_argument`
/// naming `option` when it is not http(s), carries user info, a query or a fragment, or is plain `http://` to a host
/// that is not loopback without `allowInsecureHttp`.
std::string checkedBaseUrl(std::string_view option, std::string_view text, bool allowInsecureHttp = false);

/// Of a checked base URL: throws `std::invalid_argument` where it has a path on the host of a vendor, whose API knows
/// none but those that the library puts behind the host. Gateways on other hosts may have one.
void refusePathAt(std::string_view vendorHost, std::string_view option, std::string_view url);

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
