/// Sources that Clerk's browser SDK needs in a page's Content-Security-Policy.
#pragma once

#include <string>

#include "common/site.hpp"

namespace examples {

/// Sources in addition to those of the page. Empty means none.
struct ClerkSources {
  /// For `connect-src`: the origin of the Frontend API.
  std::string connect;
  /// For `img-src`: the origin of pictures of users.
  std::string image;
  /// For `worker-src`: the timer that renews the session is a worker made of a blob. Without it the session ends after
  /// a minute, almost silently.
  std::string worker;
};

/// Returns the sources for pages of a site at that origin; none without a publishable key, because then no page can
/// load the SDK. Throws `std::invalid_argument` for a key or a proxy URL without a valid host.
ClerkSources clerkSources(const ClerkConfig& config, const std::string& publicOrigin);

/// Returns the URL of the Frontend API: `https://` and the host in the key. Throws `std::invalid_argument` for a key
/// without a valid host.
std::string frontendApiUrl(const std::string& publishableKey);

}  // namespace examples
