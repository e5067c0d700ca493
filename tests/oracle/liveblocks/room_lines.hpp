/// Rooms and what is asked about them, from and to the values that @liveblocks/node takes and returns.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>
#include <nlohmann/json.hpp>

#include "call_lines.hpp"

namespace liveblocks_tests {

using nlohmann::json;

inline liveblocks::Permissions permissionsOf(const json& names) { return names.get<std::vector<std::string>>(); }

/// By key; null stays null where the values are optional.
template <class Map, class Read>
Map mapOf(const json& object, const char* name, const Read& read) {
  Map map;
  if (!object.contains(name)) return map;
  for (const auto& [key, value] : object[name].items()) {
    if (!value.is_null()) {
      map.emplace(key, read(value));
    } else if constexpr (std::is_constructible_v<typename Map::mapped_type, std::nullopt_t>) {
      map.emplace(key, std::nullopt);
    }
  }
  return map;
}

inline liveblocks::RoomMetadataValue metadataOf(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.get<std::vector<std::string>>();
}

inline liveblocks::CreateRoomOptions creationOf(const json& given) {
  return {permissionsOf(given.at("defaultAccesses")),
          mapOf<liveblocks::RoomAccesses>(given, "groupsAccesses", permissionsOf),
          mapOf<liveblocks::RoomAccesses>(given, "usersAccesses", permissionsOf),
          mapOf<liveblocks::RoomMetadata>(given, "metadata", metadataOf),
          optionalMember<std::string>(given, "organizationId")};
}

inline liveblocks::UpdateRoomOptions updateOf(const json& given) {
  liveblocks::UpdateRoomOptions update;
  if (given.contains("defaultAccesses")) update.defaultAccesses = permissionsOf(given["defaultAccesses"]);
  update.groupsAccesses = mapOf<liveblocks::RoomAccessesUpdate>(given, "groupsAccesses", permissionsOf);
  update.usersAccesses = mapOf<liveblocks::RoomAccessesUpdate>(given, "usersAccesses", permissionsOf);
  update.metadata = mapOf<liveblocks::RoomMetadataUpdate>(given, "metadata", metadataOf);
  return update;
}

/// A text, or {"roomId": {"startsWith"}?, "metadata": {...}?}.
inline liveblocks::RoomQuery queryOf(const json& given) {
  if (given.is_string()) return liveblocks::RoomQuery::fromText(given.get<std::string>());
  liveblocks::RoomQuery query;
  if (given.contains("roomId")) query.roomIdStartsWith(given["roomId"]["startsWith"].get<std::string>());
  if (given.contains("metadata")) {
    for (const auto& [key, value] : given["metadata"].items()) query.metadata(key, value.get<std::string>());
  }
  return query;
}

inline liveblocks::RoomFilter filterOf(const json& given) {
  liveblocks::RoomFilter filter;
  filter.userId = optionalMember<std::string>(given, "userId");
  filter.groupIds = optionalMember<std::vector<std::string>>(given, "groupIds");
  if (given.contains("query")) filter.query = queryOf(given["query"]);
  filter.organizationId = optionalMember<std::string>(given, "organizationId");
  return filter;
}

inline liveblocks::RoomPageOptions pageOf(const json& given) {
  liveblocks::RoomPageOptions page;
  page.limit = given.value("limit", page.limit);
  page.startingAfter = optionalMember<std::string>(given, "startingAfter");
  return page;
}

inline json milliseconds(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

inline json describe(const liveblocks::Permissions& permissions) {
  json names = json::array();
  for (const liveblocks::Permission permission : permissions) names.push_back(permission.name());
  return names;
}

inline json describe(const liveblocks::RoomMetadataValue& value) {
  return std::visit([](const auto& held) { return json(held); }, value);
}

template <class Map>
json describeMap(const Map& map) {
  json object = json::object();
  for (const auto& [key, value] : map) object[key] = describe(value);
  return object;
}

inline json describe(const liveblocks::Room& room) {
  return {{"id", room.id},
          {"createdAt", milliseconds(room.createdAt)},
          {"lastConnectionAt", room.lastConnectionAt ? milliseconds(*room.lastConnectionAt) : json()},
          {"organizationId", room.organizationId},
          {"defaultAccesses", describe(room.defaultAccesses)},
          {"groupsAccesses", describeMap(room.groupsAccesses)},
          {"usersAccesses", describeMap(room.usersAccesses)},
          {"metadata", describeMap(room.metadata)}};
}

inline json describe(const liveblocks::RoomPage& page) {
  json rooms = json::array();
  for (const liveblocks::Room& room : page.data) rooms.push_back(describe(room));
  return {{"nextCursor", page.nextCursor ? json(*page.nextCursor) : json()}, {"data", rooms}};
}

inline json describe(const std::vector<liveblocks::ActiveUser>& users) {
  json list = json::array();
  for (const liveblocks::ActiveUser& user : users) {
    list.push_back({{"id", user.id ? json(*user.id) : json()},
                    {"connectionId", user.connectionId},
                    {"info", json::parse(user.info.text())}});
  }
  return list;
}

}  // namespace liveblocks_tests
