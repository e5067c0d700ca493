#include "rooms_json.hpp"

#include <string>
#include <utility>
#include <variant>

#include <liveblocks/core/json.hpp>

#include "api_exchange.hpp"
#include "api_json.hpp"
#include "arguments.hpp"
#include "core/json_members.hpp"
#include "core/json_writer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

using json::MemberReader;
using json::ObjectWriter;

// Requests.

std::string jsonOf(const Permissions& permissions) { return jsonList(permissions); }

std::string jsonOf(const RoomMetadataValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? Json(*text).text() : jsonList(std::get<std::vector<std::string>>(value));
}

template <class Value>
std::string jsonOf(const std::optional<Value>& value) {
  return value ? jsonOf(*value) : "null";
}

template <class Map>
void addUnlessEmpty(ObjectWriter& object, std::string_view name, const Map& map) {
  if (map.empty()) return;
  ObjectWriter members;
  for (const auto& [key, value] : map) members.addJson(key, jsonOf(value));
  object.addJson(name, members.finish());
}

void check(RoomArguments& arguments, const CreateRoomOptions& options) {
  arguments.accesses("groupsAccesses", options.groupsAccesses);
  arguments.accesses("usersAccesses", options.usersAccesses);
  arguments.metadata(options.metadata);
  arguments.text("organizationId", options.organizationId);
}

void check(RoomArguments& arguments, const UpdateRoomOptions& update) {
  const bool changesSomething = update.defaultAccesses || !update.groupsAccesses.empty() ||
                                !update.usersAccesses.empty() || !update.metadata.empty();
  arguments.require(changesSomething, "the update", "changes nothing");
  arguments.accesses("groupsAccesses", update.groupsAccesses);
  arguments.accesses("usersAccesses", update.usersAccesses);
  arguments.metadata(update.metadata);
}

/// Adds what both kinds of options have, in the order of the vendor's SDK.
template <class Options>
void addSettings(ObjectWriter& object, const Options& options) {
  addUnlessEmpty(object, "groupsAccesses", options.groupsAccesses);
  addUnlessEmpty(object, "usersAccesses", options.usersAccesses);
  addUnlessEmpty(object, "metadata", options.metadata);
}

void add(ObjectWriter& object, const CreateRoomOptions& options) {
  object.addJson("defaultAccesses", jsonList(options.defaultAccesses));
  addSettings(object, options);
  if (options.organizationId) object.addString("organizationId", *options.organizationId);
}

std::string textOf(const UpdateRoomOptions& update) {
  ObjectWriter object;
  if (update.defaultAccesses) object.addJson("defaultAccesses", jsonList(*update.defaultAccesses));
  addSettings(object, update);
  return object.finish();
}

// Responses.

/// Leaves out the scopes that this version does not know.
std::optional<Permissions> toPermissions(std::string_view text) {
  const auto names = toStrings(text);
  if (!names) return std::nullopt;
  Permissions permissions;
  for (const std::string& name : *names) {
    if (const auto permission = Permission::find(name)) permissions.add(*permission);
  }
  return permissions;
}

std::optional<RoomMetadataValue> toMetadataValue(std::string_view text) {
  if (auto value = json::toString(text)) return *std::move(value);
  if (auto values = toStrings(text)) return *std::move(values);
  return std::nullopt;
}

/// Returns nullopt unless `text` is an object of lists of strings, or empty for an absent member.
std::optional<RoomAccesses> toAccesses(std::string_view text) {
  if (!text.empty() && !isJsonObject(text)) return std::nullopt;
  RoomAccesses accesses;
  for (const json::Member& member : json::members(text)) {
    const std::optional<Permissions> permissions = toPermissions(member.value);
    if (!permissions) return std::nullopt;
    accesses.emplace(member.name(), *permissions);
  }
  return accesses;
}

/// Leaves out the values that are neither strings nor lists of strings.
std::optional<RoomMetadata> toMetadata(std::string_view text) {
  if (!text.empty() && !isJsonObject(text)) return std::nullopt;
  RoomMetadata metadata;
  for (const json::Member& member : json::members(text)) {
    if (auto value = toMetadataValue(member.value)) metadata.emplace(member.name(), *std::move(value));
  }
  return metadata;
}

void takeTimes(MemberReader& reader, Room& room) {
  take(reader, "createdAt", toTime, room.createdAt, dateWithTime);
  takeIfThere(reader, "lastConnectionAt", toTime, room.lastConnectionAt, dateWithTime);
}

void takeAccesses(MemberReader& reader, Room& room) {
  constexpr std::string_view expected = "an object of lists of strings";
  take(reader, "defaultAccesses", toPermissions, room.defaultAccesses, "a list of strings");
  take(reader, "groupsAccesses", toAccesses, room.groupsAccesses, expected);
  take(reader, "usersAccesses", toAccesses, room.usersAccesses, expected);
}

/// Reads strict text. Returns what is wrong, with `path` before the names of members; nullopt when nothing is.
ReadProblem read(std::string_view text, std::string path, Room& room) {
  MemberReader reader(text, std::move(path));
  std::optional<std::string> organizationId;
  reader.read("id", room.id);
  reader.require(!room.id.empty(), "id", "a room's id");
  takeTimes(reader, room);
  reader.read("organizationId", organizationId);
  room.organizationId = organizationId.value_or("default");
  takeAccesses(reader, room);
  take(reader, "metadata", toMetadata, room.metadata, "an object");
  room.json = Json::parse(text);
  return reader.problem();
}

ReadProblem read(std::string_view text, std::string path, ActiveUser& user) {
  MemberReader reader(text, std::move(path));
  reader.read("id", user.id);
  reader.read("connectionId", user.connectionId);
  reader.read("info", user.info);
  return reader.problem();
}

}  // namespace

Result<std::string> createRoomBody(std::string_view roomId, const CreateRoomOptions& options) {
  RoomArguments arguments;
  arguments.newRoomId("the room id", roomId);
  check(arguments, options);
  if (arguments.error()) return *arguments.error();
  ObjectWriter body;
  body.addString("id", roomId);
  add(body, options);
  return body.finish();
}

Result<std::string> updateRoomBody(const UpdateRoomOptions& update) {
  RoomArguments arguments;
  check(arguments, update);
  if (arguments.error()) return *arguments.error();
  return textOf(update);
}

Result<std::string> upsertRoomBody(std::string_view roomId, const UpdateRoomOptions& update,
                                   const std::optional<CreateRoomOptions>& create) {
  RoomArguments arguments;
  arguments.newRoomId("the room id", roomId);
  check(arguments, update);
  if (create) check(arguments, *create);
  if (arguments.error()) return *arguments.error();
  ObjectWriter body;
  body.addJson("update", textOf(update));
  // A new room is private unless the application says otherwise, whatever the default of Liveblocks is.
  if (create || !update.defaultAccesses) {
    ObjectWriter options;
    add(options, create.value_or(CreateRoomOptions()));
    body.addJson("create", options.finish());
  }
  return body.finish();
}

Result<std::string> updateRoomIdBody(std::string_view newRoomId) {
  RoomArguments arguments;
  arguments.newRoomId("the new room id", newRoomId);
  if (arguments.error()) return *arguments.error();
  ObjectWriter body;
  body.addString("newRoomId", newRoomId);
  return body.finish();
}

Result<Room> readRoom(std::string_view text) { return readResponse<Room>(text, "a room", read); }

Result<RoomPage> readRoomPage(std::string_view text) {
  return readPageAs<RoomPage, Room>(text, "a page of rooms", read);
}

Result<std::vector<ActiveUser>> readActiveUsers(std::string_view text) {
  return readList<ActiveUser>(text, "a list of active users", read);
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
