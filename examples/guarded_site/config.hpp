/// What the environment tells the site.
#pragma once

#include <string>

#include "common/clerk.hpp"

namespace guarded_site {

struct Config {
  std::string host;
  /// 0: any free one.
  int port = 0;
  /// Where browsers see the site; empty: where it listens.
  std::string publicOrigin;
  examples::ClerkConfig clerk;
};

/// Throws `std::invalid_argument`, saying which variable to set, when they are not enough to start. In the demo Clerk's
/// are not read.
Config configFromEnvironment(bool demo);

}  // namespace guarded_site
