// The program of the README: rooms for the tasks of an organization whose members sign in with Clerk.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/sdk.hpp>

namespace {

// Stands for the application's configuration and database.
struct Config {
  std::string liveblocksSecretKey;
  std::string liveblocksBaseUrl;
  std::string clerkJwtKey;
  std::string clerkSecretKey;
};
using TaskOwners = std::map<std::string, std::string>;

std::string variable(const char* name, const char* fallback = "") {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there are no threads yet.
  return value != nullptr && *value != '\0' ? value : fallback;
}

std::string required(const char* name) {
  std::string value = variable(name);
  if (value.empty()) throw std::invalid_argument(std::string(name) + " is not set");
  return value;
}

// README: begin
// Receives refusals and failures with their reasons.
void toStderr(liveblocks::LogLevel /*level*/, std::string_view line) {
  std::cerr << "liveblocks: " + std::string(line) + "\n";
}

liveblocks::AuthEndpoint makeAuthEndpoint(const Config& config, const TaskOwners& owners) {
  // Identifies callers by Clerk's session token, which is verified offline with the public key of your instance.
  liveblocks::clerk::ClientOptions clerkOptions;
  clerkOptions.jwtKey = config.clerkJwtKey;
  clerkOptions.secretKey = config.clerkSecretKey;
  clerkOptions.authorizedParties = {"http://localhost:3000"};
  clerkOptions.log = toStderr;
  const liveblocks::clerk::Client clerk(clerkOptions);

  // Decides about access to each room.
  const auto decide = [&owners](const liveblocks::AuthRequest& request) {
    if (!request.room) return liveblocks::Decision::refuse("Ask for a task");
    const auto& organization = request.caller.clerk->organization();
    const auto task = owners.find(*request.room);
    if (task == owners.end() || task->second != (organization ? organization->id : request.caller.userId)) {
      return liveblocks::Decision::refuse("This task is not yours");
    }
    return liveblocks::Decision().allow(*request.room, liveblocks::FULL_ACCESS);
  };

  // Then Liveblocks issues a token for that room, with the name and picture from Clerk.
  liveblocks::LiveblocksOptions liveblocksOptions{config.liveblocksSecretKey, config.liveblocksBaseUrl};
  liveblocksOptions.log = toStderr;
  liveblocks::AuthEndpointOptions endpointOptions;
  endpointOptions.log = toStderr;
  return {liveblocks::Liveblocks(liveblocksOptions), liveblocks::clerkIdentity(clerk), decide, endpointOptions};
}

void addRoutes(httplib::Server& server, const Config& config, const TaskOwners& owners) {
  liveblocks::adapters::makeStrict(server);
  liveblocks::adapters::addRoute(server, "/api/liveblocks-auth", makeAuthEndpoint(config, owners));
}
// README: end

}  // namespace

int main() try {
  const Config config{required("LIVEBLOCKS_SECRET_KEY"), variable("LIVEBLOCKS_BASE_URL", "https://api.liveblocks.io"),
                      required("CLERK_JWT_KEY"), variable("CLERK_SECRET_KEY")};
  const TaskOwners owners{{"task-1", "user_ada"}, {"task-2", "org_acme"}};
  httplib::Server server;
  addRoutes(server, config, owners);
  std::cout << "ready: http://127.0.0.1:" << server.bind_to_any_port("127.0.0.1") << std::endl;
  return server.listen_after_bind() ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "quick_start: " << error.what() << "\n"
            << "It reads LIVEBLOCKS_SECRET_KEY, LIVEBLOCKS_BASE_URL, CLERK_JWT_KEY and CLERK_SECRET_KEY." << std::endl;
  return 1;
}
