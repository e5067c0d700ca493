/// The session that is authorized: a user as applications describe them, with one pattern of rooms.
#pragma once

#include <string>

#include <liveblocks/liveblocks.hpp>

namespace liveblocks_bench {

/// With a name, a picture and a colour.
liveblocks::Session makeSession(const liveblocks::Liveblocks& client);

/// The body of the same request, as a program without the library makes it.
std::string makeBody();

}  // namespace liveblocks_bench
