/// What the environment tells the server.
#pragma once

#include <string>
#include <vector>

#include <liveblocks/secret.hpp>

namespace task_board {

struct Config {
  std::string host;
  /// 0: any free one.
  int port = 0;
  std::string databasePath;
  liveblocks::Secret liveblocksSecretKey;
  /// Empty: Liveblocks' own service.
  std::string liveblocksBaseUrl;
  std::string clerkJwtKey;
  liveblocks::Secret clerkSecretKey;
  std::string clerkPublishableKey;
  std::string clerkApiUrl;
  std::vector<std::string> clerkAuthorizedParties;
  /// A local issuer signs people in, in the place of Clerk.
  bool demo = false;
};

/// Throws `std::invalid_argument`, saying which variable to set, when they are not enough to start.
Config configFromEnvironment(bool demo);

}  // namespace task_board
