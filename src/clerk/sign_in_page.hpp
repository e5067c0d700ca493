/// Where people without a session are sent.
#pragma once

#include <optional>
#include <string>

#include <liveblocks/core/version.hpp>

#include "clerk/route_path.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

struct SignInOptions {
  /// Absolute, or a path of the application; empty: there is none.
  std::string url = {};
  bool isDevelopment = false;
  bool isSatellite = false;
  bool caseSensitive = true;
  /// The application's own, if it is configured. An absolute `url` is of the application only when it has this origin,
  /// whatever host a request claims to be for.
  std::string publicOrigin = {};
};

/// Who is to be sent there.
struct Visitor {
  /// Of a development instance; empty when there is none.
  std::string devBrowser = {};
  /// Signed in, with something left to do.
  bool isPending = false;
};

/// https://clerk.com/docs/guides/development/customize-redirect-urls
class SignInPage {
 public:
  explicit SignInPage(SignInOptions options);

  /// Whether the path is that of the page or below it, and the page is one of the application.
  bool holds(const RoutePath& path) const;

  /// The way there, and from there to `requestUrl`; nullopt when there is none, or when that is the page itself.
  std::optional<std::string> urlFor(const http::WebUrl& requestUrl, const Visitor& visitor) const;

 private:
  bool isOfApplication() const;
  std::optional<http::WebUrl> resolve(const http::WebUrl& requestUrl) const;

  SignInOptions options_;
  /// nullopt: a path of the application, or nothing.
  std::optional<http::WebUrl> absolute_;
  /// Without a slash at its end; nullopt when it is none that can be compared, or not the application's.
  std::optional<std::u16string> path_;
};

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
