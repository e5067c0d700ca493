/// A team task manager. Each task is a Liveblocks room; Clerk says who comes in, the database who may.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/sdk.hpp>

#include "access.hpp"
#include "common/clerk.hpp"
#include "common/program.hpp"
#include "common/router.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "common/static_files.hpp"
#include "config.hpp"
#include "database.hpp"
#include "demo.hpp"
#include "routes.hpp"

namespace task_board {
namespace {

namespace clerk = liveblocks::clerk;

constexpr const char* programName = "task_board";

/// By a verified session in header or cookie: scripts cannot be sent to Clerk and back for cookies that agree.
liveblocks::Identify identifyByClerk(const examples::ClerkConfig& config) {
  const liveblocks::Log log = examples::logOf(programName);
  clerk::VerifierOptions options;
  options.authorizedParties = config.authorizedParties;
  options.publishableKey = config.publishableKey;
  options.log = log;
  const clerk::SessionVerifier verifier(examples::keySource(config), options);
  if (config.secretKey.empty()) return liveblocks::clerkIdentity(verifier);
  return liveblocks::clerkIdentity(verifier, examples::makeUsers(config, log));
}

/// Null where too little is known of the instance to send people there: then the page is open, as its data never is.
std::optional<clerk::RouteGuard> makeGuard(const Config& config, const examples::StaticFiles& files) {
  if (config.site.clerk.publishableKey.empty() || config.site.clerk.secretKey.empty()) return std::nullopt;
  clerk::RouteGuardOptions routes;
  for (const auto& [path, file] : files) {
    if (path != "/" || config.demo) routes.publicRoutes.push_back(path);
  }
  // The demo's page signs people in itself.
  if (config.demo) routes.publicRoutes.emplace_back("/api/config");
  return clerk::RouteGuard(
      examples::makeAuthenticator(config.site.clerk, config.site.publicOrigin, examples::logOf(programName)), routes);
}

liveblocks::Liveblocks makeLiveblocks(const Config& config) {
  liveblocks::LiveblocksOptions options;
  options.secret = config.liveblocksSecretKey;
  if (!config.liveblocksBaseUrl.empty()) options.baseUrl = config.liveblocksBaseUrl;
  options.log = examples::logOf(programName);
  return liveblocks::Liveblocks(options);
}

Application makeApplication(const Config& config, std::optional<DemoClerk> demo) {
  const auto database = std::make_shared<const Database>(config.databasePath);
  const auto identify = identifyByClerk(config.site.clerk);
  liveblocks::AuthEndpointOptions options;
  options.log = examples::logOf(programName);
  examples::StaticFiles files = examples::readStaticFiles(EXAMPLE_PAGE);
  auto guard = makeGuard(config, files);
  return {database,
          identify,
          liveblocks::AuthEndpoint(makeLiveblocks(config), identify, decideByOwner(database), options),
          std::move(files),
          std::move(guard),
          config.liveblocksBaseUrl,
          std::move(demo)};
}

void run(bool isDemo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  Config config = configFromEnvironment(isDemo);
  examples::Server server(programName);
  const std::string url = examples::bind(server, config.site);

  std::optional<DemoClerk> demo;
  if (isDemo) {
    config.site.clerk = demo.emplace().config();
    examples::announceDemo();
  }
  const Application application = makeApplication(config, demo);
  examples::Router router;
  addRoutes(server, router, application);
  examples::serve(server, stopSignals, url);
}

}  // namespace
}  // namespace task_board

int main(int count, char** arguments) {
  return examples::runProgram(task_board::programName, count, arguments, task_board::run);
}
