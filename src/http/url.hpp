/// The parts of an absolute http(s) URL (RFC 3986) that the library decides on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

struct Url {
  bool secure = true;
  /// Lower-case; IPv6 addresses keep their brackets.
  std::string host;
  /// Empty: the scheme's default.
  std::string port;
  /// Begins with `/`, or is empty.
  std::string path;
  bool hasUserInfo = false;
  bool hasQueryOrFragment = false;

  /// `https://host[:port]`.
  std::string origin() const;
  /// `localhost`, names under it, 127.0.0.0/8 and [::1].
  bool isLoopback() const noexcept;
};

/// nullopt unless `text` is a well-formed absolute `http://` or `https://` URL without white space or control
/// characters.
std::optional<Url> parseUrl(std::string_view text);

/// Checks a configured base URL and returns it without trailing slashes and what was pasted around it; throws
/// `std::invalid_argument` naming `option` when it is not http(s), carries user info, a query or a fragment, or is
/// plain `http://` to a host that is not loopback without `allowInsecureHttp`.
std::string checkedBaseUrl(std::string_view option, std::string_view text, bool allowInsecureHttp = false);

/// Of a checked base URL: throws `std::invalid_argument` where it has a path on the host of a vendor, whose API knows
/// none but those that the library puts behind the host. Gateways on other hosts may have one.
void refusePathAt(std::string_view vendorHost, std::string_view option, std::string_view url);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
