/// Rooms whose permissions are kept with the room, and ID tokens for their people.
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include "common/environment.hpp"
#include "common/program.hpp"
#include "common/requests.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "migration.hpp"
#include "rooms.hpp"

namespace id_tokens {
namespace {

using liveblocks::Liveblocks;
using liveblocks::Result;
using liveblocks::Room;
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

constexpr const char* team = "product";
/// Marks the rooms of the tour in their metadata, so that it changes no other rooms.
constexpr const char* markKey = "made-by";
constexpr const char* markValue = "the tour of id_tokens";

template <class T>
T require(const std::string& what, Result<T> result) {
  if (!result) throw std::runtime_error(what + ": " + explain(result.error()));
  return *std::move(result);
}

/// Deletes the rooms that the tour has created.
class OwnRooms {
 public:
  explicit OwnRooms(Liveblocks liveblocks) : liveblocks_(std::move(liveblocks)) {}
  OwnRooms(const OwnRooms&) = delete;
  OwnRooms& operator=(const OwnRooms&) = delete;
  ~OwnRooms() {
    for (const std::string& id : ids_) {
      const auto deleted = liveblocks_.deleteRoom(id);
      if (!deleted) std::cerr << "the room " + id + " is not deleted: " + explain(deleted.error()) + "\n";
    }
  }

  void add(const std::string& id) { ids_.insert(id); }

  void follow(const Migration& migration) {
    for (const liveblocks::RoomIdUpdate& update : migration.renamed) {
      ids_.erase(update.currentRoomId);
      ids_.insert(update.newRoomId);
    }
  }

 private:
  Liveblocks liveblocks_;
  std::set<std::string> ids_;
};

void printAccess(const std::string& title, const Room& room) {
  std::cout << title << "\n";
  for (const Person& person : people()) {
    std::cout << "  " << person.userId << ": " << accessOf(room, person) << "\n";
  }
}

void showGuest(const Liveblocks& liveblocks, OwnRooms& own) {
  for (const char* id : {"roadmap", "design"}) {
    const Room room =
        require(std::string("create ") + id, createTeamRoom(liveblocks, id, team, {{markKey, markValue}}));
    own.add(id);
    printAccess(room.id + " is a private room of the group " + team, room);
  }
  printAccess("carol is a guest in design", require("invite carol", inviteGuest(liveblocks, "design", "carol")));
  std::cout << "carol may enter:";
  for (const std::string& id : require("list rooms", roomsOpenTo(liveblocks, people().back()))) std::cout << " " << id;
  std::cout << "\n";
  printAccess("carol is taken out", require("remove carol", removeGuest(liveblocks, "design", "carol")));
}

void showMigration(const Liveblocks& liveblocks, OwnRooms& own) {
  liveblocks::RoomFilter filter = roomsOfTeam(team);
  filter.query.metadata(markKey, markValue);
  for (const char* title : {"room ids get a pattern", "and once more"}) {
    std::cout << title << "\n";
    const Migration migration = prefixRoomIds(liveblocks, filter, "acme:product:", std::cout);
    own.follow(migration);
    if (!migration.complete()) throw std::runtime_error("some rooms have no new id");
  }
}

/// Creates two private rooms, invites a guest to one of them and removes the guest, renames the rooms, and deletes
/// them. Other rooms are not changed. Throws `std::runtime_error` on failure.
void showTour(const Liveblocks& liveblocks) {
  OwnRooms own(liveblocks);
  showGuest(liveblocks, own);
  showMigration(liveblocks, own);
}

void print(const Result<Room>& room) {
  if (!room) throw std::runtime_error(explain(room.error()));
  for (const Person& person : people()) std::cout << person.userId << ": " << accessOf(*room, person) << "\n";
}

void migrate(const Liveblocks& liveblocks, const std::string& groupId, const std::string& prefix) {
  const Migration migration = prefixRoomIds(liveblocks, roomsOfTeam(groupId), prefix, std::cout);
  if (!migration.complete())
    throw std::runtime_error("not all rooms have their new id; fix the cause and run it again");
}

/// Only for this machine, because the sessions are public.
void serve() {
  constexpr const char* path = "/api/liveblocks-auth";
  const sigset_t stopSignals = examples::blockStopSignals();
  examples::Server server(programName);
  server.set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
    if (!examples::namesLoopback(request)) {
      examples::respondError(response, 421, "misdirected request");
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
