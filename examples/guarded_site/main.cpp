/// A few pages and an API for people who are signed in with Clerk, and a front page for everybody.
#include <optional>
#include <string>

#include <liveblocks/sdk.hpp>

#include "common/clerk.hpp"
#include "common/program.hpp"
#include "common/router.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "demo_routes.hpp"
#include "site.hpp"

namespace guarded_site {
namespace {

namespace clerk = liveblocks::clerk;

constexpr const char* programName = "guarded_site";

Site makeSite(const examples::SiteConfig& config, bool demo) {
  const liveblocks::Log log = examples::logOf(programName);
  clerk::RouteGuardOptions routes;
  routes.publicRoutes = {"/", "/style.css"};
  return {clerk::RouteGuard(examples::makeAuthenticator(config.clerk, config.publicOrigin, log), routes),
          examples::makeUsers(config.clerk, log), demo};
}

void run(bool demo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  examples::SiteConfig config = examples::siteFromEnvironment(demo);
  if (!demo) examples::requireInstance(config.clerk);
  examples::Server server(programName);
  const std::string url = examples::bind(server, config);

  examples::Router router;
  std::optional<DemoClerk> demoClerk;
  if (demo) {
    config.clerk = demoClerk.emplace(config.publicOrigin).config();
    addDemoRoutes(router, *demoClerk);
    examples::announceDemo();
  }
  if (config.clerk.authorizedParties.empty()) config.clerk.authorizedParties = {config.publicOrigin};
  const Site site = makeSite(config, demo);
  addSite(server, router, site);
  examples::serve(server, stopSignals, url);
}

}  // namespace
}  // namespace guarded_site

int main(int count, char** arguments) {
  return examples::runProgram(guarded_site::programName, count, arguments, guarded_site::run);
}
