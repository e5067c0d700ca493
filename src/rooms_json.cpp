#include "rooms_json.hpp"

#include <string>
#include <utility>
#include <variant>

#include <liveblocks/core/json.hpp>

#include "api_exchange.hpp"
#include "arguments.hpp"
#include "core/json_members.hpp"
#include "core/json_writer.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

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

Error unexpected(std::string_view expected, std::string_view problem) {
  return {Errc::upstream,
          std::string("the response of Liveblocks is not ").append(expected).append(": ").append(problem)};
}

/// Returns the error of a text that is not one strict JSON object.
std::optional<Error> findProblem(std::string_view text, std::string_view expected) {
  if (const auto flaw = json::findFlaw(text, Json::maxDepth)) {
    return unexpected(expected, std::string(flaw->problem) + " at byte " + std::to_string(flaw->position));
  }
  if (ascii::trim(text).front() != '{') return unexpected(expected, "it is not a JSON object");
  return std::nullopt;
}

bool isObject(std::string_view text) noexcept { return ascii::startsWith(text, "{"); }
bool isArray(std::string_view text) noexcept { return ascii::startsWith(text, "["); }

std::optional<std::vector<std::string>> toStrings(std::string_view text) {
  if (!isArray(text)) return std::nullopt;
  std::vector<std::string> strings;
  for (const std::string_view item : json::items(text)) {
    std::optional<std::string> value = json::toString(item);
    if (!value) return std::nullopt;
    strings.push_back(*std::move(value));
  }
  return strings;
}

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
  if (!text.empty() && !isObject(text)) return std::nullopt;
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
  if (!text.empty() && !isObject(text)) return std::nullopt;
  RoomMetadata metadata;
  for (const json::Member& member : json::members(text)) {
    if (auto value = toMetadataValue(member.value)) metadata.emplace(member.name(), *std::move(value));
  }
  return metadata;
}

std::optional<std::chrono::system_clock::time_point> toTime(std::string_view text) {
  return timing::readRfc3339(json::toString(text).value_or(""));
}

/// Reads a member, or records that it is not as `expected`.
template <class Value, class Target>
void take(MemberReader& reader, std::string_view name, std::optional<Value> (*read)(std::string_view), Target& target,
          std::string_view expected) {
  std::optional<Value> value = read(reader.find(name));
  reader.require(value.has_value(), name, expected);
  if (value) target = *std::move(value);
}

void takeTimes(MemberReader& reader, Room& room) {
  constexpr std::string_view expected = "a date with a time";
  take(reader, "createdAt", toTime, room.createdAt, expected);
  const bool wasConnected = !reader.find("lastConnectionAt").empty();
  if (wasConnected) take(reader, "lastConnectionAt", toTime, room.lastConnectionAt, expected);
}

void takeAccesses(MemberReader& reader, Room& room) {
  constexpr std::string_view expected = "an object of lists of strings";
  take(reader, "defaultAccesses", toPermissions, room.defaultAccesses, "a list of strings");
  take(reader, "groupsAccesses", toAccesses, room.groupsAccesses, expected);
  take(reader, "usersAccesses", toAccesses, room.usersAccesses, expected);
}

/// Reads strict text. Returns what is wrong, with `path` before the names of members; nullopt when nothing is.
std::optional<std::string> read(std::string_view text, std::string path, Room& room) {
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

std::optional<std::string> read(std::string_view text, std::string path, ActiveUser& user) {
  MemberReader reader(text, std::move(path));
  reader.read("id", user.id);
  reader.read("connectionId", user.connectionId);
  reader.read("info", user.info);
  return reader.problem();
}

/// Reads the items of the list `data`.
template <class Item>
Result<std::vector<Item>> readData(MemberReader& reader, std::string_view expected) {
  const std::string_view text = reader.find("data");
  reader.require(isArray(text), "data", "a list");
  if (reader.problem()) return unexpected(expected, *reader.problem());
  std::vector<Item> data;
  for (const std::string_view item : json::items(text)) {
    std::string path = "data[" + std::to_string(data.size()) + "].";
    if (const auto problem = read(item, std::move(path), data.emplace_back())) return unexpected(expected, *problem);
  }
  return data;
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

Result<Room> readRoom(std::string_view text) {
  constexpr std::string_view expected = "a room";
  if (const auto error = findProblem(text, expected)) return *error;
  Room room;
  if (const auto problem = read(text, "", room)) return unexpected(expected, *problem);
  return room;
}

Result<RoomPage> readRoomPage(std::string_view text) {
  constexpr std::string_view expected = "a page of rooms";
  if (const auto error = findProblem(text, expected)) return *error;
  RoomPage page;
  MemberReader reader(text);
  reader.read("nextCursor", page.nextCursor);
  if (page.nextCursor == "") page.nextCursor = std::nullopt;
  Result<std::vector<Room>> data = readData<Room>(reader, expected);
  if (!data) return data.error();
  page.data = *std::move(data);
  return page;
}

Result<std::vector<ActiveUser>> readActiveUsers(std::string_view text) {
  constexpr std::string_view expected = "a list of active users";
  if (const auto error = findProblem(text, expected)) return *error;
  MemberReader reader(text);
  return readData<ActiveUser>(reader, expected);
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
