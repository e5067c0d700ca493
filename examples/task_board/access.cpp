#include "access.hpp"

#include <charconv>
#include <utility>

namespace task_board {
namespace {

bool ownsTask(const Database& database, const liveblocks::Caller& caller, const std::string& room) {
  const auto id = taskIdOf(room);
  const auto task = id ? database.find(*id) : std::nullopt;
  return task && (task->ownerId == caller.userId || task->ownerId == activeOwner(caller));
}

}  // namespace

std::optional<std::int64_t> taskIdOf(const std::string& room) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(room.data(), room.data() + room.size(), id);
  if (error != std::errc{} || std::to_string(id) != room) return std::nullopt;
  return id;
}

const std::string& activeOwner(const liveblocks::Caller& caller) {
  const auto& organization = caller.clerk->organization();
  return organization ? organization->id : caller.userId;
}

std::string lobbyOf(const std::string& owner) { return "board:" + owner; }

liveblocks::Decide decideByOwner(std::shared_ptr<const Database> database) {
  return [database = std::move(database)](const liveblocks::AuthRequest& request) {
    const std::optional<std::string>& room = request.room;
    if (!room) return liveblocks::Decision::refuse("Access is given to one task at a time.");
    if (*room != lobbyOf(activeOwner(request.caller)) && !ownsTask(*database, request.caller, *room)) {
      return liveblocks::Decision::refuse("This task is not yours, or there is no such task.");
    }
    return liveblocks::Decision().allow(*room, liveblocks::FULL_ACCESS);
  };
}

}  // namespace task_board
