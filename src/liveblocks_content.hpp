/// The members of Liveblocks's events.
#pragma once

#include <string_view>

#include <liveblocks/webhook_event.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// `std::monostate` for a type that is not known. `data` is the text of an object.
Result<LiveblocksEvent::Content> readContent(std::string_view type, std::string_view data);

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
