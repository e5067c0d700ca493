/// What happens to a request at Clerk or Liveblocks.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace soak {

enum class Service { keys, users, tokens };
constexpr std::size_t serviceCount = 3;

enum class Fate {
  prompt,
  slow,  ///< The whole response, but late.
  drip,  ///< The whole response, in pieces.
  status500,
  status503,
  status429,  ///< With `Retry-After`.
  stalled,    ///< No response, and the connection stays open.
  reset,      ///< A TCP reset instead of a response.
  truncated,  ///< The connection ends within the response.
  empty,      ///< The connection ends before the response.
  garbage,    ///< 200, with a page in HTML.
};

/// All but the prompt one.
inline const std::vector<Fate>& badFates() {
  static const std::vector<Fate> fates{Fate::slow,    Fate::drip,  Fate::status500, Fate::status503, Fate::status429,
                                       Fate::stalled, Fate::reset, Fate::truncated, Fate::empty,     Fate::garbage};
  return fates;
}

/// Whether the client gets a whole response.
inline bool isWhole(Fate fate) {
  return fate != Fate::stalled && fate != Fate::reset && fate != Fate::truncated && fate != Fate::empty;
}

/// How many of the requests for a service have a bad fate, and which ones.
struct Weather {
  struct Of {
    unsigned percent = 0;
    std::vector<Fate> fates = badFates();
  };
  std::array<Of, serviceCount> services = {};

  Of& of(Service service) { return services.at(static_cast<std::size_t>(service)); }
  const Of& of(Service service) const { return services.at(static_cast<std::size_t>(service)); }
};

}  // namespace soak
