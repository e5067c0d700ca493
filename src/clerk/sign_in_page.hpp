/// The page that users without a session are redirected to.
#pragma once

#include <optional>
#include <string>

#include <liveblocks/core/version.hpp>

#include "clerk/route_path.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// Options of `SignInPage`.
struct SignInOptions {
  /// An absolute URL, or a path of the application; empty if there is no page.
  std::string url = {};
  bool isDevelopment = false;
  bool isSatellite = false;
  bool caseSensitive = true;
  /// The configured origin of the application, or empty. An absolute `url` belongs to the application only if it has
  /// this origin, whatever host a request names.
  std::string publicOrigin = {};
};

/// The visitor to redirect.
struct Visitor {
  /// The token of the browser in a development instance; empty if there is none.
  std::string devBrowser = {};
  /// Whether the session is pending: tasks remain.
  bool isPending = false;
};

/// https://clerk.com/docs/guides/development/customize-redirect-urls
class SignInPage {
 public:
  explicit SignInPage(SignInOptions options);

  /// Whether the application serves the page, and the path is that of the page or below it.
  bool contains(const RoutePath& path) const;

  /// The URL of the page, with the way back to `requestUrl`; nullopt if there is no page, or if the request is for it.
  std::optional<std::string> urlFor(const http::detail::WebUrl& requestUrl, const Visitor& visitor) const;

 private:
  bool isOfApplication() const;
  std::optional<http::detail::WebUrl> resolve(const http::detail::WebUrl& requestUrl) const;

  SignInOptions options_;
  /// nullopt if the page is a path of the application, or if there is none.
  std::optional<http::detail::WebUrl> absolute_;
  /// The path without a trailing slash; nullopt if it cannot be compared, or if the application does not serve it.
  std::optional<std::u16string> path_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
