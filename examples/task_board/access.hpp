/// The application's own decision: who may enter the room of which task.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/auth_endpoint.hpp>

#include "database.hpp"

namespace task_board {

/// The task a room is named after. Only its canonical name counts: left to SQLite, "01", " 1", "1.0" and "1e0" would
/// all be task 1, and each of them a room of its own.
std::optional<std::int64_t> taskIdOf(const std::string& room);

/// The organization the caller works for at the moment; without one, the caller.
const std::string& activeOwner(const liveblocks::Caller& caller);

/// The room in which the people who look at an owner's board see who has which task open.
std::string lobbyOf(const std::string& owner);

/// Full access to the room of a task of the caller or of the caller's active organization, to the lobby of the active
/// owner, and to nothing else.
liveblocks::Decide decideByOwner(std::shared_ptr<const Database> database);

}  // namespace task_board
