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

/// Those of typed calls, in order.
inline constexpr std::array<std::string_view, 64> typedOperationNames() {
  return {"liveblocks.attachments.abort_multipart",
          "liveblocks.attachments.begin_multipart",
          "liveblocks.attachments.complete_multipart",
          "liveblocks.attachments.get",
          "liveblocks.attachments.upload",
          "liveblocks.attachments.upload_part",
          "liveblocks.comments.add_reaction",
          "liveblocks.comments.create_comment",
          "liveblocks.comments.create_thread",
          "liveblocks.comments.edit_comment",
          "liveblocks.comments.get_comment",
          "liveblocks.comments.get_thread",
          "liveblocks.comments.list_subscriptions",
          "liveblocks.comments.list_threads",
          "liveblocks.comments.remove_comment",
          "liveblocks.comments.remove_reaction",
          "liveblocks.comments.remove_thread",
          "liveblocks.comments.resolve_thread",
          "liveblocks.comments.subscribe",
          "liveblocks.comments.unresolve_thread",
          "liveblocks.comments.unsubscribe",
          "liveblocks.comments.update_comment_metadata",
          "liveblocks.comments.update_thread_metadata",
          "liveblocks.feeds.create",
          "liveblocks.feeds.create_message",
          "liveblocks.feeds.get",
          "liveblocks.feeds.list",
          "liveblocks.feeds.list_messages",
          "liveblocks.feeds.remove",
          "liveblocks.feeds.remove_message",
          "liveblocks.feeds.update",
          "liveblocks.feeds.update_message",
          "liveblocks.groups.add_members",
          "liveblocks.groups.create",
          "liveblocks.groups.get",
          "liveblocks.groups.list",
          "liveblocks.groups.list_of_user",
          "liveblocks.groups.remove",
          "liveblocks.groups.remove_members",
          "liveblocks.notifications.get",
          "liveblocks.notifications.get_room_subscriptions",
          "liveblocks.notifications.get_settings",
          "liveblocks.notifications.list",
          "liveblocks.notifications.list_room_subscriptions",
          "liveblocks.notifications.mark_as_read",
          "liveblocks.notifications.remove",
          "liveblocks.notifications.remove_all",
          "liveblocks.notifications.remove_room_subscriptions",
          "liveblocks.notifications.remove_settings",
          "liveblocks.notifications.trigger",
          "liveblocks.notifications.update_room_subscriptions",
          "liveblocks.notifications.update_settings",
          "liveblocks.presence.set",
          "liveblocks.storage.get",
          "liveblocks.storage.initialize",
          "liveblocks.storage.patch",
          "liveblocks.storage.remove",
          "liveblocks.yjs.create_version",
          "liveblocks.yjs.get_document",
          "liveblocks.yjs.get_update",
          "liveblocks.yjs.get_version",
          "liveblocks.yjs.list_versions",
          "liveblocks.yjs.remove_version",
          "liveblocks.yjs.send_update"};
}

}  // namespace liveblocks_tests
