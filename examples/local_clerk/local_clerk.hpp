/// A local Clerk instance for trying the examples.
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

/// The kinds of instances differ in how they identify browsers.
enum class InstanceKind { development, production };

struct Settings {
  InstanceKind kind = InstanceKind::development;
  /// The lifetime of a session token; the page renews it in time.
  std::chrono::seconds tokenLifetime{60};
};

/// Reads `DEMO_INSTANCE`, `development` or `production`, and `DEMO_TOKEN_SECONDS`, from 6 to 3600. Throws
/// `std::invalid_argument`, with a message that says which variable to fix. Call it while there is only one thread.
Settings settingsFromEnvironment();

/// For the application it is the Backend API, as a transport; for browsers it is the Frontend API, which the
/// application serves below `frontendPath` with `Routes`. It signs in anybody as one of its `people()`. Thread-safe.
class LocalClerk {
 public:
  static constexpr std::string_view frontendPath = "/__clerk";
  static constexpr std::string_view signInPath = "/sign-in";

  /// The instance of the site at that origin. The name, a DNS label, distinguishes the instances of several sites.
  LocalClerk(const std::string& name, const std::string& publicOrigin, const Settings& settings);

  /// The configuration with which the application uses it as Clerk.
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
