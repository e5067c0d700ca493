/// A team task manager. Each task is a Liveblocks room; Clerk says who comes in, the database who may.
#include <iostream>
#include <memory>
#include <string>

#include <liveblocks/sdk.hpp>

#include "access.hpp"
#include "common/environment.hpp"
#include "common/program.hpp"
#include "common/server.hpp"
#include "config.hpp"
#include "database.hpp"
#include "demo.hpp"
#include "routes.hpp"
#include "static_files.hpp"

namespace task_board {
namespace {

namespace clerk = liveblocks::clerk;

constexpr const char* programName = "task_board";

clerk::KeySource keySource(const Config& config) {
  if (!config.clerkJwtKey.empty()) return clerk::KeySource::pem(config.clerkJwtKey);
  if (!config.clerkSecretKey.empty()) return clerk::KeySource::backendApi(config.clerkSecretKey, config.clerkApiUrl);
  return clerk::KeySource::frontendApi(config.clerkPublishableKey);
}

liveblocks::Identify identifyByClerk(const Config& config) {
  clerk::VerifierOptions options;
  options.authorizedParties = config.clerkAuthorizedParties;
  options.publishableKey = config.clerkPublishableKey;
  options.log = examples::logOf(programName);
  const clerk::SessionVerifier verifier(keySource(config), options);
  if (config.clerkSecretKey.empty()) return liveblocks::clerkIdentity(verifier);

  clerk::UsersOptions users;
  users.secretKey = config.clerkSecretKey;
  users.apiUrl = config.clerkApiUrl;
  users.log = examples::logOf(programName);
  return liveblocks::clerkIdentity(verifier, clerk::Users(users));
}

liveblocks::Liveblocks makeLiveblocks(const Config& config) {
  liveblocks::LiveblocksOptions options;
  options.secret = config.liveblocksSecretKey;
  if (!config.liveblocksBaseUrl.empty()) options.baseUrl = config.liveblocksBaseUrl;
  options.log = examples::logOf(programName);
  return liveblocks::Liveblocks(options);
}

Application makeApplication(const Config& config) {
  std::optional<DemoClerk> demo;
  if (config.demo) demo.emplace();
  const auto database = std::make_shared<const Database>(config.databasePath);
  const auto identify = demo ? demo->identify() : identifyByClerk(config);
  liveblocks::AuthEndpointOptions options;
  options.log = examples::logOf(programName);
  return {database,
          identify,
          liveblocks::AuthEndpoint(makeLiveblocks(config), identify, decideByOwner(database), options),
          readStaticFiles(TASK_BOARD_PAGE),
          config.liveblocksBaseUrl,
          demo};
}

void run(bool demo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  const Config config = configFromEnvironment(demo);
  const Application application = makeApplication(config);
  examples::Server server(programName);
  addRoutes(server, application);
  if (demo) std::cout << "demo: a local issuer signs people in, CLERK_* is not used, loopback only" << std::endl;
  const int port = server.bind(config.host, config.port);
  std::cout << "ready: " << examples::urlOf(config.host, port) << std::endl;
  server.serve(stopSignals);
}

}  // namespace
}  // namespace task_board

int main(int count, char** arguments) {
  return examples::runProgram(task_board::programName, count, arguments, task_board::run);
}
