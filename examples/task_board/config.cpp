#include "config.hpp"

#include <stdexcept>

#include <liveblocks/liveblocks.hpp>

#include "common/environment.hpp"

namespace task_board {
namespace {

using examples::pastedVariable;
using examples::variable;

void requireClerk(const examples::ClerkConfig& clerk) {
  if (!clerk.options.jwtKey.empty() || !clerk.options.secretKey.empty() || !clerk.options.publishableKey.empty())
    return;
  throw std::invalid_argument(
      "no Clerk instance is configured: set CLERK_JWT_KEY, CLERK_SECRET_KEY or CLERK_PUBLISHABLE_KEY, or start with "
      "--demo for a local Clerk");
}

/// Keys of both vendors may begin alike, so this is all that can be checked.
void checkLiveblocksKey(const Config& config) {
  examples::checkVariable("LIVEBLOCKS_SECRET_KEY", [&] {
    if (config.liveblocksSecretKey.empty()) {
      throw std::invalid_argument("it is not set: take the secret key of the Liveblocks project");
    }
    const liveblocks::Liveblocks checked({config.liveblocksSecretKey});
    if (config.liveblocksSecretKey.reveal() != config.site.clerk.options.secretKey.reveal()) return;
    throw std::invalid_argument("this is CLERK_SECRET_KEY: take the secret key of the Liveblocks project");
  });
}

}  // namespace

Config configFromEnvironment(bool demo) {
  Config config;
  config.site = examples::siteFromEnvironment(demo);
  if (!demo) requireClerk(config.site.clerk);
  config.databasePath = variable("DATABASE_PATH", "task_board.db");
  config.liveblocksSecretKey = pastedVariable("LIVEBLOCKS_SECRET_KEY");
  checkLiveblocksKey(config);
  config.liveblocksBaseUrl = pastedVariable("LIVEBLOCKS_BASE_URL");
  return config;
}

}  // namespace task_board
