#include <liveblocks/clerk/webhook_event.hpp>

#include <cstdint>

#include "webhooks/event_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

Result<ClerkEvent> readClerkEvent(const Message& message) {
  if (const auto error = checkBody(message.body)) return *error;
  EventMembers members(message.body, "");
  ClerkEvent event;
  std::optional<std::int64_t> timestamp;
  members.read("type", event.type);
  members.readObject("data", event.data);
  members.read("event_attributes", event.eventAttributes);
  members.read("timestamp", timestamp);
  members.read("instance_id", event.instanceId);
  if (members.error()) return *members.error();
  if (timestamp) event.timestamp = std::chrono::milliseconds(*timestamp);
  return event;
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
