/// What Clerk's browser SDK needs of a page's Content-Security-Policy.
#pragma once

#include <string>

#include "common/site.hpp"

namespace examples {

/// Sources to allow beside the page's own. Empty: none.
struct ClerkSources {
  /// For `connect-src`: where browsers reach the Frontend API.
  std::string connect;
  /// For `img-src`: where the pictures of people are.
  std::string image;
  /// For `worker-src`: the timer that keeps the session fresh is a worker made of a blob. Without it the session ends
  /// after a minute, and hardly anything tells.
  std::string worker;
};

/// For the pages of a site at that origin. An instance without a publishable key needs nothing: no page can load the
/// SDK. Throws `std::invalid_argument` for a key or a proxy URL that names no host.
ClerkSources clerkSources(const ClerkConfig& config, const std::string& publicOrigin);

/// Where the Frontend API is by itself: `https://` and the host in the key. Throws `std::invalid_argument` for a key
/// that names no host.
std::string frontendApiUrl(const std::string& publishableKey);

}  // namespace examples
