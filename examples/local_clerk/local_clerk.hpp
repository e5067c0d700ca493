/// A Clerk instance without Clerk, for trying an example on one's own machine.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

#include "common/clerk.hpp"
#include "local_clerk/people.hpp"
#include "local_clerk/settings.hpp"

namespace local_clerk {

/// To the application it is the Backend API, as a transport; to browsers it is the Frontend API, which the application
/// serves below `frontendPath` by `Routes`. It signs in whoever asks, as one of `people()`. Thread-safe.
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
