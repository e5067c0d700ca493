/// Whether the settings of a Clerk instance can be right, and its keys belong together.
#pragma once

#include <liveblocks/core/log.hpp>

#include "common/site.hpp"

namespace examples {

/// Refuses settings with which nobody could sign in, before anybody tries: throws `std::invalid_argument`, which says
/// which variable to mend and nothing of what is in it. At least one key must be there; others are not missed.
///
/// Each must be a key of its kind, and each URL one, or a path of the site where that may be: browsers are told the
/// publishable key and where to go, so a secret key in their place must go no further. All keys must be of one
/// instance: Clerk is asked, for at most 3 s, which keys that of either signs with. It refuses a secret key that Clerk
/// refuses, but not for Clerk being away: then `log` is warned, once.
void checkClerkKeys(const ClerkConfig& config, const liveblocks::Log& log);

}  // namespace examples
