#include "testing/fake_liveblocks/rooms.hpp"

#include <algorithm>

#include "core/civil_date.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;
using std::chrono::system_clock;

ordered_json newRoom(std::string_view id, const ordered_json& members, system_clock::time_point now) {
  ordered_json room{{"type", "room"},
                    {"id", id},
                    {"organizationId", members.value("organizationId", "default")},
                    {"createdAt", timeText(now)},
                    {"metadata", ordered_json::object()},
                    {"defaultAccesses", ordered_json::array()},
                    {"groupsAccesses", ordered_json::object()},
                    {"usersAccesses", ordered_json::object()}};
  return changed(std::move(room), members);
}

ordered_json changed(ordered_json room, const ordered_json& changes) {
  if (changes.contains("defaultAccesses")) room["defaultAccesses"] = changes["defaultAccesses"];
  for (const char* name : {"metadata", "groupsAccesses", "usersAccesses"}) {
    if (!changes.contains(name)) continue;
    for (const auto& [key, value] : changes[name].items()) {
      if (value.is_null()) {
        room[name].erase(key);
      } else {
        room[name][key] = value;
      }
    }
  }
  return room;
}

std::string timeText(system_clock::time_point time) {
  constexpr std::int64_t millisecondsPerDay = 86'400'000;
  const auto sinceEpoch = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
  const auto [days, ofDay] = divideFloored(sinceEpoch.count(), millisecondsPerDay);
  const auto [year, month, day] = civilDate(days);
  const std::string date = padded(year, 4) + '-' + padded(month, 2) + '-' + padded(day, 2);
  const std::string hour = padded(ofDay / 3'600'000, 2) + ':' + padded(ofDay / 60'000 % 60, 2);
  return date + 'T' + hour + ':' + padded(ofDay / 1000 % 60, 2) + '.' + padded(ofDay % 1000, 3) + 'Z';
}

StoredRoom* Rooms::find(std::string_view id) noexcept {
  const auto found =
      std::find_if(rooms_.begin(), rooms_.end(), [&](const auto& room) { return room.json["id"] == id; });
  return found == rooms_.end() ? nullptr : &*found;
}

const ordered_json& Rooms::add(ordered_json json) {
  rooms_.push_back({++lastNumber_, std::move(json)});
  return rooms_.back().json;
}

void Rooms::remove(const StoredRoom& room) { rooms_.erase(rooms_.begin() + (&room - rooms_.data())); }

ordered_json Rooms::list(const ListRequest& request) const {
  ordered_json data = ordered_json::array();
  ordered_json nextCursor;
  std::uint64_t last = 0;
  for (auto room = rooms_.rbegin(); room != rooms_.rend(); ++room) {
    if (request.before && room->number >= *request.before) continue;
    if (!request.wants(room->json)) continue;
    if (data.size() == request.limit) {
      nextCursor = cursorText(last);
      break;
    }
    data.push_back(room->json);
    last = room->number;
  }
  return {{"nextCursor", nextCursor}, {"data", data}};
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
