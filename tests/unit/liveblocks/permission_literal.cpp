// Compiled with PERMISSION defined, once with a known scope and once with an unknown one.
#include <liveblocks/permissions.hpp>

constexpr liveblocks::Permission permission{PERMISSION};
