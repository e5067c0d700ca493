// There are no threads yet when the environment is read. NOLINTBEGIN(concurrency-mt-unsafe)
// tutorial.md program: begin
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/sdk.hpp>

namespace {

// The value of an environment variable. Without a default it must be set.
std::string variable(const char* name, const char* byDefault = nullptr) {
  const char* value = std::getenv(name);
  if (value == nullptr) value = byDefault;
  if (value == nullptr) throw std::invalid_argument(std::string(name) + " is not set");
  return value;
}

struct Settings {
  std::string publishableKey = variable("CLERK_PUBLISHABLE_KEY");
  std::string clerkSecretKey = variable("CLERK_SECRET_KEY");
  std::string liveblocksSecretKey = variable("LIVEBLOCKS_SECRET_KEY");
  std::string port = variable("PORT", "8080");
  // The origin of the page in browsers.
  std::string origin = variable("ORIGIN", "http://localhost:8080");
  // For local servers instead of Clerk and Liveblocks.
  std::string clerkApiUrl = variable("CLERK_API_URL", "https://api.clerk.com");
  std::string clerkProxyUrl = variable("CLERK_PROXY_URL", "");
  std::string liveblocksUrl = variable("LIVEBLOCKS_BASE_URL", "https://api.liveblocks.io");
};

// Receives the reasons of refusals and failures.
void toStderr(liveblocks::LogLevel /*level*/, std::string_view line) { std::cerr << std::string(line) + "\n"; }

// The one route that the library serves: a signed-in user asks for a token for a room.
void addEndpoint(httplib::Server& server, const Settings& settings) {
  liveblocks::clerk::ClientOptions options;
  options.publishableKey = settings.publishableKey;
  options.secretKey = settings.clerkSecretKey;
  options.apiUrl = settings.clerkApiUrl;
  options.authorizedParties = {settings.origin};
  options.log = toStderr;
  const liveblocks::clerk::Client clerk(options);
  const liveblocks::Liveblocks client({settings.liveblocksSecretKey, settings.liveblocksUrl});

  // Your rules: who may enter which room, and what they may do there.
  const auto decide = [](const liveblocks::AuthRequest& request) {
    if (request.room != "first-room") return liveblocks::Decision::refuse("There is no such room");
    return liveblocks::Decision().allow("first-room", liveblocks::FULL_ACCESS);
  };
  liveblocks::AuthEndpointOptions endpointOptions;
  endpointOptions.log = toStderr;
  liveblocks::adapters::addRoute(server, "/api/liveblocks-auth",
                                 {client, liveblocks::clerkIdentity(clerk), decide, endpointOptions});
}

// The files of the page, and what its script has to know. All of it is public.
void addPage(httplib::Server& server, const Settings& settings) {
  const auto config = liveblocks::Json::object({{"publishableKey", settings.publishableKey},
                                                {"proxyUrl", settings.clerkProxyUrl},
                                                {"baseUrl", settings.liveblocksUrl}});
  server.Get("/config", [config](const httplib::Request& /*request*/, httplib::Response& response) {
    response.set_content(config.text(), "application/json");
  });
  if (!server.set_mount_point("/", "page")) throw std::runtime_error("start it in the folder that has page/");
}

}  // namespace

int main() try {
  const Settings settings;
  httplib::Server server;
  liveblocks::adapters::makeStrict(server);
  addEndpoint(server, settings);
  addPage(server, settings);
  if (!server.bind_to_port("127.0.0.1", std::stoi(settings.port))) throw std::runtime_error("the port is in use");
  std::cout << "open: " << settings.origin << std::endl;
  return server.listen_after_bind() ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "first_room: " << error.what() << std::endl;
  return 1;
}
// tutorial.md program: end
// NOLINTEND(concurrency-mt-unsafe)
