// A Liveblocks auth endpoint for an application that has its own users.
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/sdk.hpp>

int main() {
  // NOLINTBEGIN(concurrency-mt-unsafe): there are no threads yet.
  liveblocks::LiveblocksOptions options{std::getenv("LIVEBLOCKS_SECRET_KEY")};
  if (const char* url = std::getenv("LIVEBLOCKS_BASE_URL")) options.baseUrl = url;
  // NOLINTEND(concurrency-mt-unsafe)

  // Stands for the application's own sessions and users.
  const std::map<std::string, std::string, std::less<>> users = {{"Bearer session-1", "ada"},
                                                                 {"Bearer session-2", "bob"}};

  const auto identify = [&users](const liveblocks::http::RequestView& request,
                                 liveblocks::Deadline) -> liveblocks::Result<liveblocks::Caller> {
    const auto user = users.find(liveblocks::http::findHeader(request, "Authorization").value_or(""));
    if (user == users.end()) return liveblocks::Error{liveblocks::Errc::noToken, "not signed in"};
    return liveblocks::Caller{user->second, {liveblocks::Json::object({{"name", user->second}})}};
  };
  const auto decide = [](const liveblocks::Caller& caller, const std::optional<std::string>& room) {
    if (room != caller.userId + ":notes") return liveblocks::Decision::refuse("These are not your notes");
    return liveblocks::Decision().allow(*room, liveblocks::FULL_ACCESS);
  };

  httplib::Server server;
  liveblocks::adapters::makeStrict(server);
  liveblocks::adapters::addRoute(server, "/api/liveblocks-auth", {liveblocks::Liveblocks(options), identify, decide});
  std::cout << "ready: http://127.0.0.1:" << server.bind_to_any_port("127.0.0.1") << std::endl;
  return server.listen_after_bind() ? 0 : 1;
}
