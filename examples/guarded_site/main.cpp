/// A few pages and an API for people who are signed in with Clerk, and a front page for everybody.
#include <optional>
#include <string>

#include <liveblocks/sdk.hpp>

#include "common/clerk.hpp"
#include "common/clerk_keys_check.hpp"
#include "common/clerk_sources.hpp"
#include "common/program.hpp"
#include "common/router.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "common/static_files.hpp"
#include "local_clerk/local_clerk.hpp"
#include "local_clerk/routes.hpp"
#include "site.hpp"

namespace guarded_site {
namespace {

namespace clerk = liveblocks::clerk;

constexpr const char* programName = "guarded_site";

Site makeSite(const examples::SiteConfig& config) {
  const liveblocks::Log log = examples::logOf(programName);
  clerk::RouteGuardOptions routes;
  routes.publicRoutes = {"/", "/base.css", "/favicon.svg", "/main.js", "/style.css"};
  return {clerk::RouteGuard(examples::makeAuthenticator(config.clerk, config.publicOrigin, log), routes),
          examples::makeUsers(config.clerk, log), Frame(config.clerk), examples::readStaticFiles(EXAMPLE_PAGE),
          examples::clerkSources(config.clerk, config.publicOrigin)};
}

void run(bool demo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  examples::SiteConfig config = examples::siteFromEnvironment(demo);
  if (!demo) {
    examples::requireInstance(config.clerk);
    examples::checkClerkKeys(config.clerk, examples::logOf(programName));
  }
  examples::Server server(programName);
  const std::string url = examples::bind(server, config);

  std::optional<local_clerk::LocalClerk> localClerk;
  std::optional<local_clerk::Routes> localRoutes;
  if (demo) {
    localClerk.emplace("guarded-site", config.publicOrigin, local_clerk::settingsFromEnvironment());
    localRoutes.emplace(server, *localClerk);
    config.clerk = localClerk->config();
    examples::announceDemo();
  }
  if (config.clerk.authorizedParties.empty()) config.clerk.authorizedParties = {config.publicOrigin};
  Site site = makeSite(config);
  if (localRoutes) site.localClerk = &*localRoutes;
  examples::Router router;
  addSite(server, router, site);
  examples::serve(server, stopSignals, url, config.publicOrigin);
}

}  // namespace
}  // namespace guarded_site

int main(int count, char** arguments) {
  return examples::runProgram(guarded_site::programName, count, arguments, guarded_site::run);
}
