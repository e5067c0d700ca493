/// What the environment tells the server.
#pragma once

#include <string>

#include <liveblocks/core/secret.hpp>

#include "common/site.hpp"

namespace task_board {

struct Config {
  examples::SiteConfig site;
  std::string databasePath;
  liveblocks::Secret liveblocksSecretKey;
  /// Empty: Liveblocks' own service.
  std::string liveblocksBaseUrl;
};

/// Throws `std::invalid_argument`, saying which variable to set, when they are not enough to start.
Config configFromEnvironment(bool demo);

}  // namespace task_board
