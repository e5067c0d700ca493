/// A team task manager. Each task is a Liveblocks room; Clerk identifies users, and the database decides about access.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/sdk.hpp>

#include "access.hpp"
#include "common/clerk_keys_check.hpp"
#include "common/program.hpp"
#include "common/router.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "common/static_files.hpp"
#include "config.hpp"
#include "database.hpp"
#include "local_clerk/local_clerk.hpp"
#include "local_clerk/routes.hpp"
#include "page.hpp"
#include "routes.hpp"

namespace task_board {
namespace {

namespace clerk = liveblocks::clerk;

constexpr const char* programName = "task_board";

/// nullopt if too little is known of the instance to redirect to it: then the page is public, but its data is not.
std::optional<clerk::RouteGuard> makeGuard(const Config& config, const clerk::Client& client) {
  const clerk::ClientOptions& options = config.site.clerk.options;
  if (options.publishableKey.empty() || options.secretKey.empty()) return std::nullopt;
  return client.routeGuard();
}

liveblocks::Liveblocks makeLiveblocks(const Config& config) {
  liveblocks::LiveblocksOptions options;
  options.secret = config.liveblocksSecretKey;
  if (!config.liveblocksBaseUrl.empty()) options.baseUrl = config.liveblocksBaseUrl;
  options.log = examples::logOf(programName);
  return liveblocks::Liveblocks(options);
}

Application makeApplication(const Config& config, const local_clerk::Routes* localClerk) {
  const auto database = std::make_shared<const Database>(config.databasePath);
  const clerk::Client client = examples::makeClient(config.site, examples::logOf(programName));
  // Scripts call the endpoint: it needs a verified session in the header or the cookie, and never redirects.
  const liveblocks::Identify identify = liveblocks::clerkIdentity(client);
  liveblocks::AuthEndpointOptions options;
  options.log = examples::logOf(programName);
  return {database,
          identify,
          liveblocks::AuthEndpoint(makeLiveblocks(config), identify, decideByOwner(database), options),
          examples::readStaticFiles(EXAMPLE_PAGE),
          makeGuard(config, client),
          pageConfig(config),
          contentSecurityPolicy(config),
          localClerk};
}

/// The local Clerk of --demo.
struct Demo {
  local_clerk::LocalClerk clerk;
  local_clerk::Routes routes;

  Demo(examples::Server& server, const std::string& publicOrigin)
      : clerk("task-board", publicOrigin, local_clerk::settingsFromEnvironment()), routes(server, clerk) {}
};

void run(bool isDemo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  Config config = configFromEnvironment(isDemo);
  if (!isDemo) examples::checkClerkKeys(config.site.clerk, examples::logOf(programName));
  examples::Server server(programName);
  const std::string url = examples::bind(server, config.site);

  std::optional<Demo> demo;
  if (isDemo) {
    config.site.clerk = demo.emplace(server, config.site.publicOrigin).clerk.config();
    examples::announceDemo();
  }
  const Application application = makeApplication(config, demo ? &demo->routes : nullptr);
  examples::Router router;
  addRoutes(server, router, application);
  examples::serve(server, stopSignals, url, config.site.publicOrigin);
}

}  // namespace
}  // namespace task_board

int main(int count, char** arguments) {
  return examples::runProgram(task_board::programName, count, arguments, task_board::run);
}
