#include "config.hpp"

#include <stdexcept>

#include "common/environment.hpp"
#include "common/program.hpp"

namespace guarded_site {
namespace {

using examples::variable;

void requireClerk(const examples::ClerkConfig& clerk) {
  if (!clerk.publishableKey.empty() && !clerk.secretKey.empty()) return;
  throw std::invalid_argument(
      "no Clerk instance is configured: set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY, or start with --demo for a "
      "local "
      "sign-in");
}

}  // namespace

Config configFromEnvironment(bool demo) {
  Config config;
  config.host = variable("HOST", "127.0.0.1");
  config.port = examples::portVariable();
  if (demo) {
    examples::requireLoopback(config.host);
    return config;
  }
  config.publicOrigin = variable("PUBLIC_ORIGIN");
  config.clerk = examples::clerkFromEnvironment();
  requireClerk(config.clerk);
  return config;
}

}  // namespace guarded_site
