/// The `authUrl` of an Ably client whose users sign in with Clerk.
#include <iostream>
#include <string>

#include <liveblocks/sdk.hpp>

#include "common/clerk.hpp"
#include "common/environment.hpp"
#include "common/program.hpp"
#include "common/router.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "demo.hpp"
#include "endpoint.hpp"

namespace ably_endpoint {
namespace {

namespace clerk = liveblocks::clerk;

constexpr const char* programName = "ably_endpoint";
/// Ably knows no such key; it signs what a stand-in for Ably may check.
constexpr const char* demoKey = "demoApp.demoKey:not-a-secret";

/// Only scripts call the endpoint, so there is nobody to send through a handshake.
clerk::RequestAuthenticator makeAuthenticator(const examples::ClerkConfig& config, const liveblocks::Log& log) {
  clerk::RequestAuthenticatorOptions options;
  options.publishableKey = config.publishableKey;
  options.authorizedParties = config.authorizedParties;
  options.cookiePolicy = clerk::CookiePolicy::sessionOnly;
  options.log = log;
  return clerk::RequestAuthenticator(examples::keySource(config), options, config.transport);
}

Endpoint makeEndpoint(const examples::ClerkConfig& config, bool demo) {
  const liveblocks::Log log = examples::logOf(programName);
  return {clerk::RouteGuard(makeAuthenticator(config, log)), examples::makeUsers(config, log),
          liveblocks::ably::TokenRequestSigner(examples::variable("ABLY_API_KEY", demo ? demoKey : "")), demo};
}

void run(bool demo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  examples::SiteConfig config = examples::siteFromEnvironment(demo);
  if (!demo) examples::requireInstance(config.clerk);
  examples::Server server(programName);
  const std::string url = examples::bind(server, config);
  examples::Router router;
  if (demo) {
    const auto demoClerk = makeDemoClerk();
    config.clerk = demoConfig(demoClerk);
    addDemoRoutes(router, demoClerk, config.publicOrigin);
    examples::announceDemo();
  }
  if (config.clerk.authorizedParties.empty()) config.clerk.authorizedParties = {config.publicOrigin};
  const Endpoint endpoint = makeEndpoint(config.clerk, demo);
  addEndpoint(server, router, endpoint);
  examples::serve(server, stopSignals, url);
}

}  // namespace
}  // namespace ably_endpoint

int main(int count, char** arguments) {
  return examples::runProgram(ably_endpoint::programName, count, arguments, ably_endpoint::run);
}
