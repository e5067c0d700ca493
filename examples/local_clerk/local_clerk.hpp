/// A Clerk instance without Clerk, for trying an example on one's own machine.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

#include "common/site.hpp"

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

/// To the application it is the Backend API, as a transport; to browsers it is the Frontend API, which the application
/// serves below `frontendPath` by `Routes`. It signs in whoever asks, as one of its `people()`. Thread-safe.
class LocalClerk {
 public:
  static constexpr std::string_view frontendPath = "/__clerk";
  static constexpr std::string_view signInPath = "/sign-in";

  /// For the site at that origin. The name, in the form of a DNS label, tells the instances of several sites apart.
  LocalClerk(const std::string& name, const std::string& publicOrigin, const Settings& settings);

  /// What makes the application take it for Clerk.
  examples::ClerkConfig config() const;

  const std::vector<liveblocks::testing::FakeUser>& people() const noexcept { return people_; }
  const std::string& publicOrigin() const noexcept { return publicOrigin_; }
  liveblocks::testing::FakeFrontendApi& frontendApi() noexcept { return frontendApi_; }

 private:
  std::string publicOrigin_;
  std::vector<liveblocks::testing::FakeUser> people_;
  std::shared_ptr<liveblocks::testing::FakeClerk> clerk_;
  liveblocks::testing::FakeFrontendApi frontendApi_;
};

}  // namespace local_clerk
