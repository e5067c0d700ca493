/// The configuration of the page and its Content-Security-Policy.
#pragma once

#include <string>

#include "config.hpp"

namespace task_board {

/// Returns the public JSON response of `GET /api/config`. All members are optional:
///
/// | member | meaning |
/// |---|---|
/// | `publishableKey` | the key of the Clerk instance whose browser SDK the page loads |
/// | `proxyUrl` | the URL of the Frontend API, if not at its own host |
/// | `signInUrl` | the sign-in page, if not Clerk's account portal |
/// | `baseUrl` | the URL of Liveblocks, if not its service |
std::string pageConfig(const Config& config);

/// Returns a policy that permits scripts, styles and connections of the site, of Liveblocks and of the Clerk instance.
/// Throws `std::invalid_argument` if a URL of the configuration has no valid host.
std::string contentSecurityPolicy(const Config& config);

}  // namespace task_board
