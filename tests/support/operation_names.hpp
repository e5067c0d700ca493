/// The names of operations.
#pragma once

#include <array>
#include <string_view>

#include <liveblocks/core/events.hpp>

namespace liveblocks_tests {

inline constexpr std::array<std::string_view, 25> operationNames() {
  using namespace liveblocks::operations;
  return {authorize,        identify,   listRooms,  createRoom,    getOrCreateRoom,     getRoom,
          updateRoom,       upsertRoom, deleteRoom, updateRoomId,  prewarmRoom,         activeUsers,
          broadcastEvent,   call,       jwks,       getUser,       verifyApiKey,        verifyM2mToken,
          verifyOauthToken, handshake,  clerkCall,  verifySession, authenticateRequest, verifyWebhook,
          claimWebhook};
}

}  // namespace liveblocks_tests
