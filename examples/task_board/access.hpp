/// The application's decision: who may enter the room of which task.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/auth_endpoint.hpp>

#include "database.hpp"

namespace task_board {

/// Returns the task of a room id in canonical form. SQLite would treat "01", " 1", "1.0" and "1e0" as task 1, although
/// they are different rooms.
std::optional<std::int64_t> taskIdOf(const std::string& room);

/// Returns the active organization of the caller, or the caller if there is none.
const std::string& activeOwner(const liveblocks::Caller& caller);

/// Returns the room in which viewers of an owner's board see who has which task open.
std::string lobbyOf(const std::string& owner);

/// Grants full access to rooms of tasks of the caller or of the active organization and to the lobby of the active
/// owner.
liveblocks::Decide decideByOwner(std::shared_ptr<const Database> database);

}  // namespace task_board
