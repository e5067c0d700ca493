/// Checks the settings of a Clerk instance.
#pragma once

#include <liveblocks/core/log.hpp>

#include "common/site.hpp"

namespace examples {

/// Throws `std::invalid_argument` for settings with which nobody could sign in. The message says which variable to fix,
/// without its value. At least one key must be set.
///
/// Each key must be of the right kind, and each URL valid: browsers get the publishable key and the URLs, so a secret
/// key must not be in their place. All keys must belong to one instance: this is checked with Clerk, for at most 3 s. A
/// secret key that Clerk rejects is an error. If Clerk does not respond, a warning is logged once.
void checkClerkKeys(const ClerkConfig& config, const liveblocks::Log& log);

}  // namespace examples
