#include "local_clerk/local_clerk.hpp"

#include <charconv>
#include <stdexcept>
#include <string>

#include "common/environment.hpp"

namespace local_clerk {
namespace {

namespace testing = liveblocks::testing;

/// Returns a host like those of the two kinds of instances.
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

// Clerk's browser SDK does not reuse a token that expires within 5 s.
constexpr int minTokenSeconds = 6;
constexpr int maxTokenSeconds = 3600;

InstanceKind kindFrom(const std::string& text) {
  if (text == "development") return InstanceKind::development;
  if (text == "production") return InstanceKind::production;
  throw std::invalid_argument("DEMO_INSTANCE must be development or production");
}

std::chrono::seconds lifetimeFrom(const std::string& text) {
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool isNumber = error == std::errc{} && end == text.data() + text.size();
  if (isNumber && seconds >= minTokenSeconds && seconds <= maxTokenSeconds) return std::chrono::seconds(seconds);
  throw std::invalid_argument("DEMO_TOKEN_SECONDS must be a number from " + std::to_string(minTokenSeconds) + " to " +
                              std::to_string(maxTokenSeconds));
}

/// Their pictures are served by the site at that origin.
std::vector<testing::FakeUser> makePeople(const std::string& publicOrigin) {
  testing::FakeUser ada;
  ada.id = "user_ada";
  ada.firstName = "Ada";
  ada.lastName = "Lovelace";
  ada.imageUrl = publicOrigin + "/sign-in/avatars/ada.svg";
  ada.memberships = {{"org_acme", "org:admin", "acme", "Acme", {}},
                     {"org_analytical", "org:member", "analytical", "Analytical Society", {}}};

  testing::FakeUser grace;
  grace.id = "user_grace";
  grace.firstName = "Grace";
  grace.lastName = "Hopper";
  grace.imageUrl = publicOrigin + "/sign-in/avatars/grace.svg";
  grace.memberships = {{"org_acme", "org:member", "acme", "Acme", {}}};

  return {ada, grace};
}

}  // namespace

Settings settingsFromEnvironment() {
  Settings settings;
  settings.kind = kindFrom(examples::variable("DEMO_INSTANCE", "development"));
  settings.tokenLifetime = lifetimeFrom(examples::variable("DEMO_TOKEN_SECONDS", "60"));
  return settings;
}

LocalClerk::LocalClerk(const std::string& name, const std::string& publicOrigin, const Settings& settings)
    : publicOrigin_(publicOrigin),
      people_(makePeople(publicOrigin)),
      clerk_(std::make_shared<testing::FakeClerk>(testing::ClerkIssuer(frontendApiHost(name, settings.kind)))),
      frontendApi_(clerk_, optionsFor(publicOrigin, settings)) {
  for (const testing::FakeUser& person : people_) clerk_->addUser(person);
}

examples::ClerkConfig LocalClerk::config() const {
  examples::ClerkConfig config;
  config.options.publishableKey = clerk_->issuer().publishableKey();
  config.options.secretKey = clerk_->secretKey();
  config.options.signInUrl = signInPath;
  config.options.proxyUrl = frontendPath;
  config.imageOrigin.clear();
  config.options.authorizedParties = {publicOrigin_};
  config.transport = clerk_;
  return config;
}

}  // namespace local_clerk
