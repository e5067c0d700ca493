/// The configuration of the server.
#pragma once

#include <string>

#include <liveblocks/core/secret.hpp>

#include "common/site.hpp"

namespace task_board {

struct Config {
  examples::SiteConfig site;
  std::string databasePath;
  liveblocks::Secret liveblocksSecretKey;
  /// Empty for the Liveblocks service.
  std::string liveblocksBaseUrl;
};

/// Throws `std::invalid_argument` with a message that says which variable to set.
Config configFromEnvironment(bool demo);

}  // namespace task_board
