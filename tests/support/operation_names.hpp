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
          "liveblocks.comments.delete_comment",
          "liveblocks.comments.delete_thread",
          "liveblocks.comments.edit_comment",
          "liveblocks.comments.get_comment",
          "liveblocks.comments.get_thread",
          "liveblocks.comments.list_subscriptions",
          "liveblocks.comments.list_threads",
          "liveblocks.comments.remove_reaction",
          "liveblocks.comments.resolve_thread",
          "liveblocks.comments.subscribe",
          "liveblocks.comments.unresolve_thread",
          "liveblocks.comments.unsubscribe",
          "liveblocks.comments.update_comment_metadata",
          "liveblocks.comments.update_thread_metadata",
          "liveblocks.feeds.create",
          "liveblocks.feeds.create_message",
          "liveblocks.feeds.delete_feed",
          "liveblocks.feeds.delete_message",
          "liveblocks.feeds.get",
          "liveblocks.feeds.list",
          "liveblocks.feeds.list_messages",
          "liveblocks.feeds.update",
          "liveblocks.feeds.update_message",
          "liveblocks.groups.add_members",
          "liveblocks.groups.create",
          "liveblocks.groups.delete_group",
          "liveblocks.groups.get",
          "liveblocks.groups.list",
          "liveblocks.groups.list_of_user",
          "liveblocks.groups.remove_members",
          "liveblocks.notifications.delete_all",
          "liveblocks.notifications.delete_notification",
          "liveblocks.notifications.delete_room_subscriptions",
          "liveblocks.notifications.delete_settings",
          "liveblocks.notifications.get",
          "liveblocks.notifications.get_room_subscriptions",
          "liveblocks.notifications.get_settings",
          "liveblocks.notifications.list",
          "liveblocks.notifications.list_room_subscriptions",
          "liveblocks.notifications.mark_as_read",
          "liveblocks.notifications.trigger",
          "liveblocks.notifications.update_room_subscriptions",
          "liveblocks.notifications.update_settings",
          "liveblocks.presence.set",
          "liveblocks.storage.delete_document",
          "liveblocks.storage.get",
          "liveblocks.storage.initialize",
          "liveblocks.storage.patch",
          "liveblocks.yjs.create_version",
          "liveblocks.yjs.delete_version",
          "liveblocks.yjs.get_document",
          "liveblocks.yjs.get_update",
          "liveblocks.yjs.get_version",
          "liveblocks.yjs.list_versions",
          "liveblocks.yjs.send_update"};
}

}  // namespace liveblocks_tests
