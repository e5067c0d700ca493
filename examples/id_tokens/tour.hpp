/// What the program shows by itself.
#pragma once

#include <liveblocks/liveblocks.hpp>

namespace id_tokens {

/// Makes two private rooms, lets a guest into one of them and out again, gives both rooms new ids, and deletes them.
/// Rooms that were there before are left alone. Throws `std::runtime_error` when something cannot be done.
void showTour(const liveblocks::Liveblocks& liveblocks);

}  // namespace id_tokens
