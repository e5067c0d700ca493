/// What Liveblocks takes as the body of a request.
#pragma once

#include <optional>
#include <string>

#include "testing/fake_liveblocks/shape.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// nullopt when the text is not JSON; null for an empty text.
std::optional<nlohmann::ordered_json> readBody(const std::string& text);

// Limits of the documentation are held to, also where the dev server does not know them.

Checked checkAuthorizeUser(const nlohmann::ordered_json& body);
Checked checkIdentifyUser(const nlohmann::ordered_json& body);
Checked checkCreateRoom(const nlohmann::ordered_json& body);
Checked checkUpdateRoom(const nlohmann::ordered_json& body);
Checked checkUpsertRoom(const nlohmann::ordered_json& body);
Checked checkUpdateRoomId(const nlohmann::ordered_json& body);

/// Whether the room, as it would be after a change, is within the limits.
Checked checkRoom(const nlohmann::ordered_json& room);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
