#include <stdexcept>

#include <liveblocks/core/json.hpp>
#include <liveblocks/room.hpp>

#include "testing/fake_liveblocks/access_lists.hpp"
#include "testing/fake_liveblocks/bodies.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

namespace {

template <Check check>
Checked checkUnlessNull(const ordered_json& value) {
  return value.is_null() ? std::nullopt : check(value);
}

template <Check check>
Checked checkAll(const ordered_json& value) {
  return checkMembers(value, check);
}

Checked checkMetadataValue(const ordered_json& value) {
  if (value.is_string()) return std::nullopt;
  return checkItems(value, checkString);
}

Checked checkTextLength(const ordered_json& value) {
  return checkLength(value.get_ref<const std::string&>(), 0, RoomLimits::metadataValueLength);
}

Checked checkValueLength(const ordered_json& value) {
  return value.is_string() ? checkTextLength(value) : checkItems(value, checkTextLength);
}

Checked checkSize(const ordered_json& object, std::size_t most, std::size_t mostOfKey) {
  if (object.size() > most) return Flaw{"Must have at most " + std::to_string(most) + " entries"};
  for (const auto& entry : object.items()) {
    if (auto flaw = at(entry.key(), checkLength(entry.key(), 1, mostOfKey))) return flaw;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ordered_json> readBody(const std::string& text) {
  if (text.empty()) return std::make_optional<ordered_json>();
  try {
    return std::make_optional(ordered_json::parse(Json::parse(text).text()));
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

Checked checkCreateRoom(const ordered_json& body) {
  return checkObject(body, {{"id", true, checkString},
                            {"defaultAccesses", true, checkScopes},
                            {"groupsAccesses", false, checkAll<checkScopes>},
                            {"usersAccesses", false, checkAll<checkScopes>},
                            {"metadata", false, checkAll<checkMetadataValue>},
                            {"organizationId", false, checkString}});
}

Checked checkUpdateRoom(const ordered_json& body) {
  return checkObject(body, {{"defaultAccesses", false, checkScopes},
                            {"groupsAccesses", false, checkAll<checkUnlessNull<checkScopes>>},
                            {"usersAccesses", false, checkAll<checkUnlessNull<checkScopes>>},
                            {"metadata", false, checkAll<checkUnlessNull<checkMetadataValue>>}});
}

Checked checkUpsertRoom(const ordered_json& body) {
  constexpr Check checkChanges = [](const ordered_json& value) {
    if (auto flaw = checkUpdateRoom(value)) return flaw;
    return value.empty() ? Checked(Flaw{"Must have a key"}) : std::nullopt;
  };
  constexpr Check checkBeginning = [](const ordered_json& value) {
    return checkObject(value, {{"defaultAccesses", false, checkScopes},
                               {"groupsAccesses", false, checkAll<checkScopes>},
                               {"usersAccesses", false, checkAll<checkScopes>},
                               {"metadata", false, checkAll<checkMetadataValue>},
                               {"organizationId", false, checkString}});
  };
  return checkObject(body, {{"update", true, checkChanges}, {"create", false, checkBeginning}});
}

Checked checkUpdateRoomId(const ordered_json& body) { return checkObject(body, {{"newRoomId", true, checkString}}); }

Checked checkRoom(const ordered_json& room) {
  const auto& id = room["id"].get_ref<const std::string&>();
  if (auto flaw = at("id", checkLength(id, 1, RoomLimits::idLength))) return flaw;
  for (const char* name : {"groupsAccesses", "usersAccesses"}) {
    if (auto flaw = at(name, checkSize(room[name], RoomLimits::accesses, RoomLimits::accessIdLength))) return flaw;
  }
  const ordered_json& metadata = room["metadata"];
  auto flaw = checkSize(metadata, RoomLimits::metadataEntries, RoomLimits::metadataKeyLength);
  return at("metadata", flaw ? flaw : checkMembers(metadata, checkValueLength));
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
