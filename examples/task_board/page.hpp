/// What the page is told, and what its browser may load.
#pragma once

#include <string>

#include "config.hpp"

namespace task_board {

/// What `GET /api/config` answers, for everybody: JSON text. Of what a member is missing there is none:
///
/// | member | meaning |
/// |---|---|
/// | `publishableKey` | of the Clerk instance whose browser SDK the page loads |
/// | `proxyUrl` | where the Frontend API is, if not at its own host |
/// | `signInUrl` | where people sign in, if not at Clerk's account portal |
/// | `baseUrl` | where Liveblocks is, if it is not its own service |
std::string pageConfig(const Config& config);

/// Scripts, styles and connections of our own, of Liveblocks and of the Clerk instance, and nothing else.
/// Throws `std::invalid_argument` where a URL of the configuration names no host.
std::string contentSecurityPolicy(const Config& config);

}  // namespace task_board
