/// A team task manager. Each task is a Liveblocks room; Clerk says who comes in, the database who may.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <liveblocks/sdk.hpp>

#include "access.hpp"
#include "common/environment.hpp"
#include "common/server.hpp"
#include "config.hpp"
#include "database.hpp"
#include "demo.hpp"
#include "routes.hpp"
#include "static_files.hpp"

namespace task_board {
namespace {

namespace clerk = liveblocks::clerk;

void log(liveblocks::LogLevel level, std::string_view message) {
  if (level >= liveblocks::LogLevel::warning) std::cerr << ("task_board: " + std::string(message) + "\n");
}

clerk::KeySource keySource(const Config& config) {
  if (!config.clerkJwtKey.empty()) return clerk::KeySource::pem(config.clerkJwtKey);
  if (!config.clerkSecretKey.empty()) return clerk::KeySource::backendApi(config.clerkSecretKey, config.clerkApiUrl);
  return clerk::KeySource::frontendApi(config.clerkPublishableKey);
}

liveblocks::Identify identifyByClerk(const Config& config) {
  clerk::VerifierOptions options;
  options.authorizedParties = config.clerkAuthorizedParties;
  options.publishableKey = config.clerkPublishableKey;
  options.log = log;
  const clerk::SessionVerifier verifier(keySource(config), options);
  if (config.clerkSecretKey.empty()) return liveblocks::clerkIdentity(verifier);

  clerk::UsersOptions users;
  users.secretKey = config.clerkSecretKey;
  users.apiUrl = config.clerkApiUrl;
  users.log = log;
  return liveblocks::clerkIdentity(verifier, clerk::Users(users));
}

liveblocks::Liveblocks makeLiveblocks(const Config& config) {
  liveblocks::LiveblocksOptions options;
  options.secret = config.liveblocksSecretKey;
  if (!config.liveblocksBaseUrl.empty()) options.baseUrl = config.liveblocksBaseUrl;
  options.log = log;
  return liveblocks::Liveblocks(options);
}

Application makeApplication(const Config& config) {
  std::optional<DemoClerk> demo;
  if (config.demo) demo.emplace();
  const auto database = std::make_shared<const Database>(config.databasePath);
  const auto identify = demo ? demo->identify() : identifyByClerk(config);
  liveblocks::AuthEndpointOptions options;
  options.log = log;
  return {database,
          identify,
          liveblocks::AuthEndpoint(makeLiveblocks(config), identify, decideByOwner(database), options),
          readStaticFiles(TASK_BOARD_PAGE),
          config.liveblocksBaseUrl,
          demo};
}

bool demoAsked(int count, char** arguments) {
  if (count == 1) return false;
  if (count == 2 && std::string_view(arguments[1]) == "--demo") return true;
  throw std::invalid_argument("usage: task_board [--demo]");
}

void run(bool demo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  const Config config = configFromEnvironment(demo);
  const Application application = makeApplication(config);
  examples::Server server("task_board");
  addRoutes(server, application);
  if (demo) std::cout << "demo: a local issuer signs people in, CLERK_* is not used, loopback only" << std::endl;
  const int port = server.bind(config.host, config.port);
  std::cout << "ready: " << examples::urlOf(config.host, port) << std::endl;
  server.serve(stopSignals);
}

}  // namespace
}  // namespace task_board

int main(int count, char** arguments) {
  try {
    task_board::run(task_board::demoAsked(count, arguments));
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << "task_board: " << error.what() << std::endl;
    return EXIT_FAILURE;
  }
}
