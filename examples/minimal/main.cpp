// A Liveblocks auth endpoint for an application that has its own users.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/sdk.hpp>

int main() try {
  // NOLINTBEGIN(concurrency-mt-unsafe): there are no threads yet.
  const char* secretKey = std::getenv("LIVEBLOCKS_SECRET_KEY");
  const char* baseUrl = std::getenv("LIVEBLOCKS_BASE_URL");
  // NOLINTEND(concurrency-mt-unsafe)
  if (secretKey == nullptr || *secretKey == '\0') throw std::invalid_argument("LIVEBLOCKS_SECRET_KEY is not set");

  // Receives refusals and failures with their reasons. Each part has its own log.
  const auto log = [](liveblocks::LogLevel, std::string_view line) {
    std::cerr << "minimal: " + std::string(line) + "\n";
  };
  liveblocks::LiveblocksOptions options{secretKey};
  if (baseUrl != nullptr && *baseUrl != '\0') options.baseUrl = baseUrl;
  options.log = log;
  liveblocks::AuthEndpointOptions endpointOptions;
  endpointOptions.log = log;

  // Stands for the application's own sessions and users.
  const std::map<std::string, std::string, std::less<>> users = {{"Bearer session-1", "ada"},
                                                                 {"Bearer session-2", "bob"}};

  const auto identify = [&users](const liveblocks::http::RequestView& request,
                                 liveblocks::Deadline) -> liveblocks::Result<liveblocks::Caller> {
    const auto user = users.find(liveblocks::http::findHeader(request, "Authorization").value_or(""));
    if (user == users.end()) return liveblocks::Error{liveblocks::Errc::noToken, "not signed in"};
    return liveblocks::Caller{user->second, {liveblocks::Json::object({{"name", user->second}})}};
  };
  const auto decide = [](const liveblocks::AuthRequest& request) {
    const std::string notes = request.caller.userId + ":notes";
    if (request.room != notes) return liveblocks::Decision::refuse("These are not your notes");
    return liveblocks::Decision().allow(notes, liveblocks::FULL_ACCESS);
  };

  httplib::Server server;
  liveblocks::adapters::makeStrict(server);
  liveblocks::adapters::addRoute(server, "/api/liveblocks-auth",
                                 {liveblocks::Liveblocks(options), identify, decide, endpointOptions});
  std::cout << "ready: http://127.0.0.1:" << server.bind_to_any_port("127.0.0.1") << std::endl;
  return server.listen_after_bind() ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "minimal: " << error.what() << std::endl;
  return 1;
}
