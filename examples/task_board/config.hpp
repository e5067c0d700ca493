/// What the environment tells the server.
#pragma once

#include <string>

#include <liveblocks/secret.hpp>

#include "common/clerk.hpp"

namespace task_board {

struct Config {
  std::string host;
  /// 0: any free one.
  int port = 0;
  std::string databasePath;
  liveblocks::Secret liveblocksSecretKey;
  /// Empty: Liveblocks' own service.
  std::string liveblocksBaseUrl;
  /// Where browsers see the server; empty: where it listens.
  std::string publicOrigin;
  examples::ClerkConfig clerk;
  /// A local issuer signs people in, in the place of Clerk.
  bool demo = false;
};

/// Throws `std::invalid_argument`, saying which variable to set, when they are not enough to start.
Config configFromEnvironment(bool demo);

}  // namespace task_board
