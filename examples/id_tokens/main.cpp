/// Rooms whose permissions are kept with the room, and ID tokens for their people.
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include "common/environment.hpp"
#include "common/program.hpp"
#include "common/requests.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "endpoint.hpp"
#include "migration.hpp"
#include "rooms.hpp"
#include "tour.hpp"

namespace id_tokens {
namespace {

using liveblocks::Liveblocks;
using Arguments = std::vector<std::string>;

constexpr const char* programName = "id_tokens";
constexpr const char* usage =
    "usage: id_tokens [tour]\n"
    "       id_tokens create <room> <group>\n"
    "       id_tokens invite <room> <user>\n"
    "       id_tokens remove <room> <user>\n"
    "       id_tokens migrate <group> <prefix>\n"
    "       id_tokens serve";

Liveblocks connect() {
  liveblocks::LiveblocksOptions options;
  options.secret = examples::variable("LIVEBLOCKS_SECRET_KEY");
  options.log = examples::logOf(programName);
  if (options.secret.empty()) {
    std::cout << "There is no LIVEBLOCKS_SECRET_KEY: this is a Liveblocks inside the process." << std::endl;
    const auto fake = std::make_shared<liveblocks::testing::FakeLiveblocks>();
    options.secret = fake->secretKey();
    return Liveblocks(options, fake);
  }
  options.baseUrl = examples::variable("LIVEBLOCKS_BASE_URL", options.baseUrl.c_str());
  return Liveblocks(options);
}

void print(const liveblocks::Result<liveblocks::Room>& room) {
  if (!room) throw std::runtime_error(explain(room.error()));
  for (const Person& person : people()) std::cout << person.userId << ": " << accessOf(*room, person) << "\n";
}

void migrate(const Liveblocks& liveblocks, const std::string& groupId, const std::string& prefix) {
  const Migration migration = prefixRoomIds(liveblocks, roomsOfTeam(groupId), prefix, std::cout);
  if (!migration.complete()) throw std::runtime_error("not all rooms have their new id; mend it and start again");
}

/// For this machine alone: everybody knows the sessions.
void serve() {
  constexpr const char* path = "/api/liveblocks-auth";
  const sigset_t stopSignals = examples::blockStopSignals();
  examples::Server server(programName);
  server.set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
    if (!examples::namesLoopback(request)) {
      examples::answerUnread(response, 421, "misdirected request");
    } else if (!examples::refuseUnread(request, response, request.path == path)) {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    return httplib::Server::HandlerResponse::Handled;
  });
  liveblocks::adapters::addRoute(server, path, makeEndpoint(connect()));
  examples::SiteConfig config = examples::siteFromEnvironment(true);
  examples::serve(server, stopSignals, examples::bind(server, config));
}

struct Command {
  std::size_t parameters;
  std::function<void(const Arguments&)> run;
};

std::map<std::string, Command> commandsOf() {
  return {
      {"tour", {0, [](const Arguments&) { showTour(connect()); }}},
      {"create", {2, [](const Arguments& given) { print(createTeamRoom(connect(), given[0], given[1])); }}},
      {"invite", {2, [](const Arguments& given) { print(inviteGuest(connect(), given[0], given[1])); }}},
      {"remove", {2, [](const Arguments& given) { print(removeGuest(connect(), given[0], given[1])); }}},
      {"migrate", {2, [](const Arguments& given) { migrate(connect(), given[0], given[1]); }}},
      {"serve", {0, [](const Arguments&) { serve(); }}},
  };
}

void run(Arguments arguments) {
  if (arguments.empty()) arguments.emplace_back("tour");
  const std::map<std::string, Command> commands = commandsOf();
  const auto command = commands.find(arguments.front());
  arguments.erase(arguments.begin());
  if (command == commands.end() || command->second.parameters != arguments.size()) throw std::invalid_argument(usage);
  command->second.run(arguments);
}

}  // namespace
}  // namespace id_tokens

int main(int count, char** arguments) {
  return examples::runProgram(id_tokens::programName, [&] { id_tokens::run({arguments + 1, arguments + count}); });
}
