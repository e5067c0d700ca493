#include "local_clerk/local_clerk.hpp"

#include "local_clerk/people.hpp"

namespace local_clerk {
namespace {

namespace testing = liveblocks::testing;

/// Hosts of the two kinds, as Clerk names them.
std::string frontendApiHost(const std::string& name, InstanceKind kind) {
  return kind == InstanceKind::development ? name + "-1.clerk.accounts.dev" : "clerk." + name + ".example";
}

testing::FakeFrontendApiOptions optionsFor(const std::string& publicOrigin, const Settings& settings) {
  testing::FakeFrontendApiOptions options;
  options.pageOrigin = publicOrigin;
  options.path = LocalClerk::frontendPath;
  options.tokenLifetime = settings.tokenLifetime;
  options.signInUrl = LocalClerk::signInPath;
  return options;
}

}  // namespace

LocalClerk::LocalClerk(const std::string& name, const std::string& publicOrigin, const Settings& settings)
    : publicOrigin_(publicOrigin),
      people_(local_clerk::people(publicOrigin)),
      clerk_(std::make_shared<testing::FakeClerk>(testing::ClerkIssuer(frontendApiHost(name, settings.kind)))),
      frontendApi_(clerk_, optionsFor(publicOrigin, settings)) {
  for (const testing::FakeUser& person : people_) clerk_->addUser(person);
}

examples::ClerkConfig LocalClerk::config() const {
  examples::ClerkConfig config;
  config.publishableKey = clerk_->issuer().publishableKey();
  config.secretKey = clerk_->secretKey();
  config.signInUrl = signInPath;
  config.proxyUrl = frontendPath;
  config.imageOrigin.clear();
  config.authorizedParties = {publicOrigin_};
  config.transport = clerk_;
  return config;
}

}  // namespace local_clerk
