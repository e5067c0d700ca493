// The program on the first page of the documentation.
// It is kept short: NOLINTBEGIN(concurrency-mt-unsafe,bugprone-exception-escape)
// docs/README.md program: begin
#include <cstdlib>
#include <string>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/sdk.hpp>

int main() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  liveblocks::clerk::ClientOptions options;
  options.secretKey = variable("CLERK_SECRET_KEY");
  options.authorizedParties = {"http://localhost:3000"};  // the origin of your pages
  const liveblocks::clerk::Client clerk(options);
  const liveblocks::Liveblocks client({variable("LIVEBLOCKS_SECRET_KEY")});

  const auto decide = [](const liveblocks::AuthRequest& request) {  // your rules, default deny
    const std::string own = "notes:" + request.caller.userId;
    if (request.room != own) return liveblocks::Decision::refuse("These are not your notes");
    return liveblocks::Decision().allow(own, liveblocks::FULL_ACCESS);
  };
  httplib::Server server;
  liveblocks::adapters::makeStrict(server);
  liveblocks::adapters::addRoute(server, "/api/liveblocks-auth", {client, liveblocks::clerkIdentity(clerk), decide});
  return server.listen("127.0.0.1", 8080) ? 0 : 1;
}
// docs/README.md program: end
// NOLINTEND(concurrency-mt-unsafe,bugprone-exception-escape)
