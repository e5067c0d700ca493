#include "auth_endpoint/bodies.hpp"

#include "json/nlohmann.hpp"
#include "json/strict.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

std::optional<RoomRequest> parseRoomRequest(std::string_view body) {
  if (!json::isStrict(body, 1)) return std::nullopt;
  const auto value = nlohmann::json::parse(body);
  if (!value.is_object() || value.size() > 1) return std::nullopt;
  if (value.empty()) return RoomRequest{};
  const auto room = value.find("room");
  if (room == value.end() || !room->is_string()) return std::nullopt;
  return RoomRequest{room->get<std::string>()};
}

bool holdsToken(std::string_view body) {
  const auto value = nlohmann::json::parse(body, nullptr, false);
  if (!value.is_object()) return false;
  const auto token = value.find("token");
  return token != value.end() && token->is_string();
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
