#include "access.hpp"

#include <charconv>
#include <utility>

namespace task_board {

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

liveblocks::Decide decideByOwner(std::shared_ptr<const Database> database) {
  return [database = std::move(database)](const liveblocks::Caller& caller, const std::optional<std::string>& room) {
    if (!room) return liveblocks::Decision::refuse("Access is given to one task at a time.");
    const auto id = taskIdOf(*room);
    const auto task = id ? database->find(*id) : std::nullopt;
    if (!task || (task->ownerId != caller.userId && task->ownerId != activeOwner(caller))) {
      return liveblocks::Decision::refuse("This task is not yours, or there is no such task.");
    }
    return liveblocks::Decision().allow(*room, liveblocks::FULL_ACCESS);
  };
}

}  // namespace task_board
