/// A team task manager. Each task is a Liveblocks room; Clerk says who comes in, the database who may.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/sdk.hpp>

#include "access.hpp"
#include "common/clerk.hpp"
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
#include "local_clerk/settings.hpp"
#include "page.hpp"
#include "routes.hpp"

namespace task_board {
namespace {

namespace clerk = liveblocks::clerk;

constexpr const char* programName = "task_board";

/// By a verified session in header or cookie: scripts cannot be sent to Clerk and back for cookies that agree.
liveblocks::Identify identifyByClerk(const examples::ClerkConfig& config, const std::string& publicOrigin) {
  const liveblocks::Log log = examples::logOf(programName);
  clerk::SessionVerifierOptions options;
  options.authorizedParties = config.authorizedParties;
  options.publishableKey = config.publishableKey;
  options.issuer = examples::issuers(config, publicOrigin);
  options.log = log;
  const clerk::SessionVerifier verifier(examples::keySource(config), options);
  if (config.secretKey.empty()) return liveblocks::clerkIdentity(verifier, config.secretKey, config.transport, log);
  return liveblocks::clerkIdentity(verifier, examples::makeUsers(config, log));
}

/// Null where too little is known of the instance to send people there: then the page is open, as its data never is.
std::optional<clerk::RouteGuard> makeGuard(const Config& config) {
  if (config.site.clerk.publishableKey.empty() || config.site.clerk.secretKey.empty()) return std::nullopt;
  return clerk::RouteGuard(
      examples::makeAuthenticator(config.site.clerk, config.site.publicOrigin, examples::logOf(programName)));
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
  const auto identify = identifyByClerk(config.site.clerk, config.site.publicOrigin);
  liveblocks::AuthEndpointOptions options;
  options.log = examples::logOf(programName);
  return {database,
          identify,
          liveblocks::AuthEndpoint(makeLiveblocks(config), identify, decideByOwner(database), options),
          examples::readStaticFiles(EXAMPLE_PAGE),
          makeGuard(config),
          pageConfig(config),
          contentSecurityPolicy(config),
          localClerk};
}

/// What stands for Clerk with --demo.
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
  auto& parties = config.site.clerk.authorizedParties;
  if (parties.empty()) parties = {config.site.publicOrigin};
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
