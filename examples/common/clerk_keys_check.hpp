/// Whether the keys of a Clerk instance belong together.
#pragma once

#include <liveblocks/log.hpp>

#include "common/clerk.hpp"

namespace examples {

/// Refuses keys with which nobody could sign in, before anybody tries: throws `std::invalid_argument`, which says which
/// variable to mend and nothing of what is in it. One that is empty is not missed.
///
/// Each must be a key of its kind: browsers are told the publishable key, so a secret one in its place must go no
/// further. All must be of one instance: Clerk is asked, for at most 3 s, which keys that of either signs with. It
/// refuses a secret key that Clerk refuses, but not for Clerk being away: then `log` is warned, once.
void checkClerkKeys(const ClerkConfig& config, const liveblocks::Log& log);

}  // namespace examples
