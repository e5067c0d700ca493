#include <liveblocks/webhook_event.hpp>

#include <utility>

#include "liveblocks_content.hpp"
#include "webhooks/event_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

Result<LiveblocksEvent> readLiveblocksEvent(const Message& message) {
  if (const auto error = checkBody(message.body)) return *error;
  EventMembers members(message.body, "");
  LiveblocksEvent event;
  members.read("type", event.type);
  members.read("data", event.data);
  if (members.error()) return *members.error();
  Result<LiveblocksEvent::Content> content = readContent(event.type, event.data.text());
  if (!content) return content.error();
  event.content = *std::move(content);
  return event;
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
