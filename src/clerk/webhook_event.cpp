#include <liveblocks/clerk/webhook_event.hpp>

#include <cstdint>

#include "core/time.hpp"
#include "webhooks/event_reader.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

Result<WebhookEvent> readWebhookEvent(const webhooks::Message& message) {
  if (const auto checked = webhooks::detail::checkBody(message.body); !checked) return checked.error();
  webhooks::detail::EventReader members(message.body, "");
  WebhookEvent event;
  std::optional<std::int64_t> timestamp;
  members.read("type", event.type);
  members.readObject("data", event.data);
  members.read("event_attributes", event.eventAttributes);
  members.read("timestamp", timestamp);
  members.read("instance_id", event.instanceId);
  if (members.error()) return *members.error();
  if (timestamp) event.timestamp = timing::fromUnixMilliseconds(*timestamp);
  return event;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
