/// What a run is told on its command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace soak {

/// A defect that a run builds in, to show that it would find it.
enum class Lie {
  none,
  acceptAll,     ///< Callers who are not identified get a token.
  grantMore,     ///< Tokens grant all rooms.
  confuseUsers,  ///< Liveblocks responds with the token of somebody else.
  refuse,        ///< Some callers are told that access cannot be granted, without a reason.
  lose,          ///< Some requests get no response.
  late,          ///< Some responses come after the deadline.
  repeat,        ///< Webhooks are not deduplicated.
  leakMemory,    ///< Each request keeps some memory.
  leakFiles,     ///< Some requests keep a descriptor.
};

struct Options {
  std::chrono::seconds duration{60};
  std::uint32_t seed = 0;
  Lie lie = Lie::none;
};

/// Throws `std::invalid_argument` for anything that is not an option.
Options readOptions(int count, const char* const* arguments);

const char* usage();

/// How much longer than its deadline a call may take until its response is at the client. Sanitizers and a machine with
/// other work slow down the clients, too.
std::chrono::milliseconds margin();

}  // namespace soak
