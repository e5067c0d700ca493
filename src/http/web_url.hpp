/// URLs as browsers and Clerk's SDK read and write them (https://url.spec.whatwg.org), as far as http and https go.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

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
  /// Without the port.
  const std::string& hostname() const noexcept { return hostname_; }
  /// Empty: the scheme's default.
  const std::string& port() const noexcept { return port_; }
  /// Begins with `/`.
  const std::string& path() const noexcept { return path_; }
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
  /// With its `@`; empty when absent.
  std::string userInfo_;
  std::string hostname_;
  std::string port_;
  std::string path_;
  /// With its `?` or `#`; empty when absent.
  std::string query_;
  std::string fragment_;
};

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
