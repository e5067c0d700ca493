/// How the local Clerk behaves.
#pragma once

#include <chrono>

namespace local_clerk {

/// The kind of instance: they differ in how a browser is known to Clerk.
enum class InstanceKind { development, production };

struct Settings {
  InstanceKind kind = InstanceKind::development;
  /// How long a session token is good; the page renews it in time.
  std::chrono::seconds tokenLifetime{60};
};

/// Reads `DEMO_INSTANCE`, `development` or `production`, and `DEMO_TOKEN_SECONDS`, from 6 to 3600. Throws
/// `std::invalid_argument`, saying which variable to mend. Call it while there is one thread.
Settings settingsFromEnvironment();

}  // namespace local_clerk
